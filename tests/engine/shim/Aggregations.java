import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.apache.lucene.util.automaton.CharacterRunAutomaton;
import org.apache.lucene.util.automaton.RegExp;

/** Counts over the matches of a search. All shards are counted together, so that no count is an estimate. */
final class Aggregations {
    private static final int MOST_BUCKETS = 65_535;

    /** One aggregation, ready to be asked for any part of the matches. */
    private interface Aggregation {
        JsonObject over(List<Match> matches) throws IOException;
    }

    private final Snapshot snapshot;
    private final Map<String, Aggregation> aggregations;

    /** Reads all of the tree, so that an error in it shows even where nothing matches. */
    Aggregations(JsonElement definitions, Snapshot snapshot) {
        this.snapshot = snapshot;
        this.aggregations = new LinkedHashMap<>();
        if (definitions == null) return;
        if (!definitions.isJsonObject()) throw Failure.parsing("[aggs] must be an object");
        for (var entry : definitions.getAsJsonObject().entrySet()) {
            aggregations.put(entry.getKey(), read(entry.getKey(), new Fields(entry.getKey(), entry.getValue())));
        }
    }

    boolean isEmpty() {
        return aggregations.isEmpty();
    }

    JsonObject over(List<Match> matches) throws IOException {
        JsonObject answers = new JsonObject();
        for (var entry : aggregations.entrySet()) answers.add(entry.getKey(), entry.getValue().over(matches));
        return answers;
    }

    private Aggregation read(String name, Fields definition) {
        JsonElement children = definition.take(definition.has("aggs") ? "aggs" : "aggregations");
        Aggregations inner = new Aggregations(children, snapshot);
        Map.Entry<String, JsonElement> only = definition.only("aggregation type");
        String type = only.getKey();
        Fields fields = new Fields(type, only.getValue());
        boolean buckets = Set.of("terms", "composite", "filter", "filters").contains(type);
        if (!buckets && !inner.isEmpty()) {
            throw Failure.parsing("Aggregator [" + name + "] of type [" + type + "] cannot accept sub-aggregations");
        }
        Aggregation read = switch (type) {
            case "terms" -> terms(name, fields, inner);
            case "composite" -> composite(fields, inner);
            case "filter" -> filter(fields.rest().isEmpty() ? null : only.getValue(), inner);
            case "filters" -> filters(fields, inner);
            case "top_hits" -> topHits(name, fields);
            case "cardinality" -> cardinality(fields);
            case "value_count" -> valueCount(fields);
            case "min" -> numbers(fields, values -> Arrays.stream(values).min().orElse(Double.NaN));
            case "max" -> numbers(fields, values -> Arrays.stream(values).max().orElse(Double.NaN));
            case "sum" -> numbers(fields, values -> Arrays.stream(values).sum());
            default -> throw Failure.parsing("Unknown aggregation type [" + type + "]");
        };
        fields.end();
        return read;
    }

    private String field(Fields fields) {
        String field = fields.needText("field");
        for (Snapshot.Target target : snapshot.targets) Order.column(target.index(), field);
        return field;
    }

    /** The distinct values that a document has: Strings or Longs. */
    private static List<Object> values(Match match, String field) {
        if (match.target().index().mapping.column(field).isKeyword()) {
            return List.of((Object[]) match.target().view().texts(field)[match.doc()]);
        }
        long[] numbers = match.target().view().numbers(field)[match.doc()];
        return Arrays.stream(numbers).distinct().mapToObj(number -> (Object) number).toList();
    }

    private static JsonObject bucket(Object key, List<Match> matches, Aggregations inner) throws IOException {
        JsonObject bucket = new JsonObject();
        if (key != null) bucket.add("key", Json.of(key));
        bucket.addProperty("doc_count", matches.size());
        inner.over(matches).entrySet().forEach(entry -> bucket.add(entry.getKey(), entry.getValue()));
        return bucket;
    }

    private static void checkBuckets(int count) {
        if (count <= MOST_BUCKETS) return;
        String reason = "Trying to create too many buckets. Must be less than or equal to: [" + MOST_BUCKETS
            + "] but was [" + count + "].";
        Failure failure = new Failure(503, "too_many_buckets_exception", reason);
        throw failure.with("max_buckets", Json.of(MOST_BUCKETS)).bySearch();
    }

    private record Bucket(Object key, List<Match> matches) {}

    private Aggregation terms(String name, Fields fields, Aggregations inner) {
        String field = field(fields);
        int size = fields.count("size", 10);
        if (size == 0) throw Failure.argument("[size] must be greater than 0. Found [0] in [" + name + "]");
        fields.take("shard_size");
        if (fields.count("min_doc_count", 1) != 1) throw Failure.argument("this engine takes [min_doc_count] 1 only");
        Predicate<Object> included = included(fields.take("include"), true);
        Predicate<Object> excluded = included(fields.take("exclude"), false);
        List<JsonElement> orders = fields.list("order");
        List<BucketKey> keys = new ArrayList<>();
        for (JsonElement order : orders) {
            Map.Entry<String, JsonElement> only = new Fields("order", order).only("key");
            keys.add(bucketKey(only.getKey(), only.getValue().getAsString(), inner));
        }
        if (keys.isEmpty()) keys.add(bucketKey("_count", "desc", inner));
        return matches -> {
            Map<Object, List<Match>> groups = new HashMap<>();
            for (Match match : matches) {
                for (Object value : values(match, field)) {
                    if (!included.test(value) || excluded.test(value)) continue;
                    groups.computeIfAbsent(value, key -> new ArrayList<>()).add(match);
                }
            }
            List<Bucket> buckets = new ArrayList<>();
            groups.forEach((key, own) -> buckets.add(new Bucket(key, own)));
            sort(buckets, keys);
            checkBuckets(Math.min(size, buckets.size()));
            JsonArray shown = new JsonArray();
            long others = 0;
            for (Bucket bucket : buckets) {
                if (shown.size() < size) shown.add(bucket(bucket.key, bucket.matches, inner));
                else others += bucket.matches.size();
            }
            return Json.object("doc_count_error_upper_bound", 0, "sum_other_doc_count", others, "buckets", shown);
        };
    }

    private static Predicate<Object> included(JsonElement given, boolean otherwise) {
        if (given == null) return value -> otherwise;
        if (given.isJsonArray()) {
            Set<String> words = new HashSet<>();
            given.getAsJsonArray().forEach(word -> words.add(word.getAsString()));
            return value -> words.contains(value.toString());
        }
        if (!Json.isText(given)) throw Failure.parsing("[include] and [exclude] take a pattern or a list");
        if (given.getAsString().length() > 1000) {
            throw Failure.argument("The length of regex [" + given.getAsString().length() + "] used in the request has"
                + " exceeded the allowed maximum of [1000].");
        }
        CharacterRunAutomaton pattern = new CharacterRunAutomaton(new RegExp(given.getAsString()).toAutomaton());
        return value -> pattern.run(value.toString());
    }

    /** By what buckets are sorted: their count, their key, or a number below them. */
    private record BucketKey(String name, boolean descending, Aggregations inner) {
        double number(Bucket bucket) {
            try {
                JsonElement value = inner.over(bucket.matches).getAsJsonObject(name).get("value");
                return value.isJsonNull() ? Double.NEGATIVE_INFINITY : value.getAsDouble();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static BucketKey bucketKey(String name, String order, Aggregations inner) {
        if (!Set.of("asc", "desc").contains(order)) throw Failure.parsing("Unknown order direction [" + order + "]");
        String plain = name.endsWith(".value") ? name.substring(0, name.length() - ".value".length()) : name;
        if (!name.startsWith("_") && !inner.aggregations.containsKey(plain)) {
            throw Failure.argument("Invalid aggregation order path [" + name + "].");
        }
        if (name.startsWith("_") && !Set.of("_count", "_key").contains(name)) {
            throw Failure.argument("Invalid aggregation order path [" + name + "].");
        }
        return new BucketKey(plain, order.equals("desc"), inner);
    }

    private static void sort(List<Bucket> buckets, List<BucketKey> keys) {
        Comparator<Bucket> comparator = null;
        for (BucketKey key : keys) {
            Comparator<Bucket> own;
            if (key.name.equals("_count")) {
                own = Comparator.comparingInt(bucket -> bucket.matches.size());
            } else if (key.name.equals("_key")) {
                own = (some, other) -> Order.compareValues(some.key, other.key);
            } else {
                Map<Object, Double> numbers = new HashMap<>();
                buckets.forEach(bucket -> numbers.put(bucket.key, key.number(bucket)));
                own = Comparator.comparingDouble(bucket -> numbers.get(bucket.key));
            }
            if (key.descending) own = own.reversed();
            comparator = comparator == null ? own : comparator.thenComparing(own);
        }
        buckets.sort(comparator.thenComparing((some, other) -> Order.compareValues(some.key, other.key)));
    }

    private record Source(String name, String field, boolean descending) {}

    private Aggregation composite(Fields fields, Aggregations inner) {
        int size = fields.count("size", 10);
        if (size == 0) throw Failure.argument("[size] must be greater than 0");
        checkBuckets(size);
        List<Source> sources = new ArrayList<>();
        for (JsonElement element : fields.list("sources")) {
            Map.Entry<String, JsonElement> named = new Fields("sources", element).only("source");
            Map.Entry<String, JsonElement> typed = new Fields(named.getKey(), named.getValue()).only("source type");
            if (!typed.getKey().equals("terms")) throw Failure.parsing("invalid source type: " + typed.getKey());
            Fields source = new Fields("terms", typed.getValue());
            String field = field(source);
            sources.add(new Source(named.getKey(), field, source.text("order", "asc").equals("desc")));
            source.end();
        }
        if (sources.isEmpty()) throw Failure.argument("Composite [sources] cannot be null or empty");
        List<Object> after = after(fields.take("after"), sources);
        Comparator<List<Object>> comparator = (some, other) -> {
            for (int i = 0; i < sources.size(); i++) {
                int compared = Order.compareValues(some.get(i), other.get(i));
                if (compared != 0) return sources.get(i).descending ? -compared : compared;
            }
            return 0;
        };
        return matches -> {
            TreeMap<List<Object>, List<Match>> groups = new TreeMap<>(comparator);
            for (Match match : matches) {
                for (List<Object> key : combinations(match, sources, 0)) {
                    if (after != null && comparator.compare(key, after) <= 0) continue;
                    groups.computeIfAbsent(key, own -> new ArrayList<>()).add(match);
                }
            }
            JsonArray buckets = new JsonArray();
            JsonObject answer = new JsonObject();
            for (var group : groups.entrySet()) {
                if (buckets.size() == size) break;
                JsonObject key = new JsonObject();
                for (int i = 0; i < sources.size(); i++) key.add(sources.get(i).name, Json.of(group.getKey().get(i)));
                buckets.add(bucket(key, group.getValue(), inner));
                answer.add("after_key", key);
            }
            answer.add("buckets", buckets);
            return answer;
        };
    }

    private List<Object> after(JsonElement given, List<Source> sources) {
        if (given == null) return null;
        Fields fields = new Fields("after", given);
        List<Object> after = new ArrayList<>();
        for (Source source : sources) {
            JsonElement value = fields.take(source.name);
            if (value == null) throw Failure.argument("[after] has no value for source [" + source.name + "]");
            after.add(Json.isText(value) ? value.getAsString() : (Object) Json.whole(source.name, value));
        }
        if (!fields.rest().isEmpty()) throw Failure.argument("[after] has values for unknown sources");
        return after;
    }

    /** Every way to take one value of each source, from the source at `place` on. */
    private static List<List<Object>> combinations(Match match, List<Source> sources, int place) {
        if (place == sources.size()) return List.of(List.of());
        List<List<Object>> combinations = new ArrayList<>();
        for (Object value : values(match, sources.get(place).field)) {
            for (List<Object> rest : combinations(match, sources, place + 1)) {
                List<Object> combination = new ArrayList<>(List.of(value));
                combination.addAll(rest);
                combinations.add(combination);
            }
        }
        return combinations;
    }

    private Aggregation filter(JsonElement query, Aggregations inner) {
        if (query == null) throw Failure.parsing("[filter] must name a query");
        for (Snapshot.Target target : snapshot.targets) new Queries(target.index()).read(query);
        return matches -> {
            Map<Integer, BitSet> passing = new HashMap<>();
            for (Match match : Match.all(snapshot, query, false)) {
                passing.computeIfAbsent(match.order(), order -> new BitSet()).set(match.doc());
            }
            BitSet none = new BitSet();
            List<Match> kept = matches.stream()
                .filter(match -> passing.getOrDefault(match.order(), none).get(match.doc())).toList();
            return bucket(null, kept, inner);
        };
    }

    private Aggregation filters(Fields fields, Aggregations inner) {
        JsonElement given = fields.need("filters");
        Map<String, Aggregation> named = new LinkedHashMap<>();
        if (given.isJsonArray()) {
            for (JsonElement query : given.getAsJsonArray()) named.put("" + named.size(), filter(query, inner));
        } else {
            // Keyed filters are answered in the order of their names.
            for (var entry : new TreeMap<>(given.getAsJsonObject().asMap()).entrySet()) {
                named.put(entry.getKey(), filter(entry.getValue(), inner));
            }
        }
        return matches -> {
            JsonArray list = new JsonArray();
            JsonObject keyed = new JsonObject();
            for (var entry : named.entrySet()) {
                JsonObject bucket = entry.getValue().over(matches);
                list.add(bucket);
                keyed.add(entry.getKey(), bucket);
            }
            return Json.object("buckets", given.isJsonArray() ? list : keyed);
        };
    }

    private Aggregation topHits(String name, Fields fields) {
        int from = fields.count("from", 0);
        int size = fields.count("size", 3);
        for (Snapshot.Target target : snapshot.targets) {
            int window = target.index().settings.number("max_inner_result_window");
            if (from + size <= window) continue;
            throw Failure.argument("Top hits result window is too large, the top hits aggregator [" + name + "]'s"
                + " from + size must be less than or equal to: [" + window + "] but was [" + (from + size) + "]. This"
                + " limit can be set by changing the [index.max_inner_result_window] index level setting.").bySearch();
        }
        Order order = Order.of(fields.take("sort"), snapshot);
        boolean scores = fields.flag("track_scores", false);
        Page page = new Page(order, from, size, null, scores, false, new SourceFilter(fields.take("_source")));
        return matches -> {
            JsonObject hits = Json.object("total", Json.object("value", matches.size(), "relation", "eq"));
            page.hits(matches).entrySet().forEach(entry -> hits.add(entry.getKey(), entry.getValue()));
            return Json.object("hits", hits);
        };
    }

    private Aggregation cardinality(Fields fields) {
        String field = field(fields);
        fields.take("precision_threshold");
        return matches -> {
            Set<Object> distinct = new HashSet<>();
            matches.forEach(match -> distinct.addAll(values(match, field)));
            return Json.object("value", distinct.size());
        };
    }

    private Aggregation valueCount(Fields fields) {
        String field = field(fields);
        return matches -> {
            long count = 0;
            for (Match match : matches) {
                boolean text = match.target().index().mapping.column(field).isKeyword();
                ShardView view = match.target().view();
                count += text ? view.texts(field)[match.doc()].length : view.numbers(field)[match.doc()].length;
            }
            return Json.object("value", count);
        };
    }

    private Aggregation numbers(Fields fields, ToDoubleFunction<double[]> measure) {
        String field = field(fields);
        for (Snapshot.Target target : snapshot.targets) {
            Mapping.Column column = target.index().mapping.column(field);
            if (!column.isNumber()) {
                String reason = "Field [" + field + "] of type [" + column.type() + "] is not supported";
                throw Failure.argument(reason).bySearch();
            }
        }
        return matches -> {
            double value = measure.applyAsDouble(matches.stream()
                .flatMapToLong(match -> Arrays.stream(match.target().view().numbers(field)[match.doc()]))
                .asDoubleStream().toArray());
            return Json.object("value", Double.isNaN(value) ? null : value);
        };
    }
}

import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** The order of hits: by several keys, then by shard, then by document. */
final class Order {
    private static final Set<String> OWN = Set.of("_score", "_doc", "_shard_doc");

    private record Key(String field, boolean descending, boolean missingFirst) {}

    /** A match with its values of the keys: Float, Long, String, or null where a keyword is missing. */
    record Placed(Match match, Object[] values) {}

    private final List<Key> keys = new ArrayList<>();

    private Order() {}

    /** Null where hits go by score alone: OpenSearch then gives no sort values. */
    static Order of(JsonElement sort, Snapshot snapshot) {
        Order order = new Order();
        for (JsonElement element : Json.list(sort)) {
            if (element.isJsonPrimitive()) order.add(element.getAsString(), null, snapshot);
            else if (!element.isJsonObject()) throw Failure.parsing("malformed [sort]");
            else element.getAsJsonObject().entrySet().forEach(e -> order.add(e.getKey(), e.getValue(), snapshot));
        }
        boolean byScore = order.keys.size() == 1 && order.scoreKey() == 0 && order.keys.get(0).descending;
        return order.keys.isEmpty() || byScore ? null : order;
    }

    private void add(String field, JsonElement how, Snapshot snapshot) {
        boolean descending = field.equals("_score");
        boolean missingFirst = false;
        boolean unmapped = false;
        if (how != null && how.isJsonObject()) {
            Fields fields = new Fields("sort", how);
            descending = descends(fields.text("order", descending ? "desc" : "asc"));
            String missing = fields.text("missing", "_last");
            if (!missing.equals("_last") && !missing.equals("_first")) {
                throw Failure.argument("this engine sorts [missing] as _last or _first only");
            }
            missingFirst = missing.equals("_first");
            unmapped = fields.text("unmapped_type", null) != null;
            fields.end();
        } else if (how != null) {
            descending = descends(how.getAsString());
        }
        keys.add(new Key(field, descending, missingFirst));
        if (OWN.contains(field)) return;
        for (Snapshot.Target target : snapshot.targets) {
            Index index = target.index();
            if (index.mapping.column(field) != null) Order.column(index, field);
            else if (!unmapped) {
                throw Failure.query(index.name, "No mapping found for [" + field + "] in order to sort on");
            }
        }
    }

    private static boolean descends(String order) {
        if (order.equals("asc") || order.equals("desc")) return order.equals("desc");
        throw Failure.argument("Unknown SortOrder [" + order + "]");
    }

    /** A field with doc values, to sort or to count by. */
    static Mapping.Column column(Index index, String field) {
        Mapping.Column column = index.mapping.column(field);
        if (column != null && column.columns()) return column;
        String reason = column == null
            ? "failed to find field [" + field + "] (OpenSearch would find nothing)"
            : "Can't load fielddata on [" + field + "] because fielddata is unsupported on fields of type ["
                + column.type() + "]. Use doc values instead.";
        throw Failure.argument(reason).with("index", Json.of(index.name)).bySearch();
    }

    /** The place of the score among the keys, or -1. */
    int scoreKey() {
        for (int i = 0; i < keys.size(); i++) if (keys.get(i).field.equals("_score")) return i;
        return -1;
    }

    Placed place(Match match) {
        Object[] values = new Object[keys.size()];
        for (int i = 0; i < values.length; i++) values[i] = value(keys.get(i), match);
        return new Placed(match, values);
    }

    private static Object value(Key key, Match match) {
        switch (key.field) {
            case "_score":
                return match.score();
            case "_doc":
                return (long) match.doc();
            case "_shard_doc":
                return ((long) match.order() << 32) | match.doc();
            default:
        }
        Mapping.Column column = match.target().index().mapping.column(key.field);
        if (column == null) return null;
        if (column.isKeyword()) {
            String[] values = match.target().view().texts(key.field)[match.doc()];
            if (values.length == 0) return null;
            return values[key.descending ? values.length - 1 : 0];
        }
        long[] values = match.target().view().numbers(key.field)[match.doc()];
        if (values.length > 0) return values[key.descending ? values.length - 1 : 0];
        // A missing number sorts, and shows, as the last possible one.
        return key.descending == key.missingFirst ? column.greatest() : column.least();
    }

    /** The values of `search_after`, of the types of the keys. */
    Object[] after(JsonElement given, Snapshot snapshot) {
        List<JsonElement> values = Json.list(given);
        if (values.size() != keys.size()) {
            throw Failure.argument("search_after has " + values.size() + " value(s) but sort has " + keys.size() + ".");
        }
        Object[] after = new Object[keys.size()];
        for (int i = 0; i < after.length; i++) {
            JsonElement value = values.get(i);
            String field = keys.get(i).field;
            boolean text = !OWN.contains(field) && snapshot.targets.stream()
                .map(target -> target.index().mapping.column(field)).anyMatch(c -> c != null && c.isKeyword());
            if (text) after[i] = value.isJsonNull() ? null : value.getAsString();
            else if (value.isJsonNull()) throw Failure.argument("search_after value for [" + field + "] is null");
            else if (field.equals("_score")) after[i] = value.getAsFloat();
            else after[i] = Json.whole("search_after", value);
        }
        return after;
    }

    /** Whether the first values come before, with or after the others. */
    int compare(Object[] some, Object[] others) {
        for (int i = 0; i < keys.size(); i++) {
            Key key = keys.get(i);
            if (some[i] == null && others[i] == null) continue;
            if (some[i] == null) return key.missingFirst ? -1 : 1;
            if (others[i] == null) return key.missingFirst ? 1 : -1;
            int compared = compareValues(some[i], others[i]);
            if (compared != 0) return key.descending ? -compared : compared;
        }
        return 0;
    }

    Comparator<Placed> comparator() {
        return (some, other) -> {
            int compared = compare(some.values, other.values);
            return compared != 0 ? compared : compareDocuments(some.match, other.match);
        };
    }

    static int compareByScore(Match some, Match other) {
        int compared = Float.compare(other.score(), some.score());
        return compared != 0 ? compared : compareDocuments(some, other);
    }

    private static int compareDocuments(Match some, Match other) {
        int compared = Integer.compare(some.order(), other.order());
        return compared != 0 ? compared : Integer.compare(some.doc(), other.doc());
    }

    /** Numbers by size, texts by their bytes in UTF-8. */
    static int compareValues(Object some, Object other) {
        if (some instanceof Float score) return Float.compare(score, (Float) other);
        if (some instanceof Long number) return Long.compare(number, (Long) other);
        String one = (String) some;
        String two = (String) other;
        for (int i = 0; i < Math.min(one.length(), two.length()); i++) {
            char a = one.charAt(i);
            char b = two.charAt(i);
            if (a == b) continue;
            // Surrogates stand for characters after all that need none.
            if (Character.isSurrogate(a) != Character.isSurrogate(b)) return Character.isSurrogate(a) ? 1 : -1;
            return a - b;
        }
        return one.length() - two.length();
    }
}

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.search.similarities.Similarity;

/** The settings of an index. Unknown ones are refused, as OpenSearch does. */
final class Settings {
    private static final Map<String, String> DEFAULTS = Map.of(
        "number_of_shards", "1",
        "number_of_replicas", "1",
        "auto_expand_replicas", "false",
        "refresh_interval", "1s",
        "max_result_window", "10000",
        "max_inner_result_window", "100",
        "max_terms_count", "65536",
        "max_regex_length", "1000",
        "codec", "default");
    private static final Set<String> FIXED = Set.of("number_of_shards", "codec");

    private final Map<String, String> values = new TreeMap<>();
    private final JsonObject given = new JsonObject();
    final Analysis analysis;
    private final Map<String, Similarity> similarities = new HashMap<>();

    Settings(JsonObject body) {
        Map<String, JsonElement> flat = new TreeMap<>();
        flatten("", body, flat);
        JsonElement analysis = flat.remove("analysis");
        JsonElement similarity = flat.remove("similarity");
        flat.forEach(this::set);
        if (number("number_of_shards") < 1 || number("number_of_shards") > 1024) {
            throw Failure.argument("Failed to parse value for setting [index.number_of_shards]: from 1 to 1024");
        }
        this.analysis = new Analysis(analysis == null ? new JsonObject() : analysis);
        if (analysis != null) given.add("analysis", analysis);
        similarities.put("BM25", new BM25Similarity());
        if (similarity == null) return;
        given.add("similarity", similarity);
        for (var entry : similarity.getAsJsonObject().entrySet()) {
            similarities.put(entry.getKey(), similarity(entry.getKey(), entry.getValue()));
        }
    }

    /** The settings that may change while an index is in use; all or none. */
    void update(JsonObject body) {
        Map<String, JsonElement> flat = new TreeMap<>();
        flatten("", body, flat);
        for (var entry : flat.entrySet()) {
            check(entry.getKey(), entry.getValue());
            if (FIXED.contains(entry.getKey())) {
                String name = "index." + entry.getKey();
                throw Failure.argument("Can't update non dynamic settings [[" + name + "]] for open indices");
            }
        }
        flat.forEach(this::set);
    }

    String text(String name) {
        return values.getOrDefault(name, DEFAULTS.get(name));
    }

    int number(String name) {
        return Integer.parseInt(text(name));
    }

    Similarity similarity(String field, String name) {
        Similarity similarity = similarities.get(name);
        if (similarity == null) {
            throw Failure.mapping("Unknown Similarity type [" + name + "] for field [" + field + "]");
        }
        return similarity;
    }

    JsonObject json(String name, String uuid) {
        JsonObject index = given.deepCopy();
        for (String setting : DEFAULTS.keySet()) {
            boolean always = setting.startsWith("number_of_");
            if (always || values.containsKey(setting)) index.addProperty(setting, text(setting));
        }
        index.addProperty("provided_name", name);
        index.addProperty("uuid", uuid);
        return Json.object("index", index);
    }

    /** Nested objects and dotted names become dotted names without the leading `index.`. */
    private static void flatten(String prefix, JsonObject object, Map<String, JsonElement> flat) {
        for (var entry : object.entrySet()) {
            String name = prefix + entry.getKey();
            if (name.equals("index")) name = "";
            if (name.startsWith("index.")) name = name.substring("index.".length());
            boolean group = name.equals("analysis") || name.equals("similarity");
            if (entry.getValue().isJsonObject() && !group) {
                flatten(name.isEmpty() ? "" : name + ".", entry.getValue().getAsJsonObject(), flat);
            } else {
                flat.put(name, entry.getValue());
            }
        }
    }

    private void set(String name, JsonElement value) {
        check(name, value);
        if (value.isJsonNull()) values.remove(name);
        else values.put(name, value.getAsString());
    }

    private static void check(String name, JsonElement value) {
        if (!DEFAULTS.containsKey(name)) {
            throw Failure.argument("unknown setting [index." + name + "] please check that any required plugins are"
                + " installed, or check the breaking changes documentation for removed settings");
        }
        if (value.isJsonNull()) return;
        String text = value.isJsonPrimitive() ? value.getAsString() : value.toString();
        boolean good = switch (name) {
            case "refresh_interval" -> text.equals("-1") || text.matches("\\d+(ms|s|m|h|d)");
            case "auto_expand_replicas" -> text.matches("false|0-(\\d+|all)");
            case "codec" -> text.equals("default") || text.equals("best_compression");
            default -> text.matches("\\d{1,9}");
        };
        if (!good) throw Failure.argument("Failed to parse value [" + text + "] for setting [index." + name + "]");
    }

    private static Similarity similarity(String name, JsonElement settings) {
        Fields fields = new Fields("similarity " + name, settings);
        if (!fields.needText("type").equals("BM25")) {
            throw Failure.argument("Unknown Similarity type [" + fields.text("type", "") + "] for [" + name + "]");
        }
        float k1 = fields.number("k1", 1.2f);
        float b = fields.number("b", 0.75f);
        boolean discountOverlaps = fields.flag("discount_overlaps", true);
        if (!fields.rest().isEmpty()) throw Failure.argument("Unknown settings for similarity [" + name + "]");
        BM25Similarity similarity = new BM25Similarity(k1, b);
        similarity.setDiscountOverlaps(discountOverlaps);
        return similarity;
    }
}

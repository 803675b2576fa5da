import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Which fields of a source an answer shows: `_source` as false, true, names, or includes and excludes. */
final class SourceFilter {
    private boolean shown = true;
    private final List<String> includes = new ArrayList<>();
    private final List<String> excludes = new ArrayList<>();

    /** `value` is null where the request says nothing. */
    SourceFilter(JsonElement value) {
        if (value == null) return;
        if (value.isJsonPrimitive() && value.getAsJsonPrimitive().isBoolean()) {
            shown = value.getAsBoolean();
        } else if (value.isJsonObject()) {
            Fields fields = new Fields("_source", value);
            fields.list("includes").forEach(name -> includes.add(name.getAsString()));
            fields.list("excludes").forEach(name -> excludes.add(name.getAsString()));
            fields.end();
        } else {
            Json.list(value).forEach(name -> includes.add(name.getAsString()));
        }
    }

    static final String PARAMETERS = "_source _source_includes _source_excludes";

    /** From the parameters of a URL, or else from the body. */
    static SourceFilter of(Parameters parameters, JsonElement body) {
        String names = parameters.get("_source");
        String included = parameters.get("_source_includes");
        String excluded = parameters.get("_source_excludes");
        if (names == null && included == null && excluded == null) return new SourceFilter(body);
        if (names != null && (names.equals("true") || names.equals("false"))) {
            return new SourceFilter(Json.of(names.equals("true")));
        }
        JsonObject filter = new JsonObject();
        filter.add("includes", split(names != null ? names : included));
        filter.add("excludes", split(excluded));
        return new SourceFilter(filter);
    }

    private static JsonArray split(String names) {
        return Json.array(names == null ? List.of() : List.of(names.split(",")));
    }

    /** Adds what is shown to an answer. */
    void show(JsonObject answer, JsonObject source) {
        if (shown) answer.add("_source", Wildcard.keep(source, includes, excludes));
    }
}

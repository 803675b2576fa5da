import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;

/** A refusal in the shape OpenSearch gives it: a status, a type that programs read, a reason for people. */
@SuppressWarnings("serial")
final class Failure extends RuntimeException {
    final int status;
    private final String type;
    private final JsonObject details = new JsonObject();
    private Failure cause;
    private boolean bySearch;

    Failure(int status, String type, String reason) {
        super(reason);
        this.status = status;
        this.type = type;
    }

    static Failure argument(String reason) {
        return new Failure(400, "illegal_argument_exception", reason);
    }

    static Failure parsing(String reason) {
        return new Failure(400, "parsing_exception", reason);
    }

    static Failure mapping(String reason) {
        return new Failure(400, "mapper_parsing_exception", reason);
    }

    /** A request that is understood and lacks something, or has too much. */
    static Failure validation(String reason) {
        return new Failure(400, "action_request_validation_exception", "Validation Failed: 1: " + reason + ";");
    }

    static Failure missingIndex(String name) {
        Failure failure = new Failure(404, "index_not_found_exception", "no such index [" + name + "]");
        failure.with("index", Json.of(name)).with("resource.id", Json.of(name));
        return failure.with("resource.type", Json.of("index_or_alias")).with("index_uuid", Json.of("_na_"));
    }

    static Failure conflict(String id, String reason) {
        return new Failure(409, "version_conflict_engine_exception", "[" + id + "]: version conflict, " + reason);
    }

    /** A query that the mapping of an index does not allow. */
    static Failure query(String index, String reason) {
        return new Failure(400, "query_shard_exception", reason).with("index", Json.of(index)).bySearch();
    }

    Failure with(String name, JsonElement value) {
        details.add(name, value);
        return this;
    }

    Failure causedBy(Failure cause) {
        this.cause = cause;
        return this;
    }

    /** Marks a failure that shards of a search find: OpenSearch wraps those once more. */
    Failure bySearch() {
        bySearch = true;
        return this;
    }

    /** The value of `error` for one item of many. */
    JsonObject error() {
        JsonObject error = Json.object("type", type, "reason", getMessage());
        details.entrySet().forEach(entry -> error.add(entry.getKey(), entry.getValue()));
        if (cause != null) error.add("caused_by", cause.error());
        return error;
    }

    /** The whole body of an answer. */
    JsonObject body() {
        JsonArray roots = new JsonArray();
        JsonObject root = error();
        root.remove("caused_by");
        roots.add(root);
        JsonObject error = Json.object("root_cause", roots);
        if (bySearch) {
            JsonArray shards = new JsonArray();
            shards.add(Json.object("shard", 0, "index", details.get("index"), "node", "engine", "reason", error()));
            error.addProperty("type", "search_phase_execution_exception");
            error.addProperty("reason", "all shards failed");
            error.addProperty("phase", "query");
            error.addProperty("grouped", true);
            error.add("failed_shards", shards);
        } else {
            error().entrySet().forEach(entry -> error.add(entry.getKey(), entry.getValue()));
        }
        return Json.object("error", error, "status", status);
    }
}

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.lucene.document.Document;

/** Calls that write and get documents by their id. */
final class Documents {
    private static final String WRITING = "routing refresh timeout wait_for_active_shards require_alias";
    private static final String VERSIONS = " version version_type if_seq_no if_primary_term";
    private static final Set<String> ACTIONS = Set.of("index", "create", "delete");

    private final Cluster cluster;

    Documents(Cluster cluster) {
        this.cluster = cluster;
    }

    void register(Router router) {
        String path = "/{index}/_doc/{id}";
        router.add("PUT POST", path, WRITING + VERSIONS + " op_type", this::put);
        router.add("PUT POST", "/{index}/_create/{id}", WRITING + VERSIONS, this::create);
        router.add("DELETE", path, WRITING + VERSIONS, this::delete);
        String getting = "routing refresh realtime preference " + SourceFilter.PARAMETERS;
        router.add("GET HEAD", path, getting, this::get);
        router.add("POST GET", "/_mget", getting, this::getMany);
        router.add("POST GET", "/{index}/_mget", getting, this::getMany);
        router.add("POST PUT", "/_bulk", WRITING, this::bulk);
        router.add("POST PUT", "/{index}/_bulk", WRITING, this::bulk);
        String deleting = "routing refresh conflicts timeout wait_for_completion wait_for_active_shards"
            + " requests_per_second scroll_size slices max_docs preference ignore_unavailable";
        router.add("POST", "/{index}/_delete_by_query", deleting, this::deleteByQuery);
    }

    private Router.Answer put(Router.Request request) throws IOException {
        String type = request.parameters().get("op_type", "index");
        if (!Set.of("index", "create").contains(type)) {
            throw Failure.argument("opType must be 'create' or 'index', found: [" + type + "]");
        }
        return write(request, kind(type));
    }

    private Router.Answer create(Router.Request request) throws IOException {
        return write(request, Shard.Write.Kind.CREATE);
    }

    private Router.Answer delete(Router.Request request) throws IOException {
        return write(request, Shard.Write.Kind.DELETE);
    }

    private Router.Answer write(Router.Request request, Shard.Write.Kind kind) throws IOException {
        Parameters parameters = request.parameters();
        String id = request.name("id");
        Asked asked = new Asked(parameters.whole("version"), parameters.get("version_type"),
            parameters.whole("if_seq_no"), parameters.whole("if_primary_term"));
        JsonObject source = null;
        if (kind != Shard.Write.Kind.DELETE) {
            if (request.body().isBlank()) throw Failure.validation("source is missing");
            source = source(request.body());
        }
        Shard.Write write = asked.write(kind, id, parameters.get("routing"), source);
        checkRefresh(parameters);
        Index index = cluster.writable(request.name("index"));
        Shard.Outcome outcome = index.shard(id, write.routing()).write(write);
        refresh(parameters, Set.of(index));
        return new Router.Answer(outcome.status(), written(index, id, outcome));
    }

    private static JsonObject written(Index index, String id, Shard.Outcome outcome) {
        JsonObject copies = Json.object("total", 1 + index.settings.number("number_of_replicas"));
        copies.addProperty("successful", 1);
        copies.addProperty("failed", 0);
        return Json.object("_index", index.name, "_id", id, "_version", outcome.version(), "result", outcome.result(),
            "_shards", copies, "_seq_no", outcome.sequence(), "_primary_term", Shard.TERM);
    }

    /** What a write asks of the version that it finds. */
    private record Asked(Long version, String versionType, Long ifSequence, Long ifTerm) {
        Shard.Write write(Shard.Write.Kind kind, String id, String routing, JsonObject source) {
            String type = versionType == null ? "internal" : versionType;
            if (!Set.of("internal", "external", "external_gte").contains(type)) {
                throw Failure.argument("No version type match [" + type + "]");
            }
            int length = id.getBytes(StandardCharsets.UTF_8).length;
            if (length > 512) {
                String limit = "must be no longer than 512 bytes but was: " + length;
                throw Failure.validation("id [" + id + "] is too long, " + limit);
            }
            if (type.equals("internal") && version != null) {
                throw Failure.validation("internal versioning can not be used for optimistic concurrency control."
                    + " Please use `if_seq_no` and `if_primary_term` instead");
            }
            if (!type.equals("internal")) {
                if (version == null || version < 0) {
                    throw Failure.validation("illegal version value [" + version + "] for version type [" + type + "]");
                }
                if (kind == Shard.Write.Kind.CREATE) {
                    throw Failure.validation("create operations only support internal versioning. use index instead");
                }
                if (ifSequence != null) {
                    throw Failure.validation("compare and write operations can not use versioning");
                }
            }
            if ((ifSequence == null) != (ifTerm == null)) {
                throw Failure.validation("ifSeqNo and primary term must be set together");
            }
            return new Shard.Write(kind, id, routing, source, version, type.equals("external_gte"), ifSequence, ifTerm);
        }
    }

    private static JsonObject source(String text) {
        try {
            return Json.readObject(text);
        } catch (Failure failure) {
            throw Failure.mapping("failed to parse").causedBy(failure);
        }
    }

    private static void checkRefresh(Parameters parameters) {
        String refresh = parameters.get("refresh", "false");
        if (!Set.of("", "true", "false", "wait_for").contains(refresh)) {
            throw Failure.argument("Unknown value for refresh: [" + refresh + "].");
        }
    }

    private static void refresh(Parameters parameters, Set<Index> indexes) throws IOException {
        String refresh = parameters.get("refresh", "false");
        if (refresh.equals("false")) return;
        for (Index index : indexes) {
            if (refresh.equals("wait_for") && index.settings.text("refresh_interval").equals("-1")) {
                throw Failure.argument("[refresh=wait_for] would wait for ever where [refresh_interval] is -1");
            }
            index.refresh();
        }
    }

    /** One action of a bulk; `source` is its line as it came. */
    private record Action(String name, String index, String id, String routing, String source, Asked asked) {}

    private Router.Answer bulk(Router.Request request) throws IOException {
        long start = System.nanoTime();
        checkRefresh(request.parameters());
        List<Action> actions = actions(request);
        Set<Index> touched = new LinkedHashSet<>();
        JsonArray items = new JsonArray();
        boolean errors = false;
        for (Action action : actions) {
            JsonObject item;
            try {
                item = perform(action, touched);
            } catch (Failure failure) {
                errors = true;
                item = Json.object("_index", action.index, "_id", action.id, "status", failure.status);
                item.add("error", failure.error());
            }
            items.add(Json.object(action.name, item));
        }
        refresh(request.parameters(), touched);
        long took = (System.nanoTime() - start) / 1_000_000;
        return Router.Answer.ok(Json.object("took", took, "errors", errors, "items", items));
    }

    private List<Action> actions(Router.Request request) {
        String body = request.body();
        if (body.isBlank()) throw Failure.parsing("request body is required");
        if (!body.endsWith("\n")) throw Failure.argument("The bulk request must be terminated by a newline [\\n]");
        String[] lines = body.split("\n");
        List<Action> actions = new ArrayList<>();
        for (int i = 0; i < lines.length; i++) {
            if (lines[i].isBlank()) continue;
            String owner = "Action/metadata line [" + (i + 1) + "]";
            var only = new Fields(owner, Json.read(lines[i])).only("action");
            String name = only.getKey();
            if (!ACTIONS.contains(name)) {
                throw Failure.argument("Malformed " + owner + ", unknown action [" + name + "]");
            }
            Fields fields = new Fields(owner, only.getValue());
            String index = fields.text("_index", request.named().get("index"));
            String id = fields.text("_id", null);
            String routing = fields.text("routing", request.parameters().get("routing"));
            Asked asked = new Asked(optional(fields, "version"), fields.text("version_type", null),
                optional(fields, "if_seq_no"), optional(fields, "if_primary_term"));
            fields.flag("require_alias", false);
            if (!fields.rest().isEmpty()) throw Failure.argument(owner + " contains an unknown parameter");
            if (index == null) throw Failure.validation("index is missing");
            if (id == null || id.isEmpty()) throw Failure.validation("id is missing");
            String source = null;
            if (!name.equals("delete")) {
                if (++i >= lines.length) throw Failure.validation("no source for " + owner);
                source = lines[i];
            }
            // Versions that make no sense are refused before anything is written.
            asked.write(kind(name), id, routing, null);
            actions.add(new Action(name, index, id, routing, source, asked));
        }
        if (actions.isEmpty()) throw Failure.validation("no requests added");
        return actions;
    }

    private static Shard.Write.Kind kind(String action) {
        return Shard.Write.Kind.valueOf(action.toUpperCase(Locale.ROOT));
    }

    private static Long optional(Fields fields, String name) {
        JsonElement value = fields.take(name);
        return value == null ? null : (Long) Json.whole(name, value);
    }

    private JsonObject perform(Action action, Set<Index> touched) throws IOException {
        Index index = cluster.writable(action.index);
        touched.add(index);
        JsonObject source = action.source == null ? null : source(action.source);
        Shard.Write write = action.asked.write(kind(action.name), action.id, action.routing, source);
        Shard.Outcome outcome = index.shard(action.id, action.routing).write(write);
        JsonObject item = written(index, action.id, outcome);
        item.addProperty("status", outcome.status());
        return item;
    }

    private Router.Answer get(Router.Request request) throws IOException {
        Index index = cluster.single(request.name("index"));
        checkRealtime(request.parameters());
        SourceFilter filter = SourceFilter.of(request.parameters(), null);
        JsonObject answer = document(index, request.name("id"), request.parameters().get("routing"), filter);
        return new Router.Answer(answer.get("found").getAsBoolean() ? 200 : 404, answer);
    }

    private static void checkRealtime(Parameters parameters) {
        if (!parameters.flag("realtime", true)) throw Failure.argument("this engine gets in real time only");
    }

    private static JsonObject document(Index index, String id, String routing, SourceFilter filter) {
        Shard.Entry entry = index.shard(id, routing).get(id);
        JsonObject answer = Json.object("_index", index.name, "_id", id);
        if (entry != null) {
            answer.addProperty("_version", entry.version());
            answer.addProperty("_seq_no", entry.sequence());
            answer.addProperty("_primary_term", Shard.TERM);
            if (entry.routing() != null) answer.addProperty("_routing", entry.routing());
        }
        answer.addProperty("found", entry != null);
        if (entry != null) filter.show(answer, entry.source());
        return answer;
    }

    private Router.Answer getMany(Router.Request request) {
        checkRealtime(request.parameters());
        Fields fields = new Fields("mget", Json.readObject(request.body()));
        List<JsonElement> wanted = new ArrayList<>(fields.list("docs"));
        fields.list("ids").forEach(id -> wanted.add(Json.object("_id", id)));
        fields.end();
        if (wanted.isEmpty()) throw Failure.validation("no documents to get");
        JsonArray documents = new JsonArray();
        for (JsonElement one : wanted) {
            Fields document = new Fields("docs", one);
            String name = document.text("_index", request.named().get("index"));
            String id = document.needText("_id");
            String routing = document.text("routing", request.parameters().get("routing"));
            JsonElement source = document.take("_source");
            SourceFilter filter = source != null
                ? new SourceFilter(source) : SourceFilter.of(request.parameters(), null);
            document.end();
            if (name == null) throw Failure.validation("index is missing for doc 0");
            try {
                documents.add(document(cluster.single(name), id, routing, filter));
            } catch (Failure failure) {
                JsonObject error = failure.body().getAsJsonObject("error");
                documents.add(Json.object("_index", name, "_id", id, "error", error));
            }
        }
        return Router.Answer.ok(Json.object("docs", documents));
    }

    private Router.Answer deleteByQuery(Router.Request request) throws IOException {
        long start = System.nanoTime();
        Parameters parameters = request.parameters();
        checkRefresh(parameters);
        boolean proceed = parameters.get("conflicts", "abort").equals("proceed");
        Fields fields = new Fields("delete_by_query", Json.readObject(request.body()));
        JsonElement query = fields.take("query");
        fields.end();
        if (query == null) throw Failure.validation("query is missing");
        if (!parameters.flag("wait_for_completion", true)) throw Failure.argument("this engine has no tasks");
        List<Index> indexes = cluster.resolve(request.name("index"), parameters.flag("ignore_unavailable", false));
        JsonArray failures = new JsonArray();
        long total = 0;
        long deleted = 0;
        long conflicts = 0;
        try (Snapshot snapshot = Snapshot.open(indexes, parameters.get("routing"))) {
            List<Match> matches = Match.all(snapshot, query, false);
            total = matches.size();
            for (Match match : matches) {
                Document stored = match.stored();
                String id = stored.get("_id");
                Long seen = match.target().view().numbers("_seq_no")[match.doc()][0];
                Shard.Write write = new Shard.Write(Shard.Write.Kind.DELETE, id, stored.get("_routing"), null, null,
                    false, seen, Shard.TERM);
                Index index = match.target().index();
                try {
                    index.shards.get(match.target().shard()).write(write);
                    deleted++;
                } catch (Failure failure) {
                    conflicts++;
                    if (proceed) continue;
                    failures.add(Json.object("index", index.name, "id", id, "cause", failure.error(), "status", 409));
                    break;
                }
            }
        }
        refresh(parameters, new LinkedHashSet<>(indexes));
        long took = (System.nanoTime() - start) / 1_000_000;
        JsonObject answer = Json.object("took", took, "timed_out", false, "total", total, "deleted", deleted);
        answer.addProperty("batches", (total + 999) / 1000);
        answer.addProperty("version_conflicts", conflicts);
        answer.addProperty("noops", 0);
        answer.add("retries", Json.object("bulk", 0, "search", 0));
        answer.addProperty("throttled_millis", 0);
        answer.addProperty("requests_per_second", -1.0);
        answer.addProperty("throttled_until_millis", 0);
        answer.add("failures", failures);
        return new Router.Answer(failures.isEmpty() ? 200 : 409, answer);
    }
}

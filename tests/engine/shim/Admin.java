import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.lucene.util.Version;

/** Calls about indexes, aliases and settings. */
final class Admin {
    private static final String VERSION = "3.3.0";
    private static final String WAITING = "timeout master_timeout cluster_manager_timeout wait_for_active_shards";
    private static final String LENIENCE = " ignore_unavailable allow_no_indices expand_wildcards";

    private final Cluster cluster;

    Admin(Cluster cluster) {
        this.cluster = cluster;
    }

    void register(Router router) {
        router.add("GET HEAD", "/", "", request -> Router.Answer.ok(info()));
        router.add("GET", "/_cluster/settings", "flat_settings",
            request -> Router.Answer.ok(cluster.clusterSettings()));
        router.add("PUT", "/_cluster/settings", WAITING + " flat_settings", this::changeClusterSettings);
        router.add("PUT", "/{index}", WAITING, this::create);
        router.add("DELETE", "/{index}", WAITING + LENIENCE, this::delete);
        router.add("GET", "/{index}", LENIENCE.trim(), this::describe);
        router.add("HEAD", "/{index}", LENIENCE.trim(), this::exists);
        router.add("PUT", "/{index}/_settings", WAITING + LENIENCE, this::changeSettings);
        router.add("GET", "/{index}/_settings", LENIENCE.trim(), this::settings);
        router.add("GET", "/{index}/_mapping", LENIENCE.trim(), this::mapping);
        router.add("POST", "/_aliases", WAITING, this::changeAliases);
        for (String pattern : List.of("/_alias", "/_alias/{alias}", "/{index}/_alias", "/{index}/_alias/{alias}")) {
            router.add("GET HEAD", pattern, LENIENCE.trim(), this::aliases);
        }
        String columns = "format h s bytes v time" + LENIENCE;
        router.add("GET", "/_cat/indices", columns, this::list);
        router.add("GET", "/_cat/indices/{index}", columns, this::list);
        router.add("POST GET", "/_refresh", LENIENCE.trim(), this::refresh);
        router.add("POST GET", "/{index}/_refresh", LENIENCE.trim(), this::refresh);
        String merging = "max_num_segments only_expunge_deletes flush" + LENIENCE;
        router.add("POST", "/{index}/_forcemerge", merging, this::merge);
    }

    private static JsonObject info() {
        JsonObject version = Json.object("distribution", "opensearch", "number", VERSION, "build_type", "shim");
        version.addProperty("lucene_version", Version.LATEST.toString());
        return Json.object("name", "engine", "cluster_name", "engine", "version", version, "tagline",
            "The OpenSearch Project: https://opensearch.org/");
    }

    private static JsonObject done() {
        return Json.object("acknowledged", true);
    }

    private Router.Answer changeClusterSettings(Router.Request request) {
        cluster.changeClusterSettings(Json.readObject(request.body()));
        JsonObject answer = cluster.clusterSettings();
        answer.addProperty("acknowledged", true);
        return Router.Answer.ok(answer);
    }

    private Router.Answer create(Router.Request request) throws IOException {
        String name = request.name("index");
        cluster.create(name, Json.readObject(request.body()));
        return Router.Answer.ok(Json.object("acknowledged", true, "shards_acknowledged", true, "index", name));
    }

    private Router.Answer delete(Router.Request request) throws IOException {
        cluster.delete(request.name("index"), request.parameters().flag("ignore_unavailable", false));
        return Router.Answer.ok(done());
    }

    private List<Index> indexes(Router.Request request) {
        String expression = request.named().getOrDefault("index", "*");
        return cluster.resolve(expression, request.parameters().flag("ignore_unavailable", false));
    }

    private Router.Answer exists(Router.Request request) {
        try {
            return new Router.Answer(indexes(request).isEmpty() ? 404 : 200, null);
        } catch (Failure failure) {
            return new Router.Answer(failure.status, null);
        }
    }

    private Router.Answer describe(Router.Request request) {
        JsonObject answer = new JsonObject();
        Map<String, Set<String>> aliases = cluster.aliasesByIndex();
        for (Index index : indexes(request)) {
            JsonObject own = new JsonObject();
            aliases.getOrDefault(index.name, Set.of()).forEach(alias -> own.add(alias, new JsonObject()));
            answer.add(index.name, Json.object("aliases", own, "mappings", index.mapping.json(), "settings",
                index.settings.json(index.name, index.uuid)));
        }
        return Router.Answer.ok(answer);
    }

    private Router.Answer changeSettings(Router.Request request) {
        JsonObject body = Json.readObject(request.body());
        boolean wrapped = body.size() == 1 && body.has("settings");
        for (Index index : indexes(request)) index.settings.update(wrapped ? body.getAsJsonObject("settings") : body);
        return Router.Answer.ok(done());
    }

    private Router.Answer settings(Router.Request request) {
        JsonObject answer = new JsonObject();
        for (Index index : indexes(request)) {
            answer.add(index.name, Json.object("settings", index.settings.json(index.name, index.uuid)));
        }
        return Router.Answer.ok(answer);
    }

    private Router.Answer mapping(Router.Request request) {
        JsonObject answer = new JsonObject();
        for (Index index : indexes(request)) answer.add(index.name, Json.object("mappings", index.mapping.json()));
        return Router.Answer.ok(answer);
    }

    private Router.Answer changeAliases(Router.Request request) throws IOException {
        Fields fields = new Fields("aliases", Json.readObject(request.body()));
        List<JsonElement> actions = fields.list("actions");
        fields.end();
        cluster.changeAliases(actions);
        return Router.Answer.ok(done());
    }

    private Router.Answer aliases(Router.Request request) {
        String expression = request.named().getOrDefault("alias", "*");
        Set<String> patterns = new TreeSet<>(List.of(expression.replace("_all", "*").split(",")));
        Set<String> missing = new TreeSet<>(patterns);
        missing.removeIf(pattern -> pattern.contains("*"));
        JsonObject answer = new JsonObject();
        Map<String, Set<String>> byIndex = cluster.aliasesByIndex();
        for (Index index : indexes(request)) {
            JsonObject own = new JsonObject();
            for (String alias : byIndex.getOrDefault(index.name, Set.of())) {
                if (!Wildcard.any(patterns, alias)) continue;
                own.add(alias, new JsonObject());
                missing.remove(alias);
            }
            boolean all = !request.named().containsKey("alias");
            if (all || own.size() > 0) answer.add(index.name, Json.object("aliases", own));
        }
        if (missing.isEmpty()) return Router.Answer.ok(answer);
        String what = missing.size() == 1 ? "alias [" : "aliases [";
        answer.addProperty("error", what + String.join(",", missing) + "] missing");
        answer.addProperty("status", 404);
        return new Router.Answer(404, answer);
    }

    private Router.Answer list(Router.Request request) throws IOException {
        if (!request.parameters().get("format", "text").equals("json")) {
            throw Failure.argument("this engine lists with [format=json] only");
        }
        JsonArray rows = new JsonArray();
        for (Index index : indexes(request)) {
            JsonObject row = row(index, request.parameters().get("bytes", "").equals("b"));
            String columns = request.parameters().get("h");
            if (columns == null) {
                rows.add(row);
                continue;
            }
            JsonObject cut = new JsonObject();
            for (String column : columns.split(",")) if (row.has(column)) cut.add(column, row.get(column));
            rows.add(cut);
        }
        return Router.Answer.ok(rows);
    }

    private static JsonObject row(Index index, boolean plainBytes) throws IOException {
        long documents = 0;
        long deleted = 0;
        long bytes = 0;
        try (Snapshot snapshot = Snapshot.open(List.of(index), null)) {
            for (Snapshot.Target target : snapshot.targets) {
                documents += target.view().reader.numDocs();
                deleted += target.view().reader.numDeletedDocs();
            }
        }
        for (Shard shard : index.shards) bytes += shard.bytes();
        String size = bytes + (plainBytes ? "" : "b");
        // One node has no place for a replica, so that an index that wants one is yellow.
        boolean alone = index.settings.number("number_of_replicas") == 0;
        JsonObject row = Json.object("health", alone ? "green" : "yellow", "status", "open", "index", index.name);
        row.addProperty("uuid", index.uuid);
        row.addProperty("pri", index.settings.text("number_of_shards"));
        row.addProperty("rep", index.settings.text("number_of_replicas"));
        row.addProperty("docs.count", "" + documents);
        row.addProperty("docs.deleted", "" + deleted);
        row.addProperty("store.size", size);
        row.addProperty("pri.store.size", size);
        return row;
    }

    private Router.Answer refresh(Router.Request request) throws IOException {
        int shards = 0;
        for (Index index : indexes(request)) {
            index.refresh();
            shards += index.shards.size();
        }
        return Router.Answer.ok(Json.object("_shards", counted(shards)));
    }

    private Router.Answer merge(Router.Request request) throws IOException {
        Long segments = request.parameters().whole("max_num_segments");
        boolean onlyDeletes = request.parameters().flag("only_expunge_deletes", false);
        int shards = 0;
        for (Index index : indexes(request)) {
            for (Shard shard : index.shards) shard.merge(segments == null ? 1 : segments.intValue(), onlyDeletes);
            shards += index.shards.size();
        }
        return Router.Answer.ok(Json.object("_shards", counted(shards)));
    }

    private static JsonObject counted(int shards) {
        return Json.object("total", shards, "successful", shards, "failed", 0);
    }
}

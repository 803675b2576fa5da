import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;

/** Calls that search, count and explain, and the points in time that they read from. */
final class Searches {
    private static final int TOTAL_CAP = 10_000;
    private static final String LENIENCE = " preference ignore_unavailable allow_no_indices expand_wildcards";
    private static final Set<String> TYPES = Set.of("query_then_fetch", "dfs_query_then_fetch");

    private final Cluster cluster;

    Searches(Cluster cluster) {
        this.cluster = cluster;
    }

    void register(Router router) {
        String searching = "routing search_type allow_partial_search_results from size sort track_total_hits"
            + " track_scores request_cache timeout " + SourceFilter.PARAMETERS + LENIENCE;
        router.add("POST GET", "/_search", searching, this::search);
        router.add("POST GET", "/{index}/_search", searching, this::search);
        String many = "search_type max_concurrent_searches max_concurrent_shard_requests";
        router.add("POST GET", "/_msearch", many, this::searchMany);
        router.add("POST GET", "/{index}/_msearch", many, this::searchMany);
        router.add("POST GET", "/{index}/_count", "routing" + LENIENCE, this::count);
        router.add("POST GET", "/{index}/_explain/{id}", "routing preference", this::explain);
        String opening = "keep_alive routing allow_partial_pit_creation" + LENIENCE;
        router.add("POST", "/{index}/_search/point_in_time", opening, this::openPoint);
        router.add("DELETE", "/_search/point_in_time", "", this::closePoints);
        router.add("DELETE", "/_search/point_in_time/_all", "", request -> close(cluster.points()));
    }

    /** Where one search looks, and what is said of it outside its body. */
    private record Scope(String indexes, String routing, boolean global, boolean ignoreMissing,
                         Parameters parameters) {}

    private static boolean isGlobal(String type) {
        if (type == null) return false;
        if (!TYPES.contains(type)) throw Failure.argument("No search type for [" + type + "]");
        return type.equals("dfs_query_then_fetch");
    }

    private Router.Answer search(Router.Request request) throws IOException {
        Parameters parameters = request.parameters();
        parameters.flag("allow_partial_search_results", true);
        Scope scope = new Scope(request.name("index"), parameters.get("routing"),
            isGlobal(parameters.get("search_type")), parameters.flag("ignore_unavailable", false), parameters);
        return Router.Answer.ok(search(Json.readObject(request.body()), scope));
    }

    private JsonObject search(JsonObject body, Scope scope) throws IOException {
        long start = System.nanoTime();
        Fields fields = new Fields("search", body);
        JsonElement pit = fields.take("pit");
        String point = null;
        Snapshot opened;
        if (pit == null) {
            String expression = scope.indexes == null ? "*" : scope.indexes;
            opened = Snapshot.open(cluster.resolve(expression, scope.ignoreMissing), scope.routing);
        } else {
            if (scope.indexes != null) {
                throw Failure.validation("[indices] cannot be used with point in time. Do not specify any index with"
                    + " point in time.");
            }
            if (scope.routing != null) throw Failure.validation("[routing] cannot be used with point in time");
            Fields own = new Fields("pit", pit);
            point = own.needText("id");
            String keepAlive = own.text("keep_alive", null);
            own.end();
            Long longer = keepAlive == null ? null : (Long) Parameters.milliseconds("keep_alive", keepAlive);
            opened = cluster.point(point, longer);
        }
        try (Snapshot snapshot = opened) {
            JsonObject found = find(fields, scope, snapshot);
            JsonObject answer = new JsonObject();
            if (point != null) answer.addProperty("pit_id", point);
            answer.addProperty("took", (System.nanoTime() - start) / 1_000_000);
            answer.addProperty("timed_out", false);
            answer.add("_shards", shards(snapshot));
            found.entrySet().forEach(entry -> answer.add(entry.getKey(), entry.getValue()));
            return answer;
        }
    }

    private static JsonObject shards(Snapshot snapshot) {
        int count = snapshot.targets.size();
        return Json.object("total", count, "successful", count, "skipped", 0, "failed", 0);
    }

    /** The hits and the counts of one search. */
    private static JsonObject find(Fields fields, Scope scope, Snapshot snapshot) throws IOException {
        Parameters parameters = scope.parameters;
        JsonElement query = fields.take("query");
        Long asked = parameters.whole("from");
        int from = asked != null ? asked.intValue() : fields.count("from", 0);
        asked = parameters.whole("size");
        int size = asked != null ? asked.intValue() : fields.count("size", 10);
        JsonElement sort = fields.take("sort");
        if (parameters.get("sort") != null) throw Failure.argument("this engine takes [sort] in the body only");
        Order order = Order.of(sort, snapshot);
        JsonElement after = fields.take("search_after");
        boolean scores = parameters.flag("track_scores", fields.flag("track_scores", false));
        JsonElement track = fields.take("track_total_hits");
        if (parameters.get("track_total_hits") != null) track = Json.of(parameters.get("track_total_hits"));
        SourceFilter source = SourceFilter.of(parameters, fields.take("_source"));
        JsonElement definitions = fields.take(fields.has("aggs") ? "aggs" : "aggregations");
        fields.take("timeout");
        fields.end();
        checkWindow(from, size, snapshot);
        if (after != null && order == null) throw Failure.argument("Sort must contain at least one field.");
        if (after != null && from > 0) {
            throw Failure.validation("`from` parameter must be set to 0 when `search_after` is used.");
        }
        Object[] last = after == null ? null : order.after(after, snapshot);
        Aggregations aggregations = new Aggregations(definitions, snapshot);
        List<Match> matches = Match.all(snapshot, query, scope.global);
        Page page = new Page(order, from, size, last, scores, true, source);
        JsonObject hits = new JsonObject();
        JsonObject total = total(track, matches.size());
        if (total != null) hits.add("total", total);
        page.hits(matches).entrySet().forEach(entry -> hits.add(entry.getKey(), entry.getValue()));
        JsonObject found = Json.object("hits", hits);
        if (!aggregations.isEmpty()) found.add("aggregations", aggregations.over(matches));
        return found;
    }

    private static void checkWindow(int from, int size, Snapshot snapshot) {
        if (from < 0 || size < 0) throw Failure.argument("[from] and [size] cannot be negative");
        for (Snapshot.Target target : snapshot.targets) {
            int window = target.index().settings.number("max_result_window");
            if ((long) from + size <= window) continue;
            throw Failure.argument("Result window is too large, from + size must be less than or equal to: [" + window
                + "] but was [" + ((long) from + size) + "]. See the scroll api for a more efficient way to request"
                + " large data sets. This limit can be set by changing the [index.max_result_window] index level"
                + " setting.")
                .with("index", Json.of(target.index().name)).bySearch();
        }
    }

    /** Null where no total is wanted. */
    private static JsonObject total(JsonElement track, int count) {
        String text = track == null ? "" + TOTAL_CAP : track.getAsString();
        if (text.equals("false")) return null;
        if (!text.equals("true") && !text.matches("\\d{1,9}")) {
            throw Failure.argument("[track_total_hits] parameter must be true, false or a positive number");
        }
        int cap = text.equals("true") ? Integer.MAX_VALUE : Integer.parseInt(text);
        return Json.object("value", Math.min(count, cap), "relation", count > cap ? "gte" : "eq");
    }

    private Router.Answer searchMany(Router.Request request) {
        long start = System.nanoTime();
        String body = request.body();
        if (!body.endsWith("\n")) throw Failure.argument("The msearch request must be terminated by a newline [\\n]");
        String[] lines = body.split("\n");
        if (lines.length % 2 != 0) throw Failure.validation("a search of [msearch] is a header and a body");
        List<Scope> scopes = new ArrayList<>();
        for (int i = 0; i < lines.length; i += 2) scopes.add(scope(lines[i], request));
        JsonArray responses = new JsonArray();
        for (int i = 0; i < scopes.size(); i++) {
            JsonObject response;
            try {
                response = search(Json.readObject(lines[2 * i + 1]), scopes.get(i));
                response.addProperty("status", 200);
            } catch (Failure failure) {
                response = failure.body();
            } catch (IOException e) {
                response = new Failure(500, "io_exception", "" + e.getMessage()).body();
            }
            responses.add(response);
        }
        long took = (System.nanoTime() - start) / 1_000_000;
        return Router.Answer.ok(Json.object("took", took, "responses", responses));
    }

    private static Scope scope(String line, Router.Request request) {
        Fields header = new Fields("msearch header", Json.readObject(line));
        List<String> indexes = new ArrayList<>();
        header.list("index").forEach(name -> indexes.add(name.getAsString()));
        String routing = header.text("routing", null);
        boolean global = isGlobal(header.text("search_type", request.parameters().get("search_type")));
        boolean ignoreMissing = header.flag("ignore_unavailable", false);
        header.flag("allow_partial_search_results", true);
        header.text("preference", null);
        header.flag("request_cache", true);
        header.end();
        String named = indexes.isEmpty() ? request.name("index") : String.join(",", indexes);
        return new Scope(named, routing, global, ignoreMissing, new Parameters(null));
    }

    private Router.Answer count(Router.Request request) throws IOException {
        Parameters parameters = request.parameters();
        Fields fields = new Fields("count", Json.readObject(request.body()));
        JsonElement query = fields.take("query");
        fields.end();
        List<Index> indexes = cluster.resolve(request.name("index"), parameters.flag("ignore_unavailable", false));
        try (Snapshot snapshot = Snapshot.open(indexes, parameters.get("routing"))) {
            int count = Match.all(snapshot, query, false).size();
            return Router.Answer.ok(Json.object("count", count, "_shards", shards(snapshot)));
        }
    }

    private Router.Answer explain(Router.Request request) throws IOException {
        Index index = cluster.single(request.name("index"));
        String id = request.name("id");
        String routing = request.parameters().get("routing");
        index.shard(id, routing);
        Fields fields = new Fields("explain", Json.readObject(request.body()));
        Query query = new Queries(index).read(fields.need("query"));
        fields.end();
        JsonObject answer = Json.object("_index", index.name, "_id", id, "matched", false);
        try (Snapshot snapshot = Snapshot.open(List.of(index), routing == null ? id : routing)) {
            JsonElement wanted = Json.object("ids", Json.object("values", Json.array(List.of(id))));
            List<Match> found = Match.all(snapshot, wanted, false);
            if (found.isEmpty()) return new Router.Answer(404, answer);
            Match match = found.get(0);
            IndexSearcher searcher = snapshot.searcher(match.target(), false);
            Explanation explanation = searcher.explain(query, match.doc());
            answer.addProperty("matched", explanation.isMatch());
            answer.add("explanation", json(explanation));
            return Router.Answer.ok(answer);
        }
    }

    private static JsonObject json(Explanation explanation) {
        JsonArray details = new JsonArray();
        for (Explanation detail : explanation.getDetails()) details.add(json(detail));
        return Json.object("value", explanation.getValue(), "description", explanation.getDescription(),
            "details", details);
    }

    private Router.Answer openPoint(Router.Request request) {
        Parameters parameters = request.parameters();
        String keepAlive = parameters.get("keep_alive");
        if (keepAlive == null) throw Failure.validation("keep alive not specified");
        List<Index> indexes = cluster.resolve(request.name("index"), parameters.flag("ignore_unavailable", false));
        long time = Parameters.milliseconds("keep_alive", keepAlive);
        String id = cluster.openPoint(indexes, parameters.get("routing"), time);
        int shards = indexes.stream().mapToInt(index -> index.shards.size()).sum();
        JsonObject counted = Json.object("total", shards, "successful", shards, "skipped", 0, "failed", 0);
        return Router.Answer.ok(Json.object("pit_id", id, "_shards", counted, "creation_time", cluster.created(id)));
    }

    private Router.Answer closePoints(Router.Request request) throws IOException {
        Fields fields = new Fields("close point in time", Json.readObject(request.body()));
        fields.need("pit_id");
        Set<String> ids = new LinkedHashSet<>();
        for (JsonElement id : fields.list("pit_id")) ids.add(id.getAsString());
        fields.end();
        return close(ids);
    }

    private Router.Answer close(Set<String> ids) throws IOException {
        JsonArray closed = new JsonArray();
        for (String id : ids) closed.add(Json.object("successful", cluster.release(id), "pit_id", id));
        return Router.Answer.ok(Json.object("pits", closed));
    }
}

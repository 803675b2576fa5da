import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.document.Document;

/** Which of the matches an answer shows, in which order, and how much of each. */
record Page(Order order, int from, int size, Object[] after, boolean scores, boolean scoreOfSort, SourceFilter source) {
    /** The object `hits` of an answer, without `total`. */
    JsonObject hits(List<Match> matches) throws IOException {
        JsonArray hits = new JsonArray();
        for (Order.Placed placed : shown(matches)) hits.add(hit(placed));
        boolean scored = (order == null || scores) && size > 0 && !matches.isEmpty();
        Float best = scored ? (Float) (float) matches.stream().mapToDouble(Match::score).max().orElse(0) : null;
        return Json.object("max_score", best, "hits", hits);
    }

    private List<Order.Placed> shown(List<Match> matches) {
        List<Order.Placed> placed = new ArrayList<>();
        if (size == 0) return placed;
        if (order == null) {
            List<Match> sorted = new ArrayList<>(matches);
            sorted.sort(Order::compareByScore);
            sorted.forEach(match -> placed.add(new Order.Placed(match, null)));
        } else {
            for (Match match : matches) {
                Order.Placed one = order.place(match);
                if (after == null || order.compare(one.values(), after) > 0) placed.add(one);
            }
            placed.sort(order.comparator());
        }
        int start = Math.min(from, placed.size());
        return placed.subList(start, Math.min(start + size, placed.size()));
    }

    private JsonObject hit(Order.Placed placed) throws IOException {
        Match match = placed.match();
        Document stored = match.stored();
        JsonObject hit = Json.object("_index", match.target().index().name, "_id", stored.get("_id"));
        boolean sortsByScore = scoreOfSort && order != null && order.scoreKey() >= 0;
        if (order == null || scores || sortsByScore) hit.addProperty("_score", match.score());
        else hit.add("_score", JsonNull.INSTANCE);
        String routing = stored.get("_routing");
        if (routing != null) hit.addProperty("_routing", routing);
        source.show(hit, Json.readObject(stored.get("_source")));
        if (order == null) return hit;
        JsonArray values = new JsonArray();
        for (Object value : placed.values()) values.add(Json.of(value));
        hit.add("sort", values);
        return hit;
    }
}

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.lucene.search.BooleanQuery;

/** All indexes, aliases and points in time. Each change is one step: nobody sees half of it. */
final class Cluster {
    private static final int CLAUSES = 1024;
    private static final String CLAUSES_SETTING = "indices.query.bool.max_clause_count";

    /** What a search of many requests reads from, all the same. */
    private static final class PointInTime {
        final Snapshot snapshot;
        final long created = System.currentTimeMillis();
        long until;

        PointInTime(Snapshot snapshot, long keepAlive) {
            this.snapshot = snapshot;
            until = created + keepAlive;
        }
    }

    private Map<String, Index> indexes = new TreeMap<>();
    /** For each alias its indexes, and whether writes go to them. */
    private Map<String, Map<String, Boolean>> aliases = new TreeMap<>();
    private final Map<String, PointInTime> points = new HashMap<>();
    private final JsonObject persistent = new JsonObject();

    synchronized void create(String name, JsonObject body) throws IOException {
        if (indexes.containsKey(name)) {
            String reason = "index [" + name + "/" + indexes.get(name).uuid + "] already exists";
            throw new Failure(400, "resource_already_exists_exception", reason).with("index", Json.of(name));
        }
        if (aliases.containsKey(name)) throw badName(name, "already exists as alias");
        if (!name.equals(name.toLowerCase(Locale.ROOT))) throw badName(name, "must be lowercase");
        if (name.matches("^[-_+].*")) throw badName(name, "must not start with '_', '-', or '+'");
        if (name.matches(".*[\\\\/*?\"<>| ,#:].*")) throw badName(name, "must not contain special characters");
        if (name.getBytes(StandardCharsets.UTF_8).length > 255) throw badName(name, "index name is too long");
        Fields fields = new Fields("create index", body);
        JsonElement settings = fields.take("settings");
        JsonElement mappings = fields.take("mappings");
        JsonElement own = fields.take("aliases");
        fields.end();
        Index index = new Index(name, orEmpty(settings), orEmpty(mappings));
        indexes.put(name, index);
        for (String alias : orEmpty(own).keySet()) {
            aliases.computeIfAbsent(alias, key -> new TreeMap<>()).put(name, false);
        }
    }

    private static JsonObject orEmpty(JsonElement value) {
        return value == null ? new JsonObject() : value.getAsJsonObject();
    }

    private static Failure badName(String name, String reason) {
        reason = "Invalid index name [" + name + "], " + reason;
        return new Failure(400, "invalid_index_name_exception", reason).with("index", Json.of(name));
    }

    synchronized void delete(String expression, boolean ignoreMissing) throws IOException {
        Set<String> names = new TreeSet<>();
        for (String part : expression.split(",")) {
            if (aliases.containsKey(part)) {
                throw Failure.argument("The provided expression [" + part + "] matches an alias, specify the"
                    + " corresponding concrete indices instead.");
            }
            boolean pattern = part.contains("*") || part.equals("_all");
            if (!pattern && !indexes.containsKey(part)) {
                if (ignoreMissing) continue;
                throw Failure.missingIndex(part);
            }
            String wanted = part.equals("_all") ? "*" : part;
            indexes.keySet().stream().filter(name -> Wildcard.matches(wanted, name)).forEach(names::add);
        }
        for (String name : names) remove(name);
    }

    private void remove(String name) throws IOException {
        Index index = indexes.remove(name);
        aliases.values().forEach(members -> members.remove(name));
        aliases.values().removeIf(Map::isEmpty);
        // A point in time dies with any of its indexes.
        List<String> dead = new ArrayList<>();
        for (var entry : points.entrySet()) {
            if (entry.getValue().snapshot.targets.stream().anyMatch(target -> target.index() == index)) {
                dead.add(entry.getKey());
            }
        }
        for (String id : dead) release(id);
        index.close();
    }

    /** The indexes of a list of names, aliases and patterns, each once, by name. */
    synchronized List<Index> resolve(String expression, boolean ignoreMissing) {
        Map<String, Index> found = new TreeMap<>();
        for (String part : expression.split(",")) {
            String pattern = part.equals("_all") ? "*" : part;
            if (pattern.contains("*")) {
                indexes.forEach((name, index) -> {
                    if (Wildcard.matches(pattern, name)) found.put(name, index);
                });
                aliases.forEach((alias, members) -> {
                    if (!Wildcard.matches(pattern, alias)) return;
                    members.keySet().forEach(name -> found.put(name, indexes.get(name)));
                });
            } else if (indexes.containsKey(part)) {
                found.put(part, indexes.get(part));
            } else if (aliases.containsKey(part)) {
                aliases.get(part).keySet().forEach(name -> found.put(name, indexes.get(name)));
            } else if (!ignoreMissing) {
                throw Failure.missingIndex(part);
            }
        }
        return new ArrayList<>(found.values());
    }

    /** The one index that a name means. */
    synchronized Index single(String name) {
        List<Index> found = resolve(name, false);
        if (found.size() == 1) return found.get(0);
        String reason = "has more than one index associated with it, can't execute a single index op";
        throw Failure.argument("[" + name + "] " + reason);
    }

    /** The one index that writes to a name go to. */
    synchronized Index writable(String name) {
        if (indexes.containsKey(name)) return indexes.get(name);
        Map<String, Boolean> members = aliases.get(name);
        if (members == null) throw Failure.missingIndex(name);
        if (members.size() == 1) return indexes.get(members.keySet().iterator().next());
        for (var member : members.entrySet()) if (member.getValue()) return indexes.get(member.getKey());
        throw Failure.argument("no write index is defined for alias [" + name + "]. The write index may be explicitly"
            + " disabled using is_write_index=false or the alias points to multiple indices without one being"
            + " designated as a write index");
    }

    /** The aliases of each index, by name. */
    synchronized Map<String, Set<String>> aliasesByIndex() {
        Map<String, Set<String>> byIndex = new TreeMap<>();
        indexes.keySet().forEach(name -> byIndex.put(name, new TreeSet<>()));
        aliases.forEach((alias, members) -> members.keySet().forEach(name -> byIndex.get(name).add(alias)));
        return byIndex;
    }

    /** All actions or none. */
    synchronized void changeAliases(List<JsonElement> actions) throws IOException {
        if (actions.isEmpty()) throw Failure.argument("No action specified");
        Map<String, Map<String, Boolean>> changed = new TreeMap<>();
        aliases.forEach((alias, members) -> changed.put(alias, new TreeMap<>(members)));
        Set<String> removed = new TreeSet<>();
        for (JsonElement action : actions) {
            Map.Entry<String, JsonElement> only = new Fields("action", action).only("alias action");
            Fields fields = new Fields(only.getKey(), only.getValue());
            List<String> names = new ArrayList<>();
            fields.list("index").forEach(name -> names.add(name.getAsString()));
            fields.list("indices").forEach(name -> names.add(name.getAsString()));
            List<String> wanted = new ArrayList<>();
            fields.list("alias").forEach(name -> wanted.add(name.getAsString()));
            fields.list("aliases").forEach(name -> wanted.add(name.getAsString()));
            boolean writes = fields.flag("is_write_index", false);
            boolean mustExist = fields.flag("must_exist", true);
            fields.end();
            if (names.isEmpty()) throw Failure.argument("One of [index] or [indices] is required");
            Set<String> targets = concrete(names);
            switch (only.getKey()) {
                case "add" -> add(changed, wanted, targets, writes);
                case "remove" -> removeAliases(changed, wanted, targets, mustExist);
                case "remove_index" -> removed.addAll(targets);
                default -> throw Failure.parsing("[alias_action] unknown field [" + only.getKey() + "]");
            }
        }
        for (String name : changed.keySet()) {
            if (indexes.containsKey(name) && !removed.contains(name)) {
                String reason = "an index or data stream exists with the same name as the alias";
                reason = "Invalid alias name [" + name + "]: " + reason;
                throw new Failure(400, "invalid_alias_name_exception", reason);
            }
        }
        aliases = changed;
        for (String name : removed) remove(name);
    }

    private Set<String> concrete(List<String> names) {
        Set<String> concrete = new TreeSet<>();
        for (String name : names) {
            if (name.contains("*")) {
                indexes.keySet().stream().filter(index -> Wildcard.matches(name, index)).forEach(concrete::add);
            } else if (indexes.containsKey(name)) {
                concrete.add(name);
            } else {
                throw Failure.missingIndex(name);
            }
        }
        return concrete;
    }

    private static void add(Map<String, Map<String, Boolean>> changed, List<String> wanted, Set<String> targets,
                            boolean writes) {
        if (wanted.isEmpty()) throw Failure.argument("One of [alias] or [aliases] is required");
        for (String alias : wanted) {
            for (String target : targets) changed.computeIfAbsent(alias, key -> new TreeMap<>()).put(target, writes);
        }
    }

    private static void removeAliases(Map<String, Map<String, Boolean>> changed, List<String> wanted,
                                      Set<String> targets, boolean mustExist) {
        boolean any = false;
        for (var entry : changed.entrySet()) {
            if (Wildcard.any(wanted, entry.getKey())) any |= entry.getValue().keySet().removeAll(targets);
        }
        changed.values().removeIf(Map::isEmpty);
        if (any || !mustExist) return;
        String reason = "aliases [" + String.join(",", wanted) + "] missing";
        throw new Failure(404, "aliases_not_found_exception", reason);
    }

    synchronized String openPoint(List<Index> found, String routing, long keepAlive) {
        String id = UUID.randomUUID().toString().replace("-", "");
        points.put(id, new PointInTime(Snapshot.open(found, routing), keepAlive));
        return id;
    }

    synchronized long created(String id) {
        return points.get(id).created;
    }

    /** The snapshot of a point in time, for one search; `keepAlive` (or null) lets it live longer. */
    synchronized Snapshot point(String id, Long keepAlive) throws IOException {
        long now = System.currentTimeMillis();
        PointInTime point = points.get(id);
        if (point != null && point.until < now) {
            release(id);
            point = null;
        }
        if (point == null) {
            String reason = "No search context found for id [" + id + "]";
            throw new Failure(404, "search_context_missing_exception", reason).bySearch();
        }
        if (keepAlive != null) point.until = Math.max(point.until, now + keepAlive);
        return point.snapshot.share();
    }

    synchronized Set<String> points() {
        return new TreeSet<>(points.keySet());
    }

    /** Whether there was one. */
    synchronized boolean release(String id) throws IOException {
        PointInTime point = points.remove(id);
        if (point != null) point.snapshot.close();
        return point != null;
    }

    synchronized JsonObject clusterSettings() {
        return Json.object("persistent", persistent.deepCopy(), "transient", new JsonObject());
    }

    synchronized void changeClusterSettings(JsonObject body) {
        for (String group : body.keySet()) {
            boolean known = group.equals("persistent") || group.equals("transient");
            if (!known) throw Failure.parsing("unknown field [" + group + "]");
            for (var entry : body.getAsJsonObject(group).entrySet()) {
                if (!entry.getKey().equals(CLAUSES_SETTING)) {
                    throw Failure.argument(group + " setting [" + entry.getKey() + "], not recognized");
                }
                if (entry.getValue().isJsonNull()) {
                    persistent.remove(CLAUSES_SETTING);
                    BooleanQuery.setMaxClauseCount(CLAUSES);
                } else {
                    int count = Integer.parseInt(entry.getValue().getAsString());
                    persistent.addProperty(CLAUSES_SETTING, "" + count);
                    BooleanQuery.setMaxClauseCount(count);
                }
            }
        }
    }
}

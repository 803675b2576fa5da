import com.google.gson.JsonObject;
import java.util.Collection;

/** Patterns in which `*` stands for any text. */
final class Wildcard {
    private Wildcard() {}

    static boolean matches(String pattern, String name) {
        int star = pattern.indexOf('*');
        if (star < 0) return pattern.equals(name);
        if (!name.startsWith(pattern.substring(0, star))) return false;
        String rest = pattern.substring(star + 1);
        for (int from = star; from <= name.length(); from++) {
            if (matches(rest, name.substring(from))) return true;
        }
        return false;
    }

    static boolean any(Collection<String> patterns, String name) {
        return patterns.stream().anyMatch(pattern -> matches(pattern, name));
    }

    /** The fields of a source that pass; no includes means all. */
    static JsonObject keep(JsonObject source, Collection<String> includes, Collection<String> excludes) {
        JsonObject kept = new JsonObject();
        source.entrySet().forEach(entry -> {
            boolean included = includes.isEmpty() || any(includes, entry.getKey());
            if (included && !any(excludes, entry.getKey())) kept.add(entry.getKey(), entry.getValue());
        });
        return kept;
    }
}

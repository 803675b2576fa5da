import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The parameters of a URL. */
final class Parameters {
    private final Map<String, String> values = new LinkedHashMap<>();

    Parameters(String query) {
        if (query == null || query.isEmpty()) return;
        for (String pair : query.split("&")) {
            String[] sides = pair.split("=", 2);
            String name = URLDecoder.decode(sides[0], StandardCharsets.UTF_8);
            String value = sides.length > 1 ? URLDecoder.decode(sides[1], StandardCharsets.UTF_8) : "";
            if (values.put(name, value) != null) throw Failure.argument("parameter [" + name + "] is given twice");
        }
    }

    String get(String name) {
        return values.get(name);
    }

    String get(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    boolean flag(String name, boolean otherwise) {
        String value = get(name);
        if (value == null) return otherwise;
        if (value.isEmpty() || value.equals("true")) return true;
        if (value.equals("false")) return false;
        throw Failure.argument("Failed to parse value [" + value + "] as only [true] or [false] are allowed.");
    }

    Long whole(String name) {
        String value = get(name);
        if (value == null) return null;
        try {
            return Long.valueOf(value);
        } catch (NumberFormatException e) {
            throw Failure.argument("Failed to parse parameter [" + name + "] with value [" + value + "]");
        }
    }

    /** Refuses all but the named ones. */
    void allow(String path, Set<String> names) {
        Set<String> unknown = new TreeSet<>(values.keySet());
        unknown.removeAll(names);
        unknown.remove("pretty");
        if (unknown.isEmpty()) return;
        String what = unknown.size() == 1 ? "unrecognized parameter: " : "unrecognized parameters: ";
        throw Failure.argument("request [" + path + "] contains " + what + unknown);
    }

    /** A length of time such as `1m` or `500ms`, in milliseconds. */
    static long milliseconds(String name, String text) {
        String[] units = {"ms", "s", "m", "h", "d"};
        long[] lengths = {1, 1000, 60_000, 3_600_000, 86_400_000};
        for (int i = 0; i < units.length; i++) {
            if (text.matches("\\d{1,9}" + units[i])) {
                return Long.parseLong(text.substring(0, text.length() - units[i].length())) * lengths[i];
            }
        }
        throw Failure.argument("failed to parse setting [" + name + "] with value [" + text + "] as a time value");
    }
}

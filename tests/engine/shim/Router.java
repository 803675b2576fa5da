import com.google.gson.JsonElement;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the handler of a method and a path, and refuses parameters that the handler does not know. */
final class Router {
    /** What a handler is given: `named` has the parts of the path that the pattern names. */
    record Request(Map<String, String> named, Parameters parameters, String body) {
        String name(String part) {
            return named.get(part);
        }
    }

    record Answer(int status, JsonElement body) {
        static Answer ok(JsonElement body) {
            return new Answer(200, body);
        }
    }

    interface Handler {
        Answer answer(Request request) throws IOException;
    }

    private record Route(Set<String> methods, String[] pattern, Set<String> parameters, Handler handler) {}

    private final List<Route> routes = new ArrayList<>();

    /** Methods and parameters are separated by blanks; a part `{name}` of the pattern takes any text. */
    void add(String methods, String pattern, String parameters, Handler handler) {
        Set<String> allowed = parameters.isEmpty() ? Set.of() : Set.of(parameters.split(" "));
        routes.add(new Route(Set.of(methods.split(" ")), pattern.split("/"), allowed, handler));
    }

    Answer answer(String method, List<String> path, Parameters parameters, String body) throws IOException {
        String written = "/" + String.join("/", path);
        boolean known = false;
        for (Route route : routes) {
            Map<String, String> named = match(route.pattern, path);
            if (named == null) continue;
            known = true;
            if (!route.methods.contains(method)) continue;
            parameters.allow(written, route.parameters);
            return route.handler.answer(new Request(named, parameters, body));
        }
        int status = known ? 405 : 400;
        String what = known ? "Incorrect HTTP method" : "no handler found";
        String reason = what + " for uri [" + written + "] and method [" + method + "]";
        return new Answer(status, Json.object("error", reason, "status", status));
    }

    private static Map<String, String> match(String[] pattern, List<String> path) {
        // A pattern begins with "/", so that its first part is empty.
        if (Math.max(pattern.length - 1, 0) != path.size()) return null;
        Map<String, String> named = new LinkedHashMap<>();
        for (int i = 0; i < path.size(); i++) {
            String part = path.get(i);
            String wanted = pattern[i + 1];
            if (!wanted.startsWith("{")) {
                if (!wanted.equals(part)) return null;
                continue;
            }
            String name = wanted.substring(1, wanted.length() - 1);
            if (name.equals("index") && part.startsWith("_") && !part.equals("_all")) return null;
            named.put(name, part);
        }
        return named;
    }
}

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the fields of one object strictly: after the last field is taken, `end` refuses whatever is left. */
final class Fields {
    private final String owner;
    private final JsonObject object;
    private final Set<String> unread;

    Fields(String owner, JsonElement value) {
        if (value == null || !value.isJsonObject()) throw Failure.parsing("[" + owner + "] must be an object");
        this.owner = owner;
        this.object = value.getAsJsonObject();
        this.unread = new LinkedHashSet<>(object.keySet());
    }

    boolean has(String name) {
        return object.has(name);
    }

    /** The value, or null. */
    JsonElement take(String name) {
        unread.remove(name);
        JsonElement value = object.get(name);
        return value == null || value.isJsonNull() ? null : value;
    }

    JsonElement need(String name) {
        JsonElement value = take(name);
        if (value == null) throw Failure.parsing("[" + owner + "] requires [" + name + "]");
        return value;
    }

    List<JsonElement> list(String name) {
        return Json.list(take(name));
    }

    String text(String name, String otherwise) {
        JsonElement value = take(name);
        if (value == null) return otherwise;
        if (!value.isJsonPrimitive()) throw Failure.parsing("[" + owner + "] [" + name + "] must be a text");
        return value.getAsString();
    }

    String needText(String name) {
        need(name);
        return text(name, null);
    }

    long whole(String name, long otherwise) {
        JsonElement value = take(name);
        return value == null ? otherwise : Json.whole(name, value);
    }

    int count(String name, int otherwise) {
        long value = whole(name, otherwise);
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw Failure.argument("[" + name + "] parameter cannot be negative, found [" + value + "]");
        }
        return (int) value;
    }

    float number(String name, float otherwise) {
        JsonElement value = take(name);
        if (value == null) return otherwise;
        if (value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber()) return value.getAsFloat();
        throw Failure.parsing("[" + owner + "] [" + name + "] must be a number");
    }

    boolean flag(String name, boolean otherwise) {
        JsonElement value = take(name);
        if (value == null) return otherwise;
        String text = value.isJsonPrimitive() ? value.getAsString() : "";
        if (text.equals("true") || text.equals("false")) return text.equals("true");
        throw Failure.argument("Failed to parse value [" + value + "] as only [true] or [false] are allowed.");
    }

    float boost() {
        float boost = number("boost", 1);
        if (boost < 0) throw Failure.argument("negative [boost] are not allowed in [" + owner + "], use a value >= 0");
        return boost;
    }

    /** The only entry that is left: the name of a query with its body, or of a field with its value. */
    Map.Entry<String, JsonElement> only(String what) {
        if (unread.size() != 1) {
            throw Failure.parsing("[" + owner + "] must name exactly one " + what + ", found " + unread);
        }
        String name = unread.iterator().next();
        unread.clear();
        return Map.entry(name, object.get(name));
    }

    Set<String> rest() {
        Set<String> rest = new LinkedHashSet<>(unread);
        unread.clear();
        return rest;
    }

    void end() {
        if (!unread.isEmpty()) throw Failure.parsing("[" + owner + "] does not support " + unread);
    }
}

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;

/** JSON in and out, with the few shortcuts that the rest of the engine needs. */
final class Json {
    private static final TypeAdapter<JsonElement> ADAPTER = new Gson().getAdapter(JsonElement.class);

    private Json() {}

    /** Reads one value and nothing after it; refuses what RFC 8259 does not allow. */
    static JsonElement read(String text) {
        JsonReader reader = new JsonReader(new StringReader(text));
        try {
            JsonElement value = ADAPTER.read(reader);
            if (reader.peek() != JsonToken.END_DOCUMENT) throw new JsonParseException("more than one value");
            return value;
        } catch (IOException | RuntimeException e) {
            throw new Failure(400, "parse_exception", "not JSON: " + e.getMessage());
        }
    }

    static JsonObject readObject(String text) {
        if (text.isBlank()) return new JsonObject();
        JsonElement value = read(text);
        if (!value.isJsonObject()) throw Failure.parsing("Expected [START_OBJECT] but found [" + text + "]");
        return value.getAsJsonObject();
    }

    /** An object of names and values that take turns. */
    static JsonObject object(Object... namesAndValues) {
        JsonObject object = new JsonObject();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            object.add((String) namesAndValues[i], of(namesAndValues[i + 1]));
        }
        return object;
    }

    static JsonElement of(Object value) {
        if (value == null) return JsonNull.INSTANCE;
        if (value instanceof JsonElement element) return element;
        if (value instanceof Number number) return new JsonPrimitive(number);
        if (value instanceof Boolean flag) return new JsonPrimitive(flag);
        return new JsonPrimitive(value.toString());
    }

    static JsonArray array(Iterable<?> values) {
        JsonArray array = new JsonArray();
        values.forEach(value -> array.add(of(value)));
        return array;
    }

    /** The values of an array, or the one value. */
    static List<JsonElement> list(JsonElement value) {
        if (value == null) return List.of();
        if (!value.isJsonArray()) return List.of(value);
        List<JsonElement> values = new ArrayList<>();
        value.getAsJsonArray().forEach(values::add);
        return values;
    }

    static boolean isText(JsonElement value) {
        return value.isJsonPrimitive() && value.getAsJsonPrimitive().isString();
    }

    /** A whole number that fits a long. */
    static long whole(String name, JsonElement value) {
        if (value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber()) {
            try {
                return value.getAsBigDecimal().longValueExact();
            } catch (ArithmeticException | NumberFormatException e) {
                // Falls through to the refusal.
            }
        }
        throw Failure.argument("[" + name + "] must be a whole number, not [" + value + "]");
    }
}

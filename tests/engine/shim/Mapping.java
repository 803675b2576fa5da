import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.apache.lucene.analysis.miscellaneous.PerFieldAnalyzerWrapper;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.IntPoint;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.SortedNumericDocValuesField;
import org.apache.lucene.document.SortedSetDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.search.similarities.PerFieldSimilarityWrapper;
import org.apache.lucene.search.similarities.Similarity;
import org.apache.lucene.util.BytesRef;

/** The fields of an index, and what becomes of a document in Lucene. */
final class Mapping {
    /** Names, in every document, the fields that it has a value for. */
    static final String PRESENT = "_field_names";

    /** One field. `searched`: it has terms or points; `columns`: it has doc values, to sort and to count. */
    record Column(String name, String type, boolean searched, boolean columns, FieldType terms, int longest) {
        boolean isText() {
            return type.equals("text");
        }

        boolean isKeyword() {
            return type.equals("keyword");
        }

        boolean isNumber() {
            return type.equals("integer") || type.equals("long");
        }

        boolean hasPositions() {
            IndexOptions least = IndexOptions.DOCS_AND_FREQS_AND_POSITIONS;
            return searched && isText() && terms.indexOptions().compareTo(least) >= 0;
        }

        long least() {
            return type.equals("integer") ? Integer.MIN_VALUE : Long.MIN_VALUE;
        }

        long greatest() {
            return type.equals("integer") ? Integer.MAX_VALUE : Long.MAX_VALUE;
        }
    }

    private final JsonObject given;
    private final Map<String, Column> columns = new HashMap<>();
    private final Map<String, Analyzer> analyzers = new HashMap<>();
    private final Map<String, Similarity> similarities = new HashMap<>();
    private final List<String> includes = new ArrayList<>();
    private final List<String> excludes = new ArrayList<>();
    final boolean routingRequired;
    private final boolean strict;

    Mapping(JsonObject mappings, Settings settings) {
        given = mappings;
        Fields fields = new Fields("mappings", mappings);
        JsonElement source = fields.take("_source");
        if (source != null) {
            Fields filter = new Fields("_source", source);
            filter.list("includes").forEach(pattern -> includes.add(pattern.getAsString()));
            filter.list("excludes").forEach(pattern -> excludes.add(pattern.getAsString()));
            refuse(filter.rest(), "_source");
        }
        JsonElement routing = fields.take("_routing");
        routingRequired = routing != null && new Fields("_routing", routing).flag("required", false);
        JsonElement dynamic = fields.take("dynamic");
        strict = dynamic != null && dynamic.getAsString().equals("strict");
        if (!strict && (dynamic == null || !dynamic.getAsString().equals("false"))) {
            throw Failure.mapping("[dynamic] must be strict or false: this engine guesses no types");
        }
        fields.take("_meta");
        JsonElement properties = fields.take("properties");
        refuse(fields.rest(), "_doc");
        if (properties == null) return;
        for (var entry : properties.getAsJsonObject().entrySet()) {
            columns.put(entry.getKey(), column(entry.getKey(), entry.getValue(), settings));
        }
    }

    private static void refuse(Iterable<String> names, String owner) {
        for (String name : names) {
            throw Failure.mapping("Mapping definition for [" + owner + "] has unsupported parameters: [" + name + "]");
        }
    }

    private Column column(String name, JsonElement definition, Settings settings) {
        Fields fields = new Fields(name, definition);
        String type = fields.text("type", "object");
        FieldType terms = new FieldType();
        boolean searched = false;
        boolean columnar = false;
        int longest = Integer.MAX_VALUE;
        switch (type) {
            case "text" -> {
                searched = fields.flag("index", true);
                text(name, fields, terms, settings);
            }
            case "keyword" -> {
                searched = fields.flag("index", true);
                columnar = fields.flag("doc_values", true);
                longest = fields.count("ignore_above", Integer.MAX_VALUE);
                terms.setOmitNorms(true);
                terms.setTokenized(false);
                terms.setIndexOptions(IndexOptions.DOCS);
            }
            case "integer", "long" -> {
                searched = fields.flag("index", true);
                columnar = fields.flag("doc_values", true);
            }
            case "binary" -> {}
            case "object" -> {
                if (fields.flag("enabled", true)) {
                    throw Failure.mapping("[" + name + "]: this engine takes objects with [enabled] false only");
                }
            }
            default -> throw Failure.mapping("No handler for type [" + type + "] declared on field [" + name + "]");
        }
        for (String unknown : fields.rest()) {
            String place = "on mapper [" + name + "] of type [" + type + "]";
            throw Failure.mapping("unknown parameter [" + unknown + "] " + place);
        }
        terms.freeze();
        return new Column(name, type, searched, columnar, terms, longest);
    }

    private void text(String name, Fields fields, FieldType terms, Settings settings) {
        String analyzer = fields.text("analyzer", "standard");
        if (settings.analysis.get(analyzer) == null) {
            throw Failure.mapping("analyzer [" + analyzer + "] has not been configured in mappings");
        }
        analyzers.put(name, settings.analysis.get(analyzer));
        similarities.put(name, settings.similarity(name, fields.text("similarity", "BM25")));
        terms.setOmitNorms(!fields.flag("norms", true));
        String options = fields.text("index_options", "positions");
        terms.setIndexOptions(switch (options) {
            case "docs" -> IndexOptions.DOCS;
            case "freqs" -> IndexOptions.DOCS_AND_FREQS;
            case "positions" -> IndexOptions.DOCS_AND_FREQS_AND_POSITIONS;
            case "offsets" -> IndexOptions.DOCS_AND_FREQS_AND_POSITIONS_AND_OFFSETS;
            default -> throw Failure.mapping("Unknown value [" + options + "] for field [index_options]");
        });
    }

    /** The field of that name, or null. */
    Column column(String name) {
        return columns.get(name);
    }

    JsonObject json() {
        return given;
    }

    Analyzer analyzer() {
        return new PerFieldAnalyzerWrapper(new KeywordAnalyzer(), analyzers);
    }

    Analyzer analyzer(String field) {
        return analyzers.get(field);
    }

    Similarity similarity() {
        Similarity plain = new BM25Similarity();
        return new PerFieldSimilarityWrapper() {
            @Override
            public Similarity get(String field) {
                return similarities.getOrDefault(field, plain);
            }
        };
    }

    /** What an answer gives as the source of a document. */
    JsonObject kept(JsonObject source) {
        return Wildcard.keep(source, includes, excludes);
    }

    Document document(String id, String routing, long sequence, JsonObject source) {
        Document document = new Document();
        document.add(new StringField("_id", id, Field.Store.YES));
        document.add(new NumericDocValuesField("_seq_no", sequence));
        document.add(new StoredField("_source", kept(source).toString()));
        if (routing != null) document.add(new StringField("_routing", routing, Field.Store.YES));
        for (var entry : source.entrySet()) {
            Column column = columns.get(entry.getKey());
            if (column == null) {
                if (!strict) continue;
                String reason = "dynamic introduction of [" + entry.getKey() + "] within [_doc] is not allowed";
                throw new Failure(400, "strict_dynamic_mapping_exception", "mapping set to strict, " + reason);
            }
            if (column.type.equals("object")) continue;
            boolean present = false;
            for (JsonElement value : Json.list(entry.getValue())) {
                if (!value.isJsonNull()) present |= add(document, column, value, id);
            }
            if (present) document.add(new StringField(PRESENT, column.name, Field.Store.NO));
        }
        return document;
    }

    /** Whether the value left anything to search or to count. */
    private static boolean add(Document document, Column column, JsonElement value, String id) {
        if (!value.isJsonPrimitive()) throw unfit(column, value, id);
        String text = value.getAsString();
        switch (column.type) {
            case "binary" -> {
                try {
                    Base64.getDecoder().decode(text);
                } catch (IllegalArgumentException e) {
                    throw unfit(column, value, id);
                }
            }
            case "text", "keyword" -> {
                if (text.length() > column.longest) return false;
                if (column.searched) document.add(new Field(column.name, text, column.terms));
                if (column.columns) document.add(new SortedSetDocValuesField(column.name, new BytesRef(text)));
            }
            default -> {
                long number;
                try {
                    number = Json.whole(column.name, value);
                } catch (Failure e) {
                    throw unfit(column, value, id);
                }
                if (number < column.least() || number > column.greatest()) throw unfit(column, value, id);
                if (column.searched) {
                    boolean small = column.type.equals("integer");
                    document.add(small ? new IntPoint(column.name, (int) number) : new LongPoint(column.name, number));
                }
                if (column.columns) document.add(new SortedNumericDocValuesField(column.name, number));
            }
        }
        return column.searched || column.columns;
    }

    private static Failure unfit(Column column, JsonElement value, String id) {
        String text = value.toString();
        String preview = text.substring(0, Math.min(text.length(), 60));
        return Failure.mapping("failed to parse field [" + column.name + "] of type [" + column.type + "] in document"
            + " with id '" + id + "'. Preview of field's value: '" + preview + "'");
    }
}

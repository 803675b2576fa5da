import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.document.IntPoint;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.ConstantScoreQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.MultiPhraseQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.TermInSetQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TermRangeQuery;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.QueryBuilder;
import org.apache.lucene.util.automaton.ByteRunAutomaton;

/** From the query language to queries of Lucene, for the fields of one index. */
final class Queries {
    private final Index index;

    Queries(Index index) {
        this.index = index;
    }

    /** The query of a request; null means everything. */
    Query read(JsonElement query) {
        if (query == null) return new MatchAllDocsQuery();
        try {
            return one(query);
        } catch (BooleanQuery.TooManyClauses e) {
            String reason = "maxClauseCount is set to " + BooleanQuery.getMaxClauseCount();
            Failure cause = new Failure(400, "too_many_clauses", reason);
            throw Failure.query(index.name, "failed to create query: " + reason).causedBy(cause);
        }
    }

    Query one(JsonElement query) {
        Map.Entry<String, JsonElement> only = new Fields("query", query).only("query");
        String name = only.getKey();
        Fields fields = new Fields(name, only.getValue());
        Query read = switch (name) {
            case "match_all" -> boosted(new MatchAllDocsQuery(), fields);
            case "match_none" -> boosted(new MatchNoDocsQuery("match_none"), fields);
            case "term" -> term(fields);
            case "terms" -> terms(fields);
            case "prefix" -> prefix(fields);
            case "range" -> range(fields);
            case "exists" -> exists(fields);
            case "ids" -> ids(fields);
            case "match_phrase" -> phrase(fields);
            case "constant_score" -> boosted(new ConstantScoreQuery(one(fields.need("filter"))), fields);
            case "dis_max" -> disMax(fields);
            case "bool" -> bool(fields);
            case "intervals" -> new Positions(index).intervals(fields);
            case "span_term", "span_or", "span_near", "field_masking_span" -> new Positions(index).span(name, fields);
            default -> throw Failure.parsing("unknown query [" + name + "]");
        };
        fields.end();
        return read;
    }

    static Query boosted(Query query, Fields fields) {
        float boost = fields.boost();
        return boost == 1 ? query : new BoostQuery(query, boost);
    }

    /** A field that can be searched; a name that the mapping lacks is more likely an error than a question. */
    static Mapping.Column column(Index index, String name) {
        Mapping.Column column = index.mapping.column(name);
        if (column == null) {
            throw Failure.query(index.name, "failed to find field [" + name + "] (OpenSearch would find nothing)");
        }
        if (!column.searched()) {
            throw Failure.query(index.name, "failed to create query: Cannot search on field [" + name
                + "] since it is not indexed.");
        }
        return column;
    }

    /** The one field of a query and what is said of it: `shortcut` is the name of a value that stands alone. */
    private static Map.Entry<String, Fields> field(Fields fields, String shortcut) {
        Map.Entry<String, JsonElement> only = fields.only("field");
        JsonElement value = only.getValue();
        if (!value.isJsonObject()) value = Json.object(shortcut, value);
        return Map.entry(only.getKey(), new Fields(only.getKey(), value));
    }

    private Query term(Fields fields) {
        Map.Entry<String, Fields> field = field(fields, "value");
        Query query = term(field.getKey(), field.getValue().need("value"));
        query = boosted(query, field.getValue());
        field.getValue().end();
        return query;
    }

    private Query term(String name, JsonElement value) {
        if (!value.isJsonPrimitive()) throw Failure.parsing("[term] query does not support a value of many parts");
        if (name.equals("_id") || name.equals("_routing")) {
            return new ConstantScoreQuery(new TermQuery(new Term(name, value.getAsString())));
        }
        Mapping.Column column = column(index, name);
        if (column.isNumber()) return points(column, number(column, value), number(column, value));
        Query query = new TermQuery(new Term(name, value.getAsString()));
        // Since version 3 a keyword is there or not: frequency and rarity do not count.
        return column.isText() ? query : new ConstantScoreQuery(query);
    }

    private Query terms(Fields fields) {
        float boost = fields.boost();
        Map.Entry<String, JsonElement> only = fields.only("field");
        String name = only.getKey();
        if (!only.getValue().isJsonArray()) throw Failure.parsing("[terms] query requires a list for [" + name + "]");
        List<JsonElement> values = Json.list(only.getValue());
        if (values.size() > index.settings.number("max_terms_count")) {
            throw Failure.query(index.name, "failed to create query: The number of terms [" + values.size()
                + "] used in the Terms Query request has exceeded the allowed maximum of ["
                + index.settings.number("max_terms_count") + "].");
        }
        Query query;
        boolean own = name.equals("_id") || name.equals("_routing");
        Mapping.Column column = own ? null : column(index, name);
        if (column != null && column.isNumber()) {
            long[] numbers = values.stream().mapToLong(value -> number(column, value)).toArray();
            if (column.type().equals("long")) query = LongPoint.newSetQuery(name, numbers);
            else query = IntPoint.newSetQuery(name, Arrays.stream(numbers).mapToInt(n -> (int) n).toArray());
        } else {
            query = new TermInSetQuery(name, values.stream().map(value -> new BytesRef(value.getAsString())).toList());
        }
        return boost == 1 ? query : new BoostQuery(query, boost);
    }

    private Query prefix(Fields fields) {
        Map.Entry<String, Fields> field = field(fields, "value");
        Mapping.Column column = column(index, field.getKey());
        if (column.isNumber()) {
            throw Failure.query(index.name, "Can only use prefix queries on keyword, text and wildcard fields");
        }
        String value = field.getValue().needText("value");
        Query query = boosted(new PrefixQuery(new Term(column.name(), value)), field.getValue());
        field.getValue().end();
        return query;
    }

    private static long number(Mapping.Column column, JsonElement value) {
        long number = Json.whole(column.name(), value);
        if (number < column.least() || number > column.greatest()) {
            throw Failure.argument("Value [" + number + "] is out of range for a [" + column.type() + "]");
        }
        return number;
    }

    private static Query points(Mapping.Column column, long from, long to) {
        if (from > to) return new MatchNoDocsQuery("empty range");
        if (column.type().equals("long")) return LongPoint.newRangeQuery(column.name(), from, to);
        return IntPoint.newRangeQuery(column.name(), (int) from, (int) to);
    }

    private Query range(Fields fields) {
        Map.Entry<String, JsonElement> only = fields.only("field");
        Mapping.Column column = column(index, only.getKey());
        Fields bounds = new Fields("range", only.getValue());
        JsonElement above = bounds.take("gt");
        JsonElement least = above != null ? above : bounds.take("gte");
        JsonElement below = bounds.take("lt");
        JsonElement most = below != null ? below : bounds.take("lte");
        Query query;
        if (column.isNumber()) {
            long from = least == null ? column.least() : number(column, least);
            long to = most == null ? column.greatest() : number(column, most);
            boolean empty = above != null && from == column.greatest() || below != null && to == column.least();
            if (empty) query = new MatchNoDocsQuery("empty range");
            else query = points(column, above != null ? from + 1 : from, below != null ? to - 1 : to);
        } else {
            String from = least == null ? null : least.getAsString();
            String to = most == null ? null : most.getAsString();
            query = TermRangeQuery.newStringRange(column.name(), from, to, above == null, below == null);
        }
        query = boosted(query, bounds);
        bounds.end();
        return query;
    }

    private Query exists(Fields fields) {
        String name = fields.needText("field");
        if (index.mapping.column(name) == null) column(index, name);
        return boosted(new ConstantScoreQuery(new TermQuery(new Term(Mapping.PRESENT, name))), fields);
    }

    private static Query ids(Fields fields) {
        fields.need("values");
        List<BytesRef> ids = fields.list("values").stream().map(id -> new BytesRef(id.getAsString())).toList();
        return boosted(new TermInSetQuery("_id", ids), fields);
    }

    private Query phrase(Fields fields) {
        Map.Entry<String, Fields> field = field(fields, "query");
        Fields own = field.getValue();
        Mapping.Column column = column(index, field.getKey());
        if (!column.isText()) {
            throw Failure.query(index.name, "Can only use phrase queries on text fields - not on [" + column.name()
                + "] which is of type [" + column.type() + "]");
        }
        Analyzer analyzer = analyzer(index, column, own);
        int slop = own.count("slop", 0);
        Query query = new QueryBuilder(analyzer).createPhraseQuery(column.name(), own.needText("query"), slop);
        boolean places = query instanceof PhraseQuery || query instanceof MultiPhraseQuery;
        if (places && !column.hasPositions()) {
            throw Failure.query(index.name, "failed to create query: field:[" + column.name()
                + "] was indexed without position data; cannot run PhraseQuery");
        }
        query = boosted(query == null ? new MatchNoDocsQuery("no terms") : query, own);
        own.end();
        return query;
    }

    /** The analyzer that a query names, or that of its field. */
    static Analyzer analyzer(Index index, Mapping.Column column, Fields fields) {
        String name = fields.text("analyzer", null);
        if (name == null) return index.mapping.analyzer(column.name());
        Analyzer analyzer = index.settings.analysis.get(name);
        if (analyzer == null) throw Failure.query(index.name, "analyzer [" + name + "] not found");
        return analyzer;
    }

    private Query disMax(Fields fields) {
        fields.need("queries");
        List<Query> queries = new ArrayList<>();
        fields.list("queries").forEach(query -> queries.add(one(query)));
        return boosted(new DisjunctionMaxQuery(queries, fields.number("tie_breaker", 0)), fields);
    }

    private Query bool(Fields fields) {
        BooleanQuery.Builder builder = new BooleanQuery.Builder();
        add(builder, fields.list("must"), Occur.MUST);
        add(builder, fields.list("filter"), Occur.FILTER);
        int optional = add(builder, fields.list("should"), Occur.SHOULD);
        int excluded = add(builder, fields.list("must_not"), Occur.MUST_NOT);
        String least = fields.text("minimum_should_match", null);
        int clauses = builder.build().clauses().size();
        if (clauses == 0) return boosted(new MatchAllDocsQuery(), fields);
        // Lucene finds nothing with exclusions alone; OpenSearch lets everything else pass, with score 0.
        if (clauses == excluded) builder.add(new MatchAllDocsQuery(), Occur.FILTER);
        if (least != null) builder.setMinimumNumberShouldMatch(Math.max(0, least(least, optional)));
        return boosted(builder.build(), fields);
    }

    private int add(BooleanQuery.Builder builder, List<JsonElement> queries, Occur occur) {
        queries.forEach(query -> builder.add(one(query), occur));
        return queries.size();
    }

    /** `2`, `-1` (all but one), `75%` or `-25%` of the optional clauses. */
    private static int least(String text, int optional) {
        if (text.matches("-?\\d{1,6}")) {
            int number = Integer.parseInt(text);
            return number < 0 ? optional + number : number;
        }
        if (!text.matches("-?\\d{1,3}%")) throw Failure.argument("cannot read [minimum_should_match] [" + text + "]");
        int part = (int) (optional * Integer.parseInt(text.substring(0, text.length() - 1)) / 100f);
        return part < 0 ? optional + part : part;
    }

    /** Refuses a query that is too large as a whole, as Lucene itself does since version 9. */
    static void checkClauses(Query query, Index index) {
        int[] clauses = {0};
        query.visit(new QueryVisitor() {
            @Override
            public QueryVisitor getSubVisitor(Occur occur, Query parent) {
                return this;
            }

            @Override
            public void consumeTerms(Query query, Term... terms) {
                visitLeaf(query);
            }

            @Override
            public void consumeTermsMatching(Query query, String field,
                                             Supplier<ByteRunAutomaton> automaton) {
                visitLeaf(query);
            }

            @Override
            public void visitLeaf(Query query) {
                clauses[0]++;
            }
        });
        if (clauses[0] <= BooleanQuery.getMaxClauseCount()) return;
        String reason = "Query contains too many nested clauses; maxClauseCount is set to "
            + BooleanQuery.getMaxClauseCount();
        throw new Failure(400, "too_many_nested_clauses", reason).with("index", Json.of(index.name)).bySearch();
    }
}

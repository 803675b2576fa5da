import com.google.gson.JsonElement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.analysis.tokenattributes.TermToBytesRefAttribute;
import org.apache.lucene.index.Term;
import org.apache.lucene.queries.intervals.IntervalQuery;
import org.apache.lucene.queries.intervals.Intervals;
import org.apache.lucene.queries.intervals.IntervalsSource;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.spans.FieldMaskingSpanQuery;
import org.apache.lucene.search.spans.SpanBoostQuery;
import org.apache.lucene.search.spans.SpanNearQuery;
import org.apache.lucene.search.spans.SpanOrQuery;
import org.apache.lucene.search.spans.SpanQuery;
import org.apache.lucene.search.spans.SpanTermQuery;
import org.apache.lucene.util.BytesRef;

/** Queries about the places of words: `intervals` and the spans. */
final class Positions {
    private final Index index;

    Positions(Index index) {
        this.index = index;
    }

    private Mapping.Column column(String name) {
        Mapping.Column column = Queries.column(index, name);
        if (column.hasPositions()) return column;
        throw Failure.query(index.name, "failed to create query: Cannot create intervals over field [" + name
            + "] with no positions indexed");
    }

    Query intervals(Fields fields) {
        Map.Entry<String, JsonElement> only = fields.only("field");
        Mapping.Column column = column(only.getKey());
        Fields own = new Fields("intervals", only.getValue());
        float boost = own.boost();
        IntervalsSource source = rule(own.only("rule"), column);
        Query query = new IntervalQuery(column.name(), source);
        return boost == 1 ? query : new BoostQuery(query, boost);
    }

    private IntervalsSource rule(Map.Entry<String, JsonElement> rule, Mapping.Column column) {
        Fields fields = new Fields(rule.getKey(), rule.getValue());
        IntervalsSource source = switch (rule.getKey()) {
            case "match" -> {
                int gaps = (int) fields.whole("max_gaps", -1);
                boolean ordered = fields.flag("ordered", false);
                Analyzer analyzer = Queries.analyzer(index, column, fields);
                yield combine(words(column, analyzer, fields.needText("query")), gaps, ordered);
            }
            case "all_of" -> {
                int gaps = (int) fields.whole("max_gaps", -1);
                boolean ordered = fields.flag("ordered", false);
                yield combine(rules(fields, column), gaps, ordered);
            }
            case "any_of" -> Intervals.or(rules(fields, column).toArray(new IntervalsSource[0]));
            case "prefix" -> Intervals.prefix(new BytesRef(fields.needText("prefix")));
            default -> throw Failure.parsing("Unknown interval type [" + rule.getKey() + "]");
        };
        fields.end();
        return source;
    }

    private List<IntervalsSource> rules(Fields fields, Mapping.Column column) {
        fields.need("intervals");
        List<IntervalsSource> sources = new ArrayList<>();
        for (JsonElement rule : fields.list("intervals")) {
            sources.add(rule(new Fields("intervals", rule).only("rule"), column));
        }
        if (sources.isEmpty()) throw Failure.parsing("[intervals] needs a rule");
        return sources;
    }

    private static IntervalsSource combine(List<IntervalsSource> sources, int gaps, boolean ordered) {
        if (sources.isEmpty()) return Intervals.term(new BytesRef("\0no terms"));
        if (sources.size() == 1) return sources.get(0);
        IntervalsSource[] all = sources.toArray(new IntervalsSource[0]);
        if (ordered && gaps == 0) return Intervals.phrase(all);
        IntervalsSource inner = ordered ? Intervals.ordered(all) : Intervals.unordered(all);
        return gaps < 0 ? inner : Intervals.maxgaps(gaps, inner);
    }

    /** One source for each position: its term, or any of its terms. */
    private List<IntervalsSource> words(Mapping.Column column, Analyzer analyzer, String text) {
        List<List<IntervalsSource>> positions = new ArrayList<>();
        try (TokenStream tokens = analyzer.tokenStream(column.name(), text)) {
            TermToBytesRefAttribute term = tokens.addAttribute(TermToBytesRefAttribute.class);
            PositionIncrementAttribute step = tokens.addAttribute(PositionIncrementAttribute.class);
            tokens.reset();
            while (tokens.incrementToken()) {
                if (step.getPositionIncrement() > 0) positions.add(new ArrayList<>());
                IntervalsSource word = Intervals.term(BytesRef.deepCopyOf(term.getBytesRef()));
                positions.get(positions.size() - 1).add(word);
            }
            tokens.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<IntervalsSource> words = new ArrayList<>();
        for (List<IntervalsSource> terms : positions) {
            words.add(terms.size() == 1 ? terms.get(0) : Intervals.or(terms.toArray(new IntervalsSource[0])));
        }
        return words;
    }

    SpanQuery span(String name, Fields fields) {
        return switch (name) {
            case "span_term" -> spanTerm(fields);
            case "span_or" -> boosted(new SpanOrQuery(clauses(fields)), fields);
            case "field_masking_span" -> {
                SpanQuery masked = only("query", fields.take("query"));
                yield boosted(new FieldMaskingSpanQuery(masked, column(fields.needText("field")).name()), fields);
            }
            case "span_near" -> {
                boolean ordered = fields.flag("in_order", true);
                yield boosted(new SpanNearQuery(clauses(fields), fields.count("slop", 0), ordered), fields);
            }
            default -> throw Failure.parsing("[" + name + "] is not a span query of this engine");
        };
    }

    private SpanQuery[] clauses(Fields fields) {
        fields.need("clauses");
        List<SpanQuery> clauses = new ArrayList<>();
        for (JsonElement clause : fields.list("clauses")) {
            clauses.add(only("clauses", clause));
        }
        return clauses.toArray(new SpanQuery[0]);
    }

    private SpanQuery only(String place, JsonElement clause) {
        Map.Entry<String, JsonElement> only = new Fields(place, clause).only("span query");
        Fields own = new Fields(only.getKey(), only.getValue());
        SpanQuery query = span(only.getKey(), own);
        own.end();
        return query;
    }

    private SpanQuery spanTerm(Fields fields) {
        Map.Entry<String, JsonElement> only = fields.only("field");
        JsonElement value = only.getValue();
        if (!value.isJsonObject()) value = Json.object("value", value);
        Fields own = new Fields(only.getKey(), value);
        SpanQuery term = new SpanTermQuery(new Term(column(only.getKey()).name(), own.needText("value")));
        term = boosted(term, own);
        own.end();
        return term;
    }

    private static SpanQuery boosted(SpanQuery query, Fields fields) {
        float boost = fields.boost();
        return boost == 1 ? query : new SpanBoostQuery(query, boost);
    }
}

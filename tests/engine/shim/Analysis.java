import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.core.KeywordTokenizer;
import org.apache.lucene.analysis.core.WhitespaceTokenizer;
import org.apache.lucene.analysis.pattern.PatternCaptureGroupTokenFilter;

/** Analyzers as settings define them: a whitespace tokenizer, and filters that give several terms one position. */
final class Analysis {
    /** Values of one field lie so far apart in OpenSearch that no phrase runs over two of them. */
    private static final int GAP = 100;
    private static final int TOKEN_LENGTH = 255;

    private final Map<String, Analyzer> analyzers = new HashMap<>();

    Analysis(JsonElement settings) {
        analyzers.put("whitespace", analyzer(() -> new WhitespaceTokenizer(TOKEN_LENGTH), List.of()));
        analyzers.put("keyword", analyzer(KeywordTokenizer::new, List.of()));
        Fields fields = new Fields("analysis", settings);
        Map<String, Supplier<Tokenizer>> tokenizers = new HashMap<>();
        tokenizers.put("whitespace", () -> new WhitespaceTokenizer(TOKEN_LENGTH));
        tokenizers.put("keyword", KeywordTokenizer::new);
        each(fields, "tokenizer", (name, definition) -> tokenizers.put(name, tokenizer(definition)));
        Map<String, UnaryOperator<TokenStream>> filters = new HashMap<>();
        each(fields, "filter", (name, definition) -> filters.put(name, filter(definition)));
        each(fields, "analyzer", (name, definition) -> {
            if (!definition.text("type", "custom").equals("custom")) throw unknown("analyzer type", name);
            String tokenizer = definition.needText("tokenizer");
            if (!tokenizers.containsKey(tokenizer)) throw missing(name, "tokenizer", tokenizer);
            List<UnaryOperator<TokenStream>> steps = new ArrayList<>();
            for (JsonElement filter : definition.list("filter")) {
                if (!filters.containsKey(filter.getAsString())) throw missing(name, "filter", filter.getAsString());
                steps.add(filters.get(filter.getAsString()));
            }
            analyzers.put(name, analyzer(tokenizers.get(tokenizer), steps));
        });
        if (!fields.rest().isEmpty()) throw Failure.argument("unknown setting under [index.analysis]");
    }

    /** The analyzer of that name, or null. */
    Analyzer get(String name) {
        return analyzers.get(name);
    }

    private interface Definition {
        void read(String name, Fields definition);
    }

    private static void each(Fields fields, String group, Definition reader) {
        JsonElement definitions = fields.take(group);
        if (definitions == null) return;
        JsonObject named = definitions.getAsJsonObject();
        for (String name : named.keySet()) {
            Fields definition = new Fields(group + " " + name, named.get(name));
            reader.read(name, definition);
            if (!definition.rest().isEmpty()) throw unknown("setting of the " + group, name);
        }
    }

    private static Supplier<Tokenizer> tokenizer(Fields definition) {
        String type = definition.needText("type");
        if (!type.equals("whitespace")) throw unknown("tokenizer type", type);
        int length = definition.count("max_token_length", TOKEN_LENGTH);
        return () -> new WhitespaceTokenizer(length);
    }

    private static UnaryOperator<TokenStream> filter(Fields definition) {
        String type = definition.needText("type");
        if (type.equals("stop")) {
            List<String> words = new ArrayList<>();
            definition.list("stopwords").forEach(word -> words.add(word.getAsString()));
            return in -> new StopFilter(in, StopFilter.makeStopSet(words));
        }
        if (!type.equals("pattern_capture")) throw unknown("filter type", type);
        boolean keepOriginal = definition.flag("preserve_original", true);
        Pattern[] patterns = definition.list("patterns").stream()
            .map(pattern -> Pattern.compile(pattern.getAsString())).toArray(Pattern[]::new);
        return in -> new PatternCaptureGroupTokenFilter(in, keepOriginal, patterns);
    }

    private static Failure unknown(String what, String name) {
        return Failure.argument("Unknown " + what + " [" + name + "]");
    }

    private static Failure missing(String analyzer, String what, String name) {
        String reason = "failed to find " + what + " under name [" + name + "]";
        return Failure.argument("Custom Analyzer [" + analyzer + "] " + reason);
    }

    private static Analyzer analyzer(Supplier<Tokenizer> tokenizer, List<UnaryOperator<TokenStream>> filters) {
        return new Analyzer() {
            @Override
            protected TokenStreamComponents createComponents(String field) {
                Tokenizer source = tokenizer.get();
                TokenStream stream = source;
                for (UnaryOperator<TokenStream> filter : filters) stream = filter.apply(stream);
                return new TokenStreamComponents(source, stream);
            }

            @Override
            public int getPositionIncrementGap(String field) {
                return GAP;
            }
        };
    }
}

import com.google.gson.JsonElement;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Scorable;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.SimpleCollector;

/** One document that a query found. `order` is the place of its shard among those of the search. */
record Match(Snapshot.Target target, int order, int doc, float score) {
    /** Everything that a query (null: everything) finds, by shard, then by document; `global` as in Snapshot. */
    static List<Match> all(Snapshot snapshot, JsonElement query, boolean global) throws IOException {
        List<Match> matches = new ArrayList<>();
        Map<Index, Query> queries = new HashMap<>();
        for (int i = 0; i < snapshot.targets.size(); i++) {
            int order = i;
            Snapshot.Target target = snapshot.targets.get(i);
            Query own = queries.computeIfAbsent(target.index(), index -> new Queries(index).read(query));
            IndexSearcher searcher = snapshot.searcher(target, global);
            Queries.checkClauses(searcher.rewrite(own), target.index());
            searcher.search(own, new SimpleCollector() {
                private int base;
                private Scorable scorer;

                @Override
                protected void doSetNextReader(LeafReaderContext leaf) {
                    base = leaf.docBase;
                }

                @Override
                public void setScorer(Scorable scorer) {
                    this.scorer = scorer;
                }

                @Override
                public void collect(int doc) throws IOException {
                    matches.add(new Match(target, order, base + doc, scorer.score()));
                }

                @Override
                public ScoreMode scoreMode() {
                    return ScoreMode.COMPLETE;
                }
            });
        }
        return matches;
    }

    /** The stored fields: `_id`, `_source` and, where it was given, `_routing`. */
    Document stored() throws IOException {
        return target.view().reader.document(doc);
    }
}

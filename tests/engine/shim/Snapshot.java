import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.CollectionStatistics;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.TermStatistics;

/** The shards that a search reads, each as of one refresh, until `close`. */
final class Snapshot implements AutoCloseable {
    record Target(Index index, int shard, ShardView view) {}

    final List<Target> targets;

    private Snapshot(List<Target> targets) {
        this.targets = targets;
    }

    /** All shards of the indexes, or those that hold one of the routing values (separated by commas). */
    static Snapshot open(List<Index> indexes, String routing) {
        Snapshot snapshot = new Snapshot(new ArrayList<>());
        boolean whole = false;
        try {
            snapshot.add(indexes, routing);
            whole = true;
            return snapshot;
        } finally {
            if (!whole) snapshot.close();
        }
    }

    private void add(List<Index> indexes, String routing) {
        for (Index index : indexes) {
            Set<Integer> wanted = new HashSet<>();
            if (routing != null) for (String value : routing.split(",")) wanted.add(index.shardOf(value));
            for (int shard = 0; shard < index.shards.size(); shard++) {
                if (routing != null && !wanted.contains(shard)) continue;
                targets.add(new Target(index, shard, index.shards.get(shard).acquire()));
            }
        }
    }

    /** A second holder of the same readers. */
    Snapshot share() {
        targets.forEach(target -> target.view.reader.incRef());
        return new Snapshot(targets);
    }

    @Override
    public void close() {
        try {
            for (Target target : targets) target.view.reader.decRef();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A searcher of one shard; `global` weighs terms by the statistics of all shards (dfs_query_then_fetch). */
    IndexSearcher searcher(Target target, boolean global) {
        IndexSearcher searcher = global ? new GlobalSearcher(target) : new IndexSearcher(target.view.reader);
        searcher.setSimilarity(target.index.mapping.similarity());
        searcher.setQueryCache(null);
        return searcher;
    }

    private final class GlobalSearcher extends IndexSearcher {
        GlobalSearcher(Target target) {
            super(target.view.reader);
        }

        @Override
        public CollectionStatistics collectionStatistics(String field) throws IOException {
            long documents = 0;
            long withField = 0;
            long tokens = 0;
            long postings = 0;
            for (Target target : targets) {
                CollectionStatistics own = new IndexSearcher(target.view.reader).collectionStatistics(field);
                if (own == null) continue;
                documents += own.maxDoc();
                withField += own.docCount();
                tokens += own.sumTotalTermFreq();
                postings += own.sumDocFreq();
            }
            if (withField == 0) return null;
            return new CollectionStatistics(field, documents, withField, tokens, postings);
        }

        @Override
        public TermStatistics termStatistics(Term term, int ownFrequency, long ownTotal) throws IOException {
            long frequency = 0;
            long total = 0;
            for (Target target : targets) {
                frequency += target.view.reader.docFreq(term);
                total += target.view.reader.totalTermFreq(term);
            }
            return new TermStatistics(term.bytes(), frequency, total);
        }
    }
}

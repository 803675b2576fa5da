import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.SortedNumericDocValues;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.search.DocIdSetIterator;

/** A shard as of one refresh. Whole columns are kept as arrays: a test has few documents and asks often. */
final class ShardView {
    private static final int END = DocIdSetIterator.NO_MORE_DOCS;
    private static final String[] NO_TEXTS = {};
    private static final long[] NO_NUMBERS = {};

    final DirectoryReader reader;
    private final Map<String, String[][]> texts = new ConcurrentHashMap<>();
    private final Map<String, long[][]> numbers = new ConcurrentHashMap<>();

    ShardView(DirectoryReader reader) {
        this.reader = reader;
    }

    /** The distinct values of a keyword field in the order of their bytes, for each document. */
    String[][] texts(String field) {
        return texts.computeIfAbsent(field, name -> {
            String[][] column = new String[reader.maxDoc()][];
            Arrays.fill(column, NO_TEXTS);
            try {
                for (LeafReaderContext leaf : reader.leaves()) {
                    SortedSetDocValues values = DocValues.getSortedSet(leaf.reader(), name);
                    String[] words = new String[(int) values.getValueCount()];
                    for (int doc = values.nextDoc(); doc != END; doc = values.nextDoc()) {
                        List<String> own = new ArrayList<>();
                        for (long o = values.nextOrd(); o != SortedSetDocValues.NO_MORE_ORDS; o = values.nextOrd()) {
                            if (words[(int) o] == null) words[(int) o] = values.lookupOrd(o).utf8ToString();
                            own.add(words[(int) o]);
                        }
                        column[leaf.docBase + doc] = own.toArray(NO_TEXTS);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return column;
        });
    }

    /** The values of a numeric field in ascending order, for each document. */
    long[][] numbers(String field) {
        return numbers.computeIfAbsent(field, name -> {
            long[][] column = new long[reader.maxDoc()][];
            Arrays.fill(column, NO_NUMBERS);
            try {
                for (LeafReaderContext leaf : reader.leaves()) {
                    SortedNumericDocValues values = DocValues.getSortedNumeric(leaf.reader(), name);
                    for (int doc = values.nextDoc(); doc != END; doc = values.nextDoc()) {
                        long[] own = new long[values.docValueCount()];
                        for (int i = 0; i < own.length; i++) own[i] = values.nextValue();
                        column[leaf.docBase + doc] = own;
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return column;
        });
    }
}

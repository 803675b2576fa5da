import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.Term;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;

/** One shard: a Lucene index in memory, and the versions of its documents, which are seen before a refresh. */
final class Shard {
    /** The primary term: it counts fail-overs, of which there are none here. */
    static final long TERM = 1;

    /** Compare and set, versions from outside: what a write asks for. Null where it does not ask. */
    record Write(Kind kind, String id, String routing, JsonObject source, Long version, boolean orEqual,
                 Long ifSequence, Long ifTerm) {
        enum Kind { INDEX, CREATE, DELETE }
    }

    record Outcome(String result, int status, long version, long sequence) {}

    /** The last state of an id. A deleted one (source null) is remembered: its version still counts. */
    record Entry(long version, long sequence, String routing, JsonObject source) {}

    private final String index;
    private final Mapping mapping;
    private final Directory directory = new ByteBuffersDirectory();
    private final IndexWriter writer;
    private final Map<String, Entry> entries = new HashMap<>();
    private long nextSequence;
    private ShardView view;
    private boolean closed;

    Shard(String index, Mapping mapping) throws IOException {
        this.index = index;
        this.mapping = mapping;
        IndexWriterConfig config = new IndexWriterConfig(mapping.analyzer());
        config.setSimilarity(mapping.similarity());
        // Merges within the call that causes them: the same writes give the same segments.
        config.setMergeScheduler(new SerialMergeScheduler());
        writer = new IndexWriter(directory, config);
        view = new ShardView(DirectoryReader.open(writer));
    }

    synchronized Outcome write(Write write) throws IOException {
        checkOpen();
        Entry current = entries.get(write.id);
        boolean exists = current != null && current.source != null;
        check(write, current, exists);
        long version = write.version != null ? write.version : current == null ? 1 : current.version + 1;
        long sequence = nextSequence;
        Term key = new Term("_id", write.id);
        if (write.kind == Write.Kind.DELETE) {
            writer.deleteDocuments(key);
        } else {
            Document document = mapping.document(write.id, write.routing, sequence, write.source);
            try {
                writer.updateDocument(key, document);
            } catch (IllegalArgumentException e) {
                throw Failure.argument(e.getMessage());
            }
        }
        nextSequence++;
        boolean deletes = write.kind == Write.Kind.DELETE;
        JsonObject kept = deletes ? null : mapping.kept(write.source);
        entries.put(write.id, new Entry(version, sequence, write.routing, kept));
        if (deletes) return new Outcome(exists ? "deleted" : "not_found", exists ? 200 : 404, version, sequence);
        return new Outcome(exists ? "updated" : "created", exists ? 200 : 201, version, sequence);
    }

    /** An index may be deleted between the moment that it is found and the moment that it is used. */
    private void checkOpen() {
        if (closed) throw Failure.missingIndex(index);
    }

    private static void check(Write write, Entry current, boolean exists) {
        if (write.ifSequence != null) {
            String required = "required seqNo [" + write.ifSequence + "], primary term [" + write.ifTerm + "]. ";
            if (!exists) throw Failure.conflict(write.id, required + "but no document was found");
            if (current.sequence != write.ifSequence || write.ifTerm != TERM) {
                String found = "current document has seqNo [" + current.sequence + "] and primary term [" + TERM + "]";
                throw Failure.conflict(write.id, required + found);
            }
        }
        if (write.version != null && current != null) {
            boolean older = write.orEqual ? current.version > write.version : current.version >= write.version;
            String higher = write.orEqual ? "higher than" : "higher or equal to";
            if (older) {
                throw Failure.conflict(write.id, "current version [" + current.version + "] is " + higher
                    + " the one provided [" + write.version + "]");
            }
        }
        if (write.kind == Write.Kind.CREATE && exists) {
            String reason = "document already exists (current version [" + current.version + "])";
            throw Failure.conflict(write.id, reason);
        }
    }

    /** The document as last written, or null. */
    synchronized Entry get(String id) {
        Entry entry = entries.get(id);
        return entry == null || entry.source == null ? null : entry;
    }

    synchronized void refresh() throws IOException {
        checkOpen();
        DirectoryReader newer = DirectoryReader.openIfChanged(view.reader, writer);
        if (newer == null) return;
        view.reader.decRef();
        view = new ShardView(newer);
    }

    synchronized void merge(int segments, boolean onlyDeletes) throws IOException {
        checkOpen();
        if (onlyDeletes) writer.forceMergeDeletes(true);
        else writer.forceMerge(segments, true);
        refresh();
    }

    /** The state of the last refresh; the caller must `decRef` its reader. */
    synchronized ShardView acquire() {
        checkOpen();
        view.reader.incRef();
        return view;
    }

    synchronized long bytes() throws IOException {
        checkOpen();
        writer.commit();
        long bytes = 0;
        for (String file : directory.listAll()) bytes += directory.fileLength(file);
        return bytes;
    }

    synchronized void close() throws IOException {
        closed = true;
        view.reader.decRef();
        writer.rollback();
    }
}

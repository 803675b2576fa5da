import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.lucene.util.StringHelper;

/** One index: its settings, its mapping and its shards. */
final class Index {
    final String name;
    final String uuid = UUID.randomUUID().toString();
    final Settings settings;
    final Mapping mapping;
    final List<Shard> shards = new ArrayList<>();

    Index(String name, JsonObject settings, JsonObject mappings) throws IOException {
        this.name = name;
        this.settings = new Settings(settings);
        this.mapping = new Mapping(mappings, this.settings);
        int count = this.settings.number("number_of_shards");
        for (int i = 0; i < count; i++) shards.add(new Shard(name, mapping));
    }

    /** The shard of a routing value, by the hash of OpenSearch: Murmur3 over UTF-16, on slots that shards share. */
    int shardOf(String routing) {
        byte[] bytes = new byte[routing.length() * 2];
        for (int i = 0; i < routing.length(); i++) {
            bytes[2 * i] = (byte) routing.charAt(i);
            bytes[2 * i + 1] = (byte) (routing.charAt(i) >>> 8);
        }
        int hash = StringHelper.murmurhash3_x86_32(bytes, 0, bytes.length, 0);
        int log = 32 - Integer.numberOfLeadingZeros(shards.size() - 1);
        int slotsOfShard = 1 << Math.max(1, 10 - log);
        return Math.floorMod(hash, shards.size() * slotsOfShard) / slotsOfShard;
    }

    /** The shard of a document; refuses a document without the routing that the mapping requires. */
    Shard shard(String id, String routing) {
        if (routing == null && mapping.routingRequired) {
            String reason = "routing is required for [" + name + "]/[" + id + "]";
            throw new Failure(400, "routing_missing_exception", reason).with("index", Json.of(name));
        }
        return shards.get(shardOf(routing == null ? id : routing));
    }

    void refresh() throws IOException {
        for (Shard shard : shards) shard.refresh();
    }

    void close() throws IOException {
        for (Shard shard : shards) shard.close();
    }
}

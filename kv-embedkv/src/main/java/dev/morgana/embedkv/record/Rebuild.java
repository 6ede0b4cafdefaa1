package dev.morgana.embedkv.record;

import dev.morgana.embedkv.layout.StorageHeader;
import dev.morgana.spi.error.StoreException;
import java.util.BitSet;
import java.util.Map;
import java.util.NavigableMap;

/** Makes a device a replica, whatever is on it: without a header first, then empty, then full, then with a header. */
final class Rebuild {
    private static final long U32 = 0xffffffffL;

    private final Member member;
    private final Replica pattern;
    private final byte freePattern;

    /** A rebuild after the pattern of a replica that takes part. */
    Rebuild(Member member, Replica pattern, byte freePattern) {
        this.member = member;
        this.pattern = pattern;
        this.freePattern = freePattern;
    }

    /** Does it, and puts what the index is to be then, with the new copies, into a map. */
    Replica run(NavigableMap<byte[], Binding> index, Map<byte[], Binding> copied) throws StoreException {
        Blocks like = pattern.blocks();
        Blocks blocks = DeviceShape.blocks(member.device(), like.size(), like.count(), freePattern);
        blocks.free(0);
        blocks.sync();
        Clearing.clear(blocks);
        blocks.sync();
        StorageHeader header = pattern.header();
        long first = header.replicaId() - pattern.position();
        Replica rebuilt =
                new Replica(member.position(), blocks, header.withReplicaId((first + member.position()) & U32));
        rebuilt.occupy(new BitSet());
        for (Map.Entry<byte[], Binding> entry : index.entrySet()) {
            copied.put(entry.getKey(), Reconciliation.copyOf(entry.getValue(), rebuilt));
        }
        rebuilt.write(rebuilt.header());
        return rebuilt;
    }
}

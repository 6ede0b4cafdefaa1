package dev.morgana.embedkv.record;

import dev.morgana.embedkv.layout.BlockSize;
import dev.morgana.embedkv.layout.Defect;
import dev.morgana.embedkv.layout.Fingerprint;
import dev.morgana.embedkv.layout.RecordDescriptor;
import dev.morgana.embedkv.layout.ValueChunk;
import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of one record, taken in one after the other and checked as section 9 says (conditions 9 and 10). What it holds
 * grows with the blocks that are really there, whatever the descriptor claims.
 */
final class Chain {
    private final RecordDescriptor descriptor;
    private final int limit;
    private final BlockSize size;
    private final Fingerprint fingerprint = new Fingerprint();
    private final BitSet visited = new BitSet();
    private int[] blocks = new int[1];
    private int length;
    private long bytes;
    private long next;
    private boolean packed = true;
    private boolean lastIsFull;

    /** A chain that begins with a descriptor. */
    Chain(RecordDescriptor descriptor, int block, int fingerprintOfPart, Blocks device) {
        this.descriptor = descriptor;
        this.limit = device.count();
        this.size = new BlockSize(device.size());
        add(block, fingerprintOfPart, descriptor.firstPart());
        this.lastIsFull = descriptor.firstPart() == size.firstCapacity(descriptor.key().length);
        this.next = descriptor.next();
    }

    private void add(int block, int fingerprintOfPart, int part) {
        if (length == blocks.length) {
            blocks = Arrays.copyOf(blocks, length + Math.max(4, length / 2));
        }
        blocks[length++] = block;
        visited.set(block);
        bytes += part;
        fingerprint.add(fingerprintOfPart, part);
    }

    /** Tells whether a further block is to be taken in, or {@link #defect} tells why not. */
    boolean hasNext() {
        return next != ValueChunk.NONE && next < limit && !visited.get((int) next);
    }

    /** The number of that block. */
    int next() {
        assert hasNext();
        return (int) next;
    }

    /** Takes in the chunk in block {@link #next}; returns why it is none of this record, or null. */
    @Nullable
    Defect take(ValueChunk chunk, int fingerprintOfPart) {
        Defect defect = chunk.strangerTo(blocks[0], length);
        if (defect == null) {
            packed &= lastIsFull;
            lastIsFull = chunk.part() == size.chunkCapacity();
            add((int) next, fingerprintOfPart, chunk.part());
            next = chunk.next();
        }
        return defect;
    }

    /** What keeps the record from being complete, once there is no next block; null if it is complete. */
    @Nullable
    Defect defect() {
        if (next != ValueChunk.NONE) {
            String reason = next >= limit ? "next block below " + limit : "next block that is not in the chain already";
            return new Defect(0, reason, Long.toString(next), Defect.Kind.FIELD);
        }
        if (length != descriptor.blockCount()) {
            return new Defect(0, descriptor.blockCount() + " blocks", length + " blocks", Defect.Kind.FIELD);
        }
        if (bytes != descriptor.totalSize()) {
            return new Defect(0, "value of " + descriptor.totalSize() + " bytes", bytes + "", Defect.Kind.FIELD);
        }
        return null;
    }

    /** The blocks taken in so far, the descriptor's first. */
    int[] blocks() {
        return Arrays.copyOf(blocks, length);
    }

    /** The record, if there is no {@link #defect}. */
    StoredRecord record() {
        assert defect() == null : defect();
        return new StoredRecord(
                descriptor.key(),
                descriptor.generation(),
                descriptor.totalSize(),
                descriptor.userFlags(),
                blocks(),
                packed,
                fingerprint.value());
    }
}

package dev.morgana.embedkv.record;

import dev.morgana.embedkv.layout.ValueChunk;
import java.util.Arrays;
import java.util.Optional;

/** The chunks that a scan met, without their values: five numbers each, in the order of the blocks. */
final class ChunkTable {
    private static final int FIRST_SIZE = 64;

    private int[] blocks = new int[FIRST_SIZE];
    private int[] owners = new int[FIRST_SIZE];
    private int[] indexes = new int[FIRST_SIZE];
    private int[] parts = new int[FIRST_SIZE];
    private int[] nexts = new int[FIRST_SIZE];
    private int[] fingerprints = new int[FIRST_SIZE];
    private int size;

    /** Adds the chunk in a block behind all others. */
    void add(int block, ValueChunk chunk, int fingerprint) {
        assert size == 0 || block > blocks[size - 1] : block;
        if (size == blocks.length) {
            grow(size + size / 2);
        }
        blocks[size] = block;
        owners[size] = (int) chunk.owner();
        indexes[size] = (int) chunk.index();
        parts[size] = chunk.part();
        nexts[size] = (int) chunk.next();
        fingerprints[size] = fingerprint;
        size++;
    }

    private void grow(int length) {
        blocks = Arrays.copyOf(blocks, length);
        owners = Arrays.copyOf(owners, length);
        indexes = Arrays.copyOf(indexes, length);
        parts = Arrays.copyOf(parts, length);
        nexts = Arrays.copyOf(nexts, length);
        fingerprints = Arrays.copyOf(fingerprints, length);
    }

    /** Where the chunk of a block is in the table, or a negative number. */
    private int find(int block) {
        return Arrays.binarySearch(blocks, 0, size, block);
    }

    /** The chunk of a block, if there is a right one in it. */
    Optional<ValueChunk> chunk(int block) {
        int i = find(block);
        return i < 0
                ? Optional.empty()
                : Optional.of(new ValueChunk(
                        Integer.toUnsignedLong(owners[i]),
                        Integer.toUnsignedLong(indexes[i]),
                        parts[i],
                        Integer.toUnsignedLong(nexts[i])));
    }

    /** The fingerprint of the part in a block that has a chunk. */
    int fingerprint(int block) {
        return fingerprints[find(block)];
    }
}

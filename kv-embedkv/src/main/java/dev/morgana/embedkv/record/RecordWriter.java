package dev.morgana.embedkv.record;

import dev.morgana.embedkv.layout.BlockSize;
import dev.morgana.embedkv.layout.Fingerprint;
import dev.morgana.embedkv.layout.RecordDescriptor;
import dev.morgana.embedkv.layout.ValueChunk;
import dev.morgana.spi.error.DeviceException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Writes the blocks of one record to one replica, packed as the reference implementations pack. The blocks are chosen one after
 * the other, so that a value of unknown size can be written: the chunks as they come, and the descriptor when the size is
 * known. Between two syncs blocks need no order.
 */
final class RecordWriter {
    private final Blocks blocks;
    private final byte[] key;
    private final long generation;
    private final long userFlags;
    private final Fingerprint fingerprint = new Fingerprint();
    private final byte[] block;
    private int[] numbers = new int[1];
    private int length;

    RecordWriter(Blocks blocks, byte[] key, long generation, long userFlags) {
        this.blocks = blocks;
        this.key = key;
        this.generation = generation;
        this.userFlags = userFlags;
        this.block = new byte[blocks.size()];
    }

    /** Chooses a further block; the first one is for the descriptor. */
    void extend(int number) {
        if (length == numbers.length) {
            numbers = Arrays.copyOf(numbers, length + Math.max(4, length / 2));
        }
        numbers[length++] = number;
    }

    /** The blocks chosen so far. */
    int[] numbers() {
        return Arrays.copyOf(numbers, length);
    }

    private long following(int index) {
        return index + 1 < length ? numbers[index + 1] : ValueChunk.NONE;
    }

    /** Writes a chunk, after its block was chosen, and the next one too if there is one. The buffer is used up. */
    void writeChunk(int index, ByteBuffer part) throws DeviceException {
        assert index >= 1 && index < length : index;
        new ValueChunk(numbers[0], index, part.remaining(), following(index)).encode(block, part);
        blocks.write(numbers[index], block);
    }

    /** Writes the descriptor, after all blocks were chosen. The buffer is used up. */
    void writeDescriptor(ByteBuffer firstPart, long size) throws DeviceException {
        new RecordDescriptor(key, generation, size, firstPart.remaining(), length, following(0), userFlags)
                .encode(block, firstPart);
        blocks.write(numbers[0], block);
    }

    /**
     * Writes a record whose value is known, to blocks that are chosen, the descriptor first as the reference implementations
     * do.
     */
    void writeAll(byte[] value) throws DeviceException {
        BlockSize size = new BlockSize(blocks.size());
        assert length == size.blocks(key.length, value.length) : length;
        int end = Math.min(value.length, size.firstCapacity(key.length));
        writeDescriptor(ByteBuffer.wrap(value, 0, end), value.length);
        fingerprint.add(Fingerprint.ofPart(value, 0, end), end);
        for (int index = 1; index < length; index++) {
            int start = end;
            end = Math.min(value.length, start + size.chunkCapacity());
            writeChunk(index, ByteBuffer.wrap(value, start, end - start));
            fingerprint.add(Fingerprint.ofPart(value, start, end - start), end - start);
        }
        assert end == value.length : end;
    }

    /** Notes a part for the fingerprint, in the order of the value. */
    void addToFingerprint(byte[] part) {
        fingerprint.add(Fingerprint.ofPart(part, 0, part.length), part.length);
    }

    /** The record as an index keeps it. */
    StoredRecord record(long size) {
        return new StoredRecord(key, generation, size, userFlags, numbers(), true, fingerprint.value());
    }
}

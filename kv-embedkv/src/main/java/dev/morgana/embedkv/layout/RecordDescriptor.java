package dev.morgana.embedkv.layout;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The first block of a record (section 3), as long as its own fields agree (section 9, conditions 1 to 8).
 *
 * @param key the key
 * @param generation 0 to 2^32-1
 * @param totalSize of the whole value in bytes, 0 to 2^32-1, whatever the chunks hold
 * @param firstPart bytes of the value in this block
 * @param blockCount blocks of the record, this one included, 1 to 2^32-1
 * @param next the first chunk, or {@link ValueChunk#NONE}
 * @param userFlags the caller's 32 bits
 */
public record RecordDescriptor(
        byte[] key, long generation, long totalSize, int firstPart, long blockCount, long next, long userFlags) {
    static final int BYTES = 32;

    private static final int HEADER_SIZE = 1;
    private static final int KEY_SIZE = 2;
    private static final int GENERATION = 4;
    private static final int TOTAL_SIZE = 8;
    private static final int FIRST_PART = 12;
    private static final int CHUNK_COUNT = 16;
    private static final int NEXT = 20;
    private static final int USER_FLAGS = 28;

    /** Decodes a block, with the conditions of section 9 in their order. */
    public static Decoded<RecordDescriptor> decode(byte[] bytes) {
        if (!BlockType.DESCRIPTOR.isOf(bytes)) {
            return new Decoded.Wrong<>(Defect.type(bytes, BlockType.DESCRIPTOR));
        }
        if (!BlockChecksum.isRight(bytes)) {
            return new Decoded.Wrong<>(BlockChecksum.defect(bytes));
        }
        ByteBuffer block = BlockBytes.of(bytes);
        Defect defect = sizeDefect(block);
        if (defect == null) {
            defect = chainDefect(block);
        }
        return defect == null ? new Decoded.Right<>(fields(bytes, block)) : new Decoded.Wrong<>(defect);
    }

    private static @Nullable Defect sizeDefect(ByteBuffer block) {
        int headerSize = Byte.toUnsignedInt(block.get(HEADER_SIZE));
        if (headerSize != BYTES) {
            return Defect.field(HEADER_SIZE, "header size " + BYTES, headerSize);
        }
        int room = block.capacity() - BlockSize.LEAST;
        int keySize = BlockBytes.u16(block, KEY_SIZE);
        if (keySize > room) {
            return Defect.field(KEY_SIZE, "key of at most " + room + " bytes", keySize);
        }
        long firstPart = BlockBytes.u32(block, FIRST_PART);
        if (firstPart > room - keySize) {
            return Defect.field(FIRST_PART, "at most " + (room - keySize) + " bytes of value", firstPart);
        }
        return null;
    }

    private static @Nullable Defect chainDefect(ByteBuffer block) {
        long count = BlockBytes.u32(block, CHUNK_COUNT);
        long next = BlockBytes.u32(block, NEXT);
        long total = BlockBytes.u32(block, TOTAL_SIZE);
        if (count == 0) {
            return Defect.field(CHUNK_COUNT, "at least 1 block", count);
        }
        if (count == 1 && total != BlockBytes.u32(block, FIRST_PART)) {
            return Defect.field(TOTAL_SIZE, "value of " + BlockBytes.u32(block, FIRST_PART) + " bytes", total);
        }
        if (count == 1 && next != ValueChunk.NONE) {
            return Defect.field(NEXT, "no next block", next);
        }
        if (count > 1 && next == ValueChunk.NONE) {
            return Defect.field(NEXT, "a next block", next);
        }
        return null;
    }

    private static RecordDescriptor fields(byte[] bytes, ByteBuffer block) {
        return new RecordDescriptor(
                Arrays.copyOfRange(bytes, BYTES, BYTES + BlockBytes.u16(block, KEY_SIZE)),
                BlockBytes.u32(block, GENERATION),
                BlockBytes.u32(block, TOTAL_SIZE),
                (int) BlockBytes.u32(block, FIRST_PART),
                BlockBytes.u32(block, CHUNK_COUNT),
                BlockBytes.u32(block, NEXT),
                BlockBytes.u32(block, USER_FLAGS));
    }

    /** Where the value's part begins, in the block. */
    public int partOffset() {
        return BYTES + key.length;
    }

    /** Writes a block of the right size, with the first part of the value taken from a buffer. */
    public void encode(byte[] bytes, ByteBuffer part) {
        assert part.remaining() == firstPart : part.remaining();
        Arrays.fill(bytes, (byte) 0);
        ByteBuffer block = BlockBytes.of(bytes);
        block.put(0, (byte) BlockType.DESCRIPTOR.code()).put(HEADER_SIZE, (byte) BYTES);
        block.putShort(KEY_SIZE, (short) key.length);
        block.putInt(GENERATION, (int) generation).putInt(TOTAL_SIZE, (int) totalSize);
        block.putInt(FIRST_PART, firstPart).putInt(CHUNK_COUNT, (int) blockCount);
        block.putInt(NEXT, (int) next).putInt(USER_FLAGS, (int) userFlags);
        block.put(BYTES, key);
        part.get(bytes, partOffset(), firstPart);
        BlockChecksum.seal(bytes);
    }

    /**
     * What a block says its next one is, whatever else it says (how the reference implementations follow a chain to free it).
     */
    public static long nextOf(byte[] block) {
        return BlockBytes.u32(BlockBytes.of(block), NEXT);
    }
}

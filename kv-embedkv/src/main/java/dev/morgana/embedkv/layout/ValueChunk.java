package dev.morgana.embedkv.layout;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A further block of a record (section 4), as long as its own fields agree (section 9, condition 9).
 *
 * @param owner the block of the record's descriptor
 * @param index 1 for the first chunk
 * @param part bytes of the value in this block
 * @param next the next chunk, or {@link #NONE}
 */
public record ValueChunk(long owner, long index, int part, long next) {
    /** The number that says that there is no further block. */
    public static final long NONE = 0xffffffffL;

    /** Where the value's part begins, in the block. */
    public static final int PART_OFFSET = 20;

    static final int BYTES = PART_OFFSET;

    private static final int HEADER_SIZE = 1;
    private static final int OWNER = 4;
    private static final int INDEX = 8;
    private static final int PART = 12;
    private static final int NEXT = 16;

    /** Decodes a block. */
    public static Decoded<ValueChunk> decode(byte[] bytes) {
        if (!BlockType.CHUNK.isOf(bytes)) {
            return new Decoded.Wrong<>(Defect.type(bytes, BlockType.CHUNK));
        }
        if (!BlockChecksum.isRight(bytes)) {
            return new Decoded.Wrong<>(BlockChecksum.defect(bytes));
        }
        ByteBuffer block = BlockBytes.of(bytes);
        int headerSize = Byte.toUnsignedInt(block.get(HEADER_SIZE));
        if (headerSize != BYTES) {
            return new Decoded.Wrong<>(Defect.field(HEADER_SIZE, "header size " + BYTES, headerSize));
        }
        int room = new BlockSize(bytes.length).chunkCapacity();
        long part = BlockBytes.u32(block, PART);
        if (part > room) {
            return new Decoded.Wrong<>(Defect.field(PART, "at most " + room + " bytes of value", part));
        }
        return new Decoded.Right<>(new ValueChunk(
                BlockBytes.u32(block, OWNER), BlockBytes.u32(block, INDEX), (int) part, BlockBytes.u32(block, NEXT)));
    }

    /** What keeps this chunk from being the one of a record at a place of its chain, or null. */
    public @Nullable Defect strangerTo(long descriptor, long place) {
        if (owner != descriptor) {
            return Defect.field(OWNER, "chunk of the record in block " + descriptor, owner);
        }
        return index == place ? null : Defect.field(INDEX, "chunk " + place, index);
    }

    /** Writes a block of the right size, with its part of the value taken from a buffer. */
    public void encode(byte[] bytes, ByteBuffer source) {
        assert source.remaining() == part : source.remaining();
        Arrays.fill(bytes, (byte) 0);
        ByteBuffer block = BlockBytes.of(bytes);
        block.put(0, (byte) BlockType.CHUNK.code()).put(HEADER_SIZE, (byte) BYTES);
        block.putInt(OWNER, (int) owner).putInt(INDEX, (int) index);
        block.putInt(PART, part).putInt(NEXT, (int) next);
        source.get(bytes, PART_OFFSET, part);
        BlockChecksum.seal(bytes);
    }

    /**
     * What a block says its next one is, whatever else it says (how the reference implementations follow a chain to free it).
     */
    public static long nextOf(byte[] block) {
        return BlockBytes.u32(BlockBytes.of(block), NEXT);
    }
}

package dev.morgana.littlefs.layout;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * A metadata block as it is written for chamelon (chamelon page, sections 1 and 5): the revision, one commit that holds at
 * least one entry, without a forward CRC, and zeros to the end of the block. Zeros also tell the C implementation that the
 * block cannot be appended to.
 */
public final class ChamelonBlock {
    private static final byte PADDING = (byte) 0xff;
    private static final int CLOSING_BYTES = Tag.BYTES + Integer.BYTES;

    private ChamelonBlock() {}

    /** How many bytes the log takes whose entries take that many, before it is filled up to a unit of programming. */
    public static int bytesFor(int entryBytes) {
        return Integer.BYTES + entryBytes + CLOSING_BYTES;
    }

    /**
     * Encodes a block.
     *
     * @param revision its revision
     * @param entries what the commit holds, which is to fit
     * @param programSize the commit ends at a multiple of it
     * @return all bytes of the block
     */
    public static byte[] encode(int revision, List<PairChange> entries, int blockSize, int programSize) {
        int used = bytesFor(entries.stream().mapToInt(PairChange::length).sum());
        int end = Math.min(blockSize, (used + programSize - 1) / programSize * programSize);
        assert !entries.isEmpty() && used <= blockSize : entries.size() + " entries, " + used + " bytes";
        // A CRC tag covers less than a program unit may have; what is beyond it is as good as not written.
        int padding = Math.min(end - used, Tag.DATA_MAX - Integer.BYTES);
        ByteBuffer block = ByteBuffer.allocate(blockSize)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(revision)
                .order(ByteOrder.BIG_ENDIAN);
        int previous = Tag.NO_PREVIOUS;
        for (PairChange entry : entries) {
            block.putInt(entry.tag().encode(previous)).put(entry.data());
            previous = entry.tag().word();
        }
        block.putInt(
                Tag.of(TagType.COMMIT_CRC, Tag.NO_ID, Integer.BYTES + padding).encode(previous));
        LogCrc crc = new LogCrc();
        crc.update(block.duplicate().flip());
        block.order(ByteOrder.LITTLE_ENDIAN).putInt(crc.value());
        Arrays.fill(block.array(), block.position(), block.position() + padding, PADDING);
        return block.array();
    }
}

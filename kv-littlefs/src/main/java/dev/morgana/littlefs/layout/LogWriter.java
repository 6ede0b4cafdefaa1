package dev.morgana.littlefs.layout;

import dev.morgana.spi.error.DeviceException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Composes commits in memory, to be programmed in one piece (sections 4.3 to 4.7). What stands after them in the block
 * decides about the phase and the forward CRC, so the block is read there.
 */
public final class LogWriter {
    /** What the end of a commit needs: a forward CRC and a CRC. */
    private static final int CLOSING_BYTES = Tag.BYTES + ForwardCrc.BYTES + Tag.BYTES + Integer.BYTES;

    /** What must remain after every entry: a CRC tag and its CRC. */
    private static final int CRC_BYTES = Tag.BYTES + Integer.BYTES;

    private static final byte PADDING = (byte) 0xff;
    private static final int INITIAL_BYTES = 256;

    private final BlockBytes block;
    private final int start;
    private final int limit;
    private final int programSize;
    private final boolean forwardCrcs;
    private final LogCrc crc = new LogCrc();

    private ByteBuffer bytes = ByteBuffer.allocate(INITIAL_BYTES);
    private int previous;
    /** After the last byte that means something. */
    private int used;

    /**
     * Begins to compose.
     *
     * @param block the block as it is before it is programmed
     * @param start where the commit begins
     * @param previous what its first tag is exclusive-ored with
     * @param limit how much of the block entries may fill
     * @param programSize the unit of programming
     * @param forwardCrcs whether commits tell what stands after them: not in version 2.0
     */
    public LogWriter(BlockBytes block, int start, int previous, int limit, int programSize, boolean forwardCrcs) {
        assert start % programSize == 0 : start + ", " + programSize;
        this.block = block;
        this.start = start;
        this.previous = previous;
        this.limit = limit;
        this.programSize = programSize;
        this.forwardCrcs = forwardCrcs;
    }

    /** Begins an erased block. */
    public LogWriter revision(int revision) {
        assert start == 0 && bytes.position() == 0;
        reserve(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(revision);
        crc.update(written(0));
        return this;
    }

    /** Adds an entry; false, and nothing is added, if it does not fit. */
    public boolean add(PairChange change) {
        if (offset() + change.length() > limit - CRC_BYTES) {
            return false;
        }
        put(change);
        return true;
    }

    /**
     * Ends the commit, and fills it up to the next unit of programming.
     *
     * @throws DeviceException if what stands after it cannot be read
     */
    public void close() throws DeviceException {
        int end = endOf(offset(), block.size(), programSize);
        while (offset() < end) {
            close(end);
        }
    }

    /**
     * Where a commit ends.
     *
     * @param entries where its last entry ends
     */
    public static int endOf(int entries, int blockSize, int programSize) {
        int closed = Math.min(entries + CLOSING_BYTES, blockSize);
        return (closed + programSize - 1) / programSize * programSize;
    }

    /** One CRC tag; where the padding is too long for one, the last ones must have room for a forward CRC as well. */
    private void close(int end) throws DeviceException {
        int next = Math.min(offset() + Tag.BYTES + Tag.DATA_MAX, end);
        if (next < end) {
            next = Math.min(next, end - CLOSING_BYTES);
        }
        int phase = 0;
        if (next >= end && next <= block.size() - programSize) {
            ByteBuffer behind = block.read(next, programSize);
            phase = behind.get(behind.position()) < 0 ? 0 : 1;
            if (forwardCrcs) {
                LogCrc sum = new LogCrc();
                sum.update(behind);
                put(PairChange.of(TagType.FORWARD_CRC, Tag.NO_ID, new ForwardCrc(programSize, sum.value()).encode()));
            }
        }
        putCommit(Tag.of(TagType.COMMIT_CRC.code() + phase, Tag.NO_ID, next - offset() - Tag.BYTES));
    }

    private void putCommit(Tag tag) {
        putTag(tag);
        byte[] padding = new byte[tag.dataLength() - Integer.BYTES];
        Arrays.fill(padding, PADDING);
        reserve(tag.dataLength())
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(crc.value())
                .put(padding);
        used = bytes.position() - padding.length;
        crc.reset();
    }

    private void put(PairChange change) {
        putTag(change.tag());
        reserve(change.data().length).put(change.data());
        crc.update(change.data());
    }

    private void putTag(Tag tag) {
        int from = bytes.position();
        reserve(Tag.BYTES).order(ByteOrder.BIG_ENDIAN).putInt(tag.encode(previous));
        crc.update(written(from));
        previous = tag.nextPrevious();
    }

    private ByteBuffer reserve(int length) {
        if (bytes.remaining() < length) {
            int capacity = Math.max(2 * bytes.capacity(), bytes.position() + length);
            bytes = ByteBuffer.allocate(capacity).put(bytes.flip());
        }
        return bytes;
    }

    private ByteBuffer written(int from) {
        return bytes.duplicate().flip().position(from);
    }

    /** Where the next tag stands in the block. */
    public int offset() {
        return start + bytes.position();
    }

    /** What the tag after the last one is exclusive-ored with. */
    public int previous() {
        return previous;
    }

    /** The bytes to program, from the start of the commit on: whole units, without those that are padding alone. */
    public ByteBuffer bytes() {
        return written(0).limit((used + programSize - 1) / programSize * programSize);
    }

    /** Where the commit begins in the block. */
    public int start() {
        return start;
    }

    /** Whether another commit has room after this one, once it is closed. */
    public boolean hasRoom() {
        return offset() <= block.size() - programSize;
    }
}

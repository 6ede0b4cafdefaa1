package dev.morgana.littlefs.layout;

import dev.morgana.spi.error.BadBlockException;
import dev.morgana.spi.error.DeviceException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log of one metadata block, tag by tag (littlefs page, section 5.2). What it hands out of the last, unfinished
 * commit is garbage or torn: only an intact {@link LogItem.Commit} makes the items before it count.
 */
public final class LogReader {
    private static final int CRC_BYTES = Integer.BYTES;

    private final BlockBytes block;
    private final LogRules rules;
    private final LogCrc crc = new LogCrc();
    private final int revision;

    private int offset;
    private int previous = Tag.NO_PREVIOUS;
    private int entriesInCommit;
    private boolean behindCommit;
    private @Nullable LogEnd end;

    /**
     * Begins to read a block.
     *
     * @throws DeviceException if the revision cannot be read
     */
    public LogReader(BlockBytes block, Dialect dialect) throws DeviceException {
        this.block = block;
        this.rules = dialect.logRules();
        ByteBuffer first = block.read(0, Integer.BYTES);
        crc.update(first);
        this.revision = first.order(ByteOrder.LITTLE_ENDIAN).getInt();
        this.offset = Integer.BYTES;
    }

    /** The revision that the block begins with. */
    public int revision() {
        return revision;
    }

    /** Where the next tag would stand: after the last item and its padding. */
    public int offset() {
        return offset;
    }

    /** What a tag at {@link #offset()} is exclusive-ored with. */
    public int previous() {
        return previous;
    }

    /** Why there is no further item; null while there may be one. */
    public @Nullable LogEnd end() {
        return end;
    }

    /** Whether the log ends directly after an intact commit, with bytes that are no tag. */
    public boolean endsClean() {
        return end == LogEnd.NO_TAG && behindCommit;
    }

    /**
     * The next item, or null at the end of the log. A block that turns out to be unreadable ends the log.
     *
     * @throws DeviceException if the device fails in another way
     */
    public @Nullable LogItem next() throws DeviceException {
        if (end != null) {
            return null;
        }
        try {
            return read();
        } catch (BadBlockException e) {
            return endWith(LogEnd.UNREADABLE);
        }
    }

    /**
     * After a commit with a wrong checksum: goes on after it as if it had been right. Whether intact commits follow tells
     * damage from a commit that was torn.
     */
    public void resume(LogItem.Commit damaged) {
        assert end == LogEnd.BAD_CRC && !damaged.isIntact();
        end = null;
        behind(damaged);
    }

    private @Nullable LogItem read() throws DeviceException {
        if (offset > block.size() - Tag.BYTES) {
            return endWith(LogEnd.FULL);
        }
        ByteBuffer word = block.read(offset, Tag.BYTES);
        int stored = word.getInt(word.position());
        Tag tag = Tag.decode(stored, previous);
        if (rules.endsBefore(stored, tag)) {
            return endWith(LogEnd.NO_TAG);
        }
        if (tag.totalLength() > block.size() - offset) {
            return endWith(LogEnd.OVERLONG);
        }
        crc.update(word);
        return rules.isCommit(tag) ? readCommit(tag) : readEntry(tag);
    }

    private LogItem readEntry(Tag tag) throws DeviceException {
        byte[] data = new byte[tag.dataLength()];
        block.read(offset + Tag.BYTES, data.length).get(data);
        crc.update(data);
        LogItem.Entry entry = new LogItem.Entry(offset, tag, data);
        offset += tag.totalLength();
        previous = rules.nextPrevious(tag);
        entriesInCommit++;
        behindCommit = false;
        return entry;
    }

    private @Nullable LogItem readCommit(Tag tag) throws DeviceException {
        if (tag.dataLength() < CRC_BYTES) {
            return endWith(LogEnd.NO_TAG);
        }
        int stored = block.read(offset + Tag.BYTES, CRC_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt();
        LogItem.Commit commit = new LogItem.Commit(offset, tag, stored, crc.value());
        if (!commit.isIntact()) {
            end = LogEnd.BAD_CRC;
            return commit;
        }
        boolean empty = entriesInCommit == 0;
        behind(commit);
        behindCommit = true;
        if (empty && rules.endsBehindEmptyCommit()) {
            end = LogEnd.EMPTY_COMMIT;
        }
        return commit;
    }

    private void behind(LogItem.Commit commit) {
        offset = commit.offset() + commit.tag().totalLength();
        previous = rules.nextPrevious(commit.tag());
        crc.reset();
        entriesInCommit = 0;
    }

    private @Nullable LogItem endWith(LogEnd reason) {
        end = reason;
        return null;
    }
}

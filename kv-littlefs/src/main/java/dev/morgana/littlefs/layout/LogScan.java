package dev.morgana.littlefs.layout;

import dev.morgana.spi.error.DeviceException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one metadata block holds: everything up to its last intact commit.
 *
 * @param revision the revision of the block
 * @param commits how many intact commits there are; with none the block does not count
 * @param endOffset where the next commit would begin
 * @param previous what its first tag would be exclusive-ored with
 * @param endsClean whether the bytes at {@code endOffset} are no tag, as they are where nothing was written
 * @param forwardCrc what the last commit says about the bytes after it, or null
 * @param end why the log ends
 * @param stopOffset where reading ended, {@code endOffset} or after it
 * @param state what the commits amount to
 */
public record LogScan(
        int revision,
        int commits,
        int endOffset,
        int previous,
        boolean endsClean,
        @Nullable ForwardCrc forwardCrc,
        LogEnd end,
        int stopOffset,
        PairState state) {
    /** Is told of each intact commit, in order. */
    public interface Observer {
        /**
         * A commit was read.
         *
         * @param number its number in the block, from 1
         * @param offset where it begins
         * @param state what the log amounts to with it
         */
        void committed(int number, int offset, PairState state);
    }

    /**
     * Reads a block to the end of its log.
     *
     * @throws DeviceException if the revision cannot be read, or the device fails other than by a bad block
     */
    public static LogScan of(BlockBytes block, Dialect dialect) throws DeviceException {
        return of(block, dialect, (number, offset, state) -> {});
    }

    /**
     * Reads a block to the end of its log, and tells an observer of each step.
     *
     * @throws DeviceException as {@link #of(BlockBytes, Dialect)} does
     */
    public static LogScan of(BlockBytes block, Dialect dialect, Observer observer) throws DeviceException {
        LogReader log = new LogReader(block, dialect);
        PairStateBuilder tentative = dialect.newState();
        PairState committed = PairState.EMPTY;
        ForwardCrc tentativeForward = null;
        ForwardCrc forward = null;
        int commits = 0;
        int endOffset = log.offset();
        int previous = log.previous();
        for (LogItem item = log.next(); item != null; item = log.next()) {
            if (item instanceof LogItem.Entry entry) {
                tentative.apply(entry);
                if (entry.tag().is(TagType.FORWARD_CRC)) {
                    tentativeForward = ForwardCrc.decode(entry.data()).orElse(null);
                }
            } else if (item instanceof LogItem.Commit commit && commit.isIntact()) {
                committed = tentative.snapshot();
                forward = tentativeForward;
                tentativeForward = null;
                commits++;
                observer.committed(commits, endOffset, committed);
                endOffset = log.offset();
                previous = log.previous();
            }
        }
        LogEnd end = Objects.requireNonNull(log.end());
        return new LogScan(
                log.revision(), commits, endOffset, previous, log.endsClean(), forward, end, log.offset(), committed);
    }

    /** Whether there is at least one intact commit. */
    public boolean isUsable() {
        return commits > 0;
    }
}

package dev.morgana.littlefs.exam;

import dev.morgana.littlefs.layout.BlockBytes;
import dev.morgana.littlefs.layout.Dialect;
import dev.morgana.littlefs.layout.ForwardCrc;
import dev.morgana.littlefs.layout.LogEnd;
import dev.morgana.littlefs.layout.LogItem;
import dev.morgana.littlefs.layout.LogReader;
import dev.morgana.littlefs.layout.LogScan;
import dev.morgana.littlefs.layout.Tag;
import dev.morgana.littlefs.pair.Blocks;
import dev.morgana.spi.error.BadBlockException;
import dev.morgana.spi.error.DeviceException;
import java.nio.ByteBuffer;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A closer look at one metadata block than fetching takes: how its log ends tells a torn commit, which is nothing unusual,
 * from damage (section 5.5).
 *
 * @param block its number
 * @param scan what its log amounts to, or null if it cannot be read at all
 * @param ending how the log ends
 * @param programmedBehind whether the forward CRC of the last commit tells that somebody began to program behind it
 * @param rejected the first commit with a wrong checksum, or null
 */
public record BlockExam(
        long block,
        @Nullable LogScan scan,
        Ending ending,
        boolean programmedBehind,
        LogItem.@Nullable Commit rejected) {
    private static final int PIECE_BYTES = 4096;

    /** How a log ends. */
    public enum Ending {
        /** Behind an intact commit. */
        CLEAN,
        /** In a commit that did not arrive as a whole: behind it everything is erased. */
        TORN,
        /** In a commit that is torn or damaged; erased bytes of this device are no evidence. */
        UNCLEAR,
        /** In a commit that did arrive, and is not what was written any more. */
        DAMAGED,
        /** In bytes that the device cannot read. */
        UNREADABLE
    }

    /**
     * Examines a block.
     *
     * @throws DeviceException if the device fails other than by a bad block
     */
    public static BlockExam of(Blocks blocks, long block, Dialect dialect) throws DeviceException {
        BlockBytes bytes = blocks.window(block);
        try {
            LogScan scan = LogScan.of(bytes, dialect);
            ForwardCrc forward = scan.forwardCrc();
            boolean programmed = forward != null && !forward.matches(bytes, scan.endOffset());
            if (!scan.isUsable() && beginsErased(blocks, bytes)) {
                return new BlockExam(block, scan, Ending.TORN, false, null);
            }
            if (scan.end() != LogEnd.BAD_CRC) {
                return new BlockExam(block, scan, ending(bytes, scan, erasedByte(blocks)), programmed, null);
            }
            LogReader log = new LogReader(bytes, dialect);
            LogItem.Commit rejected = nextCommit(log);
            while (rejected != null && rejected.isIntact()) {
                rejected = nextCommit(log);
            }
            Ending ending = rejected == null ? Ending.UNREADABLE : ending(log, rejected, erasedByte(blocks));
            if (!scan.isUsable()
                    && ending == Ending.DAMAGED
                    && erasedByte(blocks).isEmpty()) {
                ending = Ending.UNCLEAR; // Without a real erase, what follows a torn first commit is an older log.
            }
            return new BlockExam(block, scan, ending, programmed, rejected);
        } catch (BadBlockException e) {
            return new BlockExam(block, null, Ending.UNREADABLE, false, null);
        }
    }

    /** Whether the first unit is erased, as it is where an erase was cut off. A block in use begins with a tag at least. */
    private static boolean beginsErased(Blocks blocks, BlockBytes bytes) throws DeviceException {
        OptionalInt erased = erasedByte(blocks);
        ByteBuffer first = bytes.read(0, blocks.geometry().programSize());
        boolean all = erased.isPresent();
        while (all && first.hasRemaining()) {
            all = first.get() == (byte) erased.getAsInt();
        }
        return all;
    }

    private static OptionalInt erasedByte(Blocks blocks) {
        return blocks.geometry().erased().byteValue();
    }

    /** Whether there is a commit with a wrong checksum whose end is one that a writer makes, and not bytes of a file. */
    public boolean hasCommitLike() {
        return rejected != null
                && rejected.tag().id() == Tag.NO_ID
                && rejected.tag().chunk() <= 1;
    }

    private static Ending ending(BlockBytes bytes, LogScan scan, OptionalInt erased) throws DeviceException {
        if (scan.end() == LogEnd.UNREADABLE) {
            return Ending.UNREADABLE;
        }
        boolean behindCommit = scan.isUsable() && scan.stopOffset() == scan.endOffset();
        return behindCommit && scan.end() != LogEnd.OVERLONG ? Ending.CLEAN : unfinished(bytes, scan, erased);
    }

    /** A commit without its end. Behind a torn one every byte is erased, or at least the same. */
    private static Ending unfinished(BlockBytes bytes, LogScan scan, OptionalInt erased) throws DeviceException {
        int from = Math.min(bytes.size(), scan.stopOffset() + Tag.BYTES);
        if (isUniform(bytes, from)) {
            return Ending.TORN;
        }
        return erased.isPresent() ? Ending.DAMAGED : Ending.UNCLEAR;
    }

    private static boolean isUniform(BlockBytes bytes, int from) throws DeviceException {
        if (from == bytes.size()) {
            return true;
        }
        byte first = bytes.read(from, 1).get();
        if (first != 0 && first != (byte) 0xff) {
            return false;
        }
        for (int at = from; at < bytes.size(); at += PIECE_BYTES) {
            ByteBuffer piece = bytes.read(at, Math.min(PIECE_BYTES, bytes.size() - at));
            while (piece.hasRemaining()) {
                if (piece.get() != first) {
                    return false;
                }
            }
        }
        return true;
    }

    /** A commit with its end and a wrong checksum. Its last byte was programmed last, so if it is, all of it was. */
    private static Ending ending(LogReader log, LogItem.Commit rejected, OptionalInt erased) throws DeviceException {
        LogItem.Commit commit = rejected;
        while (commit != null && !commit.isIntact()) {
            log.resume(commit);
            commit = nextCommit(log);
        }
        if (commit != null) {
            return Ending.DAMAGED;
        }
        if (erased.isEmpty()) {
            return Ending.UNCLEAR;
        }
        int lastByte = rejected.stored() >>> (Integer.SIZE - Byte.SIZE);
        return lastByte == erased.getAsInt() ? Ending.TORN : Ending.DAMAGED;
    }

    private static LogItem.@Nullable Commit nextCommit(LogReader log) throws DeviceException {
        for (LogItem item = log.next(); item != null; item = log.next()) {
            if (item instanceof LogItem.Commit commit) {
                return commit;
            }
        }
        return null;
    }
}

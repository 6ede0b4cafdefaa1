package dev.morgana.littlefs.log;

import dev.morgana.littlefs.layout.BlockBytes;
import dev.morgana.littlefs.layout.Dialect;
import dev.morgana.littlefs.layout.ForwardCrc;
import dev.morgana.littlefs.layout.LogEnd;
import dev.morgana.littlefs.layout.LogItem;
import dev.morgana.littlefs.layout.LogReader;
import dev.morgana.littlefs.layout.LogScan;
import dev.morgana.littlefs.layout.Tag;
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
 */
public record BlockExam(long block, @Nullable LogScan scan, Ending ending, boolean programmedBehind) {
    private static final int PIECE_BYTES = 4096;
    private static final int CRC_BYTES = Integer.BYTES;

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
            return new BlockExam(block, scan, ending(bytes, scan, dialect, erasedByte(blocks)), programmed);
        } catch (BadBlockException e) {
            return new BlockExam(block, null, Ending.UNREADABLE, false);
        }
    }

    private static OptionalInt erasedByte(Blocks blocks) {
        return blocks.geometry().erased().byteValue();
    }

    private static Ending ending(BlockBytes bytes, LogScan scan, Dialect dialect, OptionalInt erased)
            throws DeviceException {
        if (scan.end() == LogEnd.UNREADABLE) {
            return Ending.UNREADABLE;
        }
        boolean behindCommit = scan.isUsable() && scan.stopOffset() == scan.endOffset();
        if (behindCommit && scan.end() != LogEnd.BAD_CRC && scan.end() != LogEnd.OVERLONG) {
            return Ending.CLEAN;
        }
        return scan.end() == LogEnd.BAD_CRC ? rejected(bytes, scan, dialect, erased) : unfinished(bytes, scan, erased);
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
    private static Ending rejected(BlockBytes bytes, LogScan scan, Dialect dialect, OptionalInt erased)
            throws DeviceException {
        if (hasIntactCommitBehind(bytes, dialect)) {
            return Ending.DAMAGED;
        }
        if (erased.isEmpty()) {
            return Ending.UNCLEAR;
        }
        int lastByte = Byte.toUnsignedInt(
                bytes.read(scan.stopOffset() + Tag.BYTES + CRC_BYTES - 1, 1).get());
        return lastByte == erased.getAsInt() ? Ending.TORN : Ending.DAMAGED;
    }

    private static boolean hasIntactCommitBehind(BlockBytes bytes, Dialect dialect) throws DeviceException {
        LogReader log = new LogReader(bytes, dialect);
        boolean rejected = false;
        for (LogItem item = log.next(); item != null; item = log.next()) {
            if (item instanceof LogItem.Commit commit) {
                if (commit.isIntact() && rejected) {
                    return true;
                }
                if (!commit.isIntact()) {
                    rejected = true;
                    log.resume(commit);
                }
            }
        }
        return false;
    }
}

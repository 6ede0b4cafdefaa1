package dev.morgana.littlefs.pair;

import dev.morgana.littlefs.layout.BlockBytes;
import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.Dialect;
import dev.morgana.littlefs.layout.ForwardCrc;
import dev.morgana.littlefs.layout.LogScan;
import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.spi.error.BadBlockException;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.Position;
import dev.morgana.spi.error.StoreException;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** Fetches pairs from the device (section 5): chooses the block that counts and reads its log. */
public final class PairReader {
    private final Blocks blocks;
    private final Dialect dialect;

    public PairReader(Blocks blocks, Dialect dialect) {
        this.blocks = blocks;
        this.dialect = dialect;
    }

    /** One of the two blocks, with its revision if that could be read. */
    private record Side(
            long block, BlockBytes bytes, @Nullable Integer revision) {}

    /**
     * Fetches a pair.
     *
     * @param pair two block numbers, in range
     * @throws dev.morgana.spi.error.CorruptStoreException if neither block has an intact commit
     * @throws StoreException for this, or if the device fails
     */
    public MetadataPair read(BlockPair pair) throws StoreException {
        Side first = open(pair.first());
        Side second = open(pair.second());
        if (dialect == Dialect.CHAMELON
                && first.revision() != null
                && first.revision().equals(second.revision())) {
            return longerOf(first, second);
        }
        return isNewer(second, first) ? newerOf(second, first) : newerOf(first, second);
    }

    private Side open(long block) throws DeviceException {
        BlockBytes bytes = blocks.window(block);
        try {
            int revision =
                    bytes.read(0, Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).getInt();
            return new Side(block, bytes, revision);
        } catch (BadBlockException e) {
            return new Side(block, bytes, null);
        }
    }

    private boolean isNewer(Side side, Side than) {
        Integer revision = side.revision();
        Integer other = than.revision();
        return revision != null && (other == null || dialect.isNewer(revision, other));
    }

    /** The newer block counts, unless it has no commit. */
    private MetadataPair newerOf(Side newer, Side older) throws StoreException {
        LogScan scan = scan(newer);
        if (scan != null && scan.isUsable()) {
            return pair(newer, older, scan);
        }
        return fallback(newer, scan, older, scan(older));
    }

    /** Chamelon writes the same bytes to both blocks: of two with one revision, the one with more of them intact counts. */
    private MetadataPair longerOf(Side first, Side second) throws StoreException {
        LogScan one = scan(first);
        LogScan two = scan(second);
        boolean secondIsLonger = two != null && (one == null || two.commits() > one.commits());
        return secondIsLonger ? fallback(first, one, second, two) : fallback(second, two, first, one);
    }

    private MetadataPair fallback(Side other, @Nullable LogScan otherScan, Side side, @Nullable LogScan scan)
            throws StoreException {
        if (scan != null && scan.isUsable()) {
            return pair(side, other, scan);
        }
        Position where = blocks.position(other.block(), 0, "metadata pair");
        throw PeerError.corrupt(
                where,
                "an intact commit in block " + other.block() + " or " + side.block(),
                "none (" + why(otherScan) + ", " + why(scan) + ")");
    }

    private static String why(@Nullable LogScan scan) {
        return scan == null ? "unreadable" : scan.end().label();
    }

    private @Nullable LogScan scan(Side side) throws DeviceException {
        try {
            return LogScan.of(side.bytes(), dialect);
        } catch (BadBlockException e) {
            return null;
        }
    }

    private MetadataPair pair(Side active, Side other, LogScan scan) throws DeviceException {
        boolean erased =
                scan.endsClean() && scan.endOffset() % blocks.geometry().programSize() == 0;
        return MetadataPair.of(
                active.block(), other.block(), scan, erased, erased && isProvedErased(active.bytes(), scan));
    }

    private static boolean isProvedErased(BlockBytes bytes, LogScan scan) throws DeviceException {
        ForwardCrc forward = scan.forwardCrc();
        try {
            return forward != null && forward.matches(bytes, scan.endOffset());
        } catch (BadBlockException e) {
            return false;
        }
    }
}

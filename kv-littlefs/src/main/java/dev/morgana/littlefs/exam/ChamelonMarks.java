package dev.morgana.littlefs.exam;

import dev.morgana.littlefs.layout.BlockBytes;
import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.Dialect;
import dev.morgana.littlefs.layout.LogItem;
import dev.morgana.littlefs.layout.LogReader;
import dev.morgana.littlefs.layout.Superblock;
import dev.morgana.littlefs.layout.TagClass;
import dev.morgana.littlefs.layout.TagType;
import dev.morgana.littlefs.pair.Blocks;
import dev.morgana.littlefs.pair.MetadataPair;
import dev.morgana.littlefs.pair.PairReader;
import dev.morgana.littlefs.pair.Settings;
import dev.morgana.spi.error.BadBlockException;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.StoreException;

/**
 * Tells whether the root looks like chamelon's work (chamelon page, section 5, "Detecting"): version 2.0, names of at most 32 bytes and no create, as other builders
 * write too, and something that only chamelon does. It writes the same bytes to both blocks of a pair, revision and all, and
 * adds names to a log without creating their entries; the C implementation does so only when it compacts, in the first
 * commit. An empty image has none of that. It is a hint and no proof.
 */
public final class ChamelonMarks {
    private static final int NAME_MAX = 32;
    private static final int PIECE_BYTES = 4096;

    private ChamelonMarks() {}

    /**
     * Looks at the root's block that counts.
     *
     * @throws StoreException if the device fails other than by a bad block
     */
    public static boolean areOn(Blocks blocks) throws StoreException {
        try {
            MetadataPair root = new PairReader(blocks, Dialect.CHAMELON).read(BlockPair.SUPERBLOCK);
            boolean typical =
                    root.state().superblock().filter(ChamelonMarks::isTypical).isPresent();
            if (!typical) {
                return false;
            }
            Names names = names(blocks.window(root.activeBlock()), root.endOffset());
            return names != Names.CREATED && (names == Names.ADDED || areEqual(blocks, root));
        } catch (CorruptStoreException | BadBlockException e) {
            return false;
        }
    }

    /** Whether a superblock is as chamelon writes it. */
    public static boolean isTypical(Superblock superblock) {
        return superblock.nameMax() == NAME_MAX
                && superblock.major() == Settings.MAJOR_VERSION
                && superblock.minor() == 0;
    }

    private static boolean areEqual(Blocks blocks, MetadataPair pair) throws DeviceException {
        BlockBytes one = blocks.window(pair.blocks().first());
        BlockBytes two = blocks.window(pair.blocks().second());
        for (int at = 0; at < pair.endOffset(); at += PIECE_BYTES) {
            int length = Math.min(PIECE_BYTES, pair.endOffset() - at);
            if (!one.read(at, length).equals(two.read(at, length))) {
                return false;
            }
        }
        return true;
    }

    /** How entries got into a log. */
    private enum Names {
        /** At least one by a create, as in littlefs. */
        CREATED,
        /** At least one without, behind the first commit. */
        ADDED,
        /** All of them with the first commit. */
        COMPACTED
    }

    private static Names names(BlockBytes block, int endOffset) throws DeviceException {
        LogReader log = new LogReader(block, Dialect.CHAMELON);
        Names names = Names.COMPACTED;
        boolean compacted = true;
        for (LogItem item = log.next(); item != null && item.offset() < endOffset; item = log.next()) {
            if (item.tag().is(TagType.CREATE)) {
                return Names.CREATED;
            }
            if (item instanceof LogItem.Commit) {
                compacted = false;
            } else if (!compacted && item.tag().tagClass() == TagClass.NAME) {
                names = Names.ADDED;
            }
        }
        return names;
    }
}

package dev.morgana.littlefs.log;

import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.littlefs.layout.Superblock;
import dev.morgana.littlefs.pair.Blocks;
import dev.morgana.littlefs.pair.Settings;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.Position;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.error.UnsupportedFormatException;

/** What a superblock must be for this driver, these settings and this device (section 7.4). */
public final class SuperblockRules {
    private final Blocks blocks;
    private final Settings settings;

    /** The rules for a device of which all blocks are given. */
    public SuperblockRules(Blocks blocks, Settings settings) {
        this.blocks = blocks;
        this.settings = settings;
    }

    /**
     * Refuses a superblock that this driver cannot serve.
     *
     * @throws UnsupportedFormatException if it is of another version, or its limits are none of this format
     * @throws InvalidOptionException if a setting contradicts it
     * @throws CorruptStoreException if it has fewer than two blocks
     */
    public void check(Superblock superblock, Position where) throws StoreException {
        if (superblock.major() != Settings.MAJOR_VERSION || superblock.minor() > settings.minorVersion()) {
            throw PeerError.INVAL.on(new UnsupportedFormatException(
                    "littlefs " + superblock.versionText(),
                    "2.0" + (settings.minorVersion() == 0 ? "" : " to 2." + settings.minorVersion())));
        }
        checkLimit("nameMax", superblock.nameMax(), Settings.NAME_MAX, settings.nameMax());
        checkLimit("fileMax", superblock.fileMax(), Settings.FILE_MAX, settings.fileMax());
        checkLimit("attrMax", superblock.attrMax(), Settings.ATTR_MAX, settings.attrMax());
        if (settings.blockCount() > 0 && superblock.blockCount() != settings.blockCount()) {
            throw contradiction("blockCount", settings.blockCount(), superblock.blockCount());
        }
        if (superblock.blockSize() != blocks.size()) {
            throw contradiction("blockSize", blocks.size(), superblock.blockSize());
        }
        if (superblock.blockCount() < 2) {
            throw wrongCount(superblock, where);
        }
    }

    /** The damage of a device that has fewer blocks than its file system. */
    public CorruptStoreException tooShort(Superblock superblock, Position where) {
        assert superblock.blockCount() > blocks.count();
        return wrongCount(superblock, where);
    }

    private CorruptStoreException wrongCount(Superblock superblock, Position where) {
        return PeerError.corrupt(
                where,
                "2 to " + blocks.count() + " blocks of " + blocks.size() + " bytes, as the device has",
                superblock.blockCount() + " blocks");
    }

    /**
     * Refuses a pair that is on the device but not in the file system.
     *
     * @throws CorruptStoreException if a block number is too large
     */
    public void checkWithin(Superblock superblock, BlockPair pair, Position where) throws CorruptStoreException {
        Blocks own = blocks.withCount(superblock.blockCount());
        own.checkBlock(pair.first(), where);
        own.checkBlock(pair.second(), where);
    }

    private static void checkLimit(String name, long found, long formatMax, long accepted) throws StoreException {
        if (found > formatMax) {
            throw PeerError.INVAL.on(new UnsupportedFormatException(name + " " + found, "up to " + formatMax));
        }
        if (found > accepted) {
            throw contradiction(name, accepted, found);
        }
    }

    private static InvalidOptionException contradiction(String option, long wanted, long found) {
        return PeerError.INVAL.on(new InvalidOptionException(option, "is " + wanted + ", the image has " + found));
    }
}

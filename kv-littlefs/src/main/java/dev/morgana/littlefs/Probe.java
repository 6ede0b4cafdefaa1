package dev.morgana.littlefs;

import dev.morgana.littlefs.exam.ChamelonMarks;
import dev.morgana.littlefs.layout.Dialect;
import dev.morgana.littlefs.layout.OldSuperblock;
import dev.morgana.littlefs.layout.Superblock;
import dev.morgana.littlefs.log.DeviceShape;
import dev.morgana.littlefs.log.OldSuperblockSearch;
import dev.morgana.littlefs.log.SuperblockChain;
import dev.morgana.littlefs.log.SuperblockSearch;
import dev.morgana.littlefs.pair.Blocks;
import dev.morgana.littlefs.pair.Settings;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.Confidence;
import dev.morgana.spi.provider.Identification;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Recognises littlefs on a device by its superblock. */
final class Probe {
    private Probe() {}

    static Optional<Identification> probe(BlockDevice device) throws StoreException {
        Optional<SuperblockSearch.Found> found = SuperblockSearch.find(device, Dialect.LITTLEFS);
        if (found.isPresent()) {
            return Optional.of(identify(device, found.get()));
        }
        if (SuperblockSearch.hasMagic(device)) {
            return Optional.of(unproved(device));
        }
        return OldSuperblockSearch.find(device).map(old -> old(device, old));
    }

    /** What a superblock says counts as a hint where its checksum does not prove it. */
    private static Identification unproved(BlockDevice device) throws StoreException {
        Optional<Superblock> found = SuperblockSearch.findUnproved(device).filter(Probe::isPlausible);
        if (found.isEmpty()) {
            return possible("", device.geometry(), "magic in block 0, without an intact commit");
        }
        Superblock superblock = found.get();
        return possible(
                superblock.versionText(),
                geometry(device, superblock.blockSize(), superblock.blockCount()),
                "superblock in block 0; version and geometry are unproved, since its checksum is wrong");
    }

    private static boolean isPlausible(Superblock superblock) {
        return superblock.major() == Settings.MAJOR_VERSION
                && superblock.blockSize() >= Settings.BLOCK_SIZE_MIN
                && superblock.blockSize() <= Settings.BLOCK_SIZE_MAX
                && superblock.blockCount() >= 2;
    }

    private static Identification old(BlockDevice device, OldSuperblock found) {
        return new Identification(
                LittleFsProvider.FORMAT,
                found.versionText(),
                Confidence.CERTAIN,
                geometry(device, found.blockSize(), found.blockCount()),
                Options.none(),
                List.of("superblock of littlefs 1, with the right checksum"),
                List.of("this version cannot be opened; 2.0 and 2.1 can"));
    }

    /** The geometry that an image claims, in units that fit any block. */
    private static Geometry geometry(BlockDevice device, long blockSize, long blockCount) {
        if (blockSize < 1 || blockSize > Settings.BLOCK_SIZE_MAX || blockCount < 1) {
            return device.geometry();
        }
        return new Geometry(1, 1, (int) blockSize, blockCount, device.geometry().erased());
    }

    private static Identification identify(BlockDevice device, SuperblockSearch.Found found) throws StoreException {
        long blockSize = found.superblock().blockSize();
        if (blockSize < Settings.BLOCK_SIZE_MIN || blockSize > Settings.BLOCK_SIZE_MAX) {
            return possible("", device.geometry(), "intact superblock with a block size of " + blockSize);
        }
        Settings settings = LittleFsOptions.settings(Options.none().with(LittleFsOptions.BLOCK_SIZE, blockSize));
        Blocks blocks = DeviceShape.blocks(device, blockSize, settings);
        Superblock superblock = blocks.count() < 2
                ? found.superblock()
                : SuperblockChain.last(blocks, settings).orElse(found.superblock());
        Geometry geometry = blocks.device().geometry().withBlockCount(superblock.blockCount());
        return new Identification(
                LittleFsProvider.FORMAT,
                superblock.versionText(),
                Confidence.CERTAIN,
                geometry,
                Options.none().with(LittleFsOptions.BLOCK_SIZE, blockSize),
                List.of("superblock in block " + found.block() + ", with the right checksum"),
                hints(blocks, superblock));
    }

    private static List<String> hints(Blocks blocks, Superblock superblock) throws StoreException {
        List<String> hints = new ArrayList<>();
        if (blocks.count() >= 2 && ChamelonMarks.areOn(blocks)) {
            hints.add(
                    "looks like the work of chamelon; if so, open it with dialect=chamelon, else with dialect=littlefs");
        }
        if (blocks.count() < superblock.blockCount()) {
            hints.add("the file system has " + superblock.blockCount() + " blocks, the device only " + blocks.count());
        }
        return hints;
    }

    private static Identification possible(String version, Geometry geometry, String evidence) {
        return new Identification(
                LittleFsProvider.FORMAT,
                version,
                Confidence.POSSIBLE,
                geometry,
                Options.none(),
                List.of(evidence),
                List.of());
    }
}

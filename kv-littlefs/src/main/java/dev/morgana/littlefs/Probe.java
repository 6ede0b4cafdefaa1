package dev.morgana.littlefs;

import dev.morgana.littlefs.layout.Dialect;
import dev.morgana.littlefs.layout.Superblock;
import dev.morgana.littlefs.log.Blocks;
import dev.morgana.littlefs.log.ChamelonMarks;
import dev.morgana.littlefs.log.DeviceShape;
import dev.morgana.littlefs.log.Settings;
import dev.morgana.littlefs.log.SuperblockChain;
import dev.morgana.littlefs.log.SuperblockSearch;
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
            return Optional.of(possible(device, "magic in block 0, without an intact commit"));
        }
        return Optional.empty();
    }

    private static Identification identify(BlockDevice device, SuperblockSearch.Found found) throws StoreException {
        long blockSize = found.superblock().blockSize();
        if (blockSize < Settings.BLOCK_SIZE_MIN || blockSize > Settings.BLOCK_SIZE_MAX) {
            return possible(device, "intact superblock with a block size of " + blockSize);
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
            hints.add("looks like the work of chamelon; if so, open it with dialect=chamelon");
        }
        if (blocks.count() < superblock.blockCount()) {
            hints.add("the file system has " + superblock.blockCount() + " blocks, the device only " + blocks.count());
        }
        return hints;
    }

    private static Identification possible(BlockDevice device, String evidence) {
        return new Identification(
                LittleFsProvider.FORMAT,
                "",
                Confidence.POSSIBLE,
                device.geometry(),
                Options.none(),
                List.of(evidence),
                List.of());
    }
}

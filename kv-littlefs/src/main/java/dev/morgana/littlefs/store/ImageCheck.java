package dev.morgana.littlefs.store;

import dev.morgana.littlefs.check.CheckRun;
import dev.morgana.littlefs.check.Findings;
import dev.morgana.littlefs.pair.Blocks;
import dev.morgana.littlefs.pair.Settings;
import dev.morgana.spi.backend.StoreLife;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.facet.Finding;
import java.util.function.Consumer;

/** Verification of a whole image, damaged or not. */
final class ImageCheck implements Check {
    private final Blocks blocks;
    private final Settings settings;
    private final StoreLife life;

    /** A check of all blocks of a device. */
    ImageCheck(Blocks blocks, Settings settings, StoreLife life) {
        this.blocks = blocks;
        this.settings = settings;
        this.life = life;
    }

    @Override
    public void check(Depth depth, Consumer<Finding> findings) throws StoreException {
        life.reading(() -> {
            new CheckRun(blocks, settings, depth == Depth.DEEP, new Findings(findings)).run();
            return true;
        });
    }
}

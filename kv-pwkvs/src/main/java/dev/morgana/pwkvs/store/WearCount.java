package dev.morgana.pwkvs.store;

import dev.morgana.pwkvs.sector.Kvs;
import dev.morgana.pwkvs.sector.LogWalk;
import dev.morgana.spi.backend.StoreLife;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Wear;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * When sectors were erased last, as far as it can be told: the format keeps no counts, but the oldest entry of a sector was
 * written, or moved, after that.
 */
record WearCount(Kvs kvs, StoreLife life) implements Wear {
    private static final String MEASURE = "oldest transaction since the last erase";

    @Override
    public void wear(Consumer<BlockWear> blocks) throws StoreException {
        life.changing(() -> {
            LogWalk walk = new LogWalk(kvs.flash(), kvs.settings());
            for (int sector = 0; sector < kvs.settings().sectorCount(); sector++) {
                OptionalLong oldest = walk.pieces(sector).stream()
                        .flatMap(piece -> piece.entry().stream())
                        .mapToLong(header -> Integer.toUnsignedLong(header.transactionId()))
                        .min();
                if (oldest.isPresent()) {
                    long block = (long) kvs.settings().firstSector() + sector;
                    blocks.accept(new BlockWear(block, oldest.getAsLong(), MEASURE));
                }
            }
            return true;
        });
    }
}

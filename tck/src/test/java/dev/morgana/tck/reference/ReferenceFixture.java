package dev.morgana.tck.reference;

import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.provider.StoreProvider;
import dev.morgana.tck.store.Media;
import dev.morgana.tck.store.StoreFixture;
import dev.morgana.tck.store.Variant;
import java.util.List;

/** The reference stores under test, on flash that is strict. */
record ReferenceFixture(StoreProvider provider) implements StoreFixture {
    @Override
    public List<Variant> variants() {
        return List.of(
                Variant.of("128x64 prog16", new Geometry(16, 16, 128, 64, ErasedState.ONES))
                        .withRoom(2_000, 24),
                Variant.of("512x96 prog1 zeros", new Geometry(1, 1, 512, 96, ErasedState.ZEROS))
                        .withSizes(0xff)
                        .withRoom(16_000, 300),
                Variant.of("4096x48 prog512", new Geometry(64, 512, 4096, 48, ErasedState.ONES))
                        .withRoom(80_000, 100));
    }

    @Override
    public Media media() {
        return Media.flash();
    }

    @Override
    public boolean reportsEveryLoss() {
        return true;
    }
}

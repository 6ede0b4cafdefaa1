package com.example.toy;

import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.provider.StoreProvider;
import dev.morgana.tck.store.Media;
import dev.morgana.tck.store.StoreFixture;
import dev.morgana.tck.store.StoreTck;
import dev.morgana.tck.store.Variant;
import java.util.List;

/** The contract of stores, power cuts and failing reads included, on flash that keeps its rules. */
class ToyContractTest extends StoreTck {
    @Override
    protected StoreFixture fixture() {
        return new StoreFixture() {
            @Override
            public StoreProvider provider() {
                return new ToyProvider();
            }

            @Override
            public List<Variant> variants() {
                return List.of(
                        Variant.of("128x64 prog16", new Geometry(16, 16, 128, 64, ErasedState.ONES))
                                .withRoom(2_000, 24),
                        Variant.of("512x96 prog1 zeros", new Geometry(1, 1, 512, 96, ErasedState.ZEROS))
                                .withSizes(0xff)
                                .withRoom(16_000, 300));
            }

            @Override
            public Media media() {
                return Media.flash();
            }

            @Override
            public int seeds() {
                return 20;
            }

            @Override
            public boolean reportsEveryLoss() {
                return true;
            }
        };
    }
}

package dev.morgana.tck.reference;

import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.tck.store.Media;
import dev.morgana.tck.store.StoreFixture;
import dev.morgana.tck.store.StoreTck;
import dev.morgana.tck.store.Variant;
import java.util.List;

/** A flat store without batches and scans, under a tree that has to do without them. */
class PlainFlatTest extends StoreTck {
    @Override
    protected StoreFixture fixture() {
        return new StoreFixture() {
            @Override
            public PlainFlatProvider provider() {
                return new PlainFlatProvider();
            }

            @Override
            public List<Variant> variants() {
                Geometry geometry = new Geometry(1, 128, 512, 32, ErasedState.UNDEFINED);
                return List.of(Variant.of("512x32 prog128 undefined", geometry).withRoom(3_000, 300));
            }

            @Override
            public Media media() {
                return Media.ram();
            }
        };
    }
}

package dev.morgana.littlefs;

import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.error.UnsupportedFormatException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.StoreProvider;
import dev.morgana.tck.store.Media;
import dev.morgana.tck.store.StoreFixture;
import dev.morgana.tck.store.Variant;
import java.util.List;

/** littlefs in the dialect of chamelon under test. */
record ChamelonFixture(Media media, List<Variant> variants, int seeds) implements StoreFixture {
    static final Options DIALECT = Options.none().plus("dialect", "chamelon");

    /** The blocks of chamelon's own tests; directories soon have several pairs. */
    static final Variant SMALL = variant("512x700", new Geometry(16, 16, 512, 700, ErasedState.ONES))
            .withSizes(128)
            .withRoom(60_000, 300);

    /** Every directory of more than two or three entries has several pairs. */
    static final Variant SMALLEST = variant("128x400", new Geometry(1, 1, 128, 400, ErasedState.ONES))
            .withSizes(32)
            .withRoom(1_500, 20);

    /** Chamelon's default, on a medium that does not erase. */
    static final Variant COMMON = variant("4096x64", new Geometry(512, 512, 4096, 64, ErasedState.UNDEFINED))
            .withSizes(1022)
            .withRoom(60_000, 60);

    private static Variant variant(String name, Geometry geometry) {
        return Variant.of(name, geometry).withOptions(DIALECT, DIALECT);
    }

    @Override
    public StoreProvider provider() {
        return new LittleFsProvider();
    }

    @Override
    public List<Key> innerNames() {
        return List.of(Key.of("littlefs"));
    }

    @Override
    public boolean explainsDamage(StoreException error) {
        return error instanceof UnsupportedFormatException;
    }
}

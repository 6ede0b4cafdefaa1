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

/** littlefs under test, on some media and set up in some ways. */
record LittleFsFixture(Media media, List<Variant> variants, int seeds) implements StoreFixture {
    /** The smallest block that is legal; nearly every entry has a pair of its own. */
    static final Variant SMALLEST = Variant.of("128x160", new Geometry(1, 1, 128, 160, ErasedState.ONES))
            .withSizes(16)
            .withRoom(1_500, 20);

    /** Metadata moves all the time. */
    static final Variant WORN = variant(
                    "256x128 worn", new Geometry(8, 8, 256, 128, ErasedState.ONES), "blockCycles", "1")
            .withSizes(32)
            .withRoom(3_000, 20);

    /** Every commit takes a whole block, so every commit compacts. */
    static final Variant COARSE = Variant.of("512x96 prog512", new Geometry(512, 512, 512, 96, ErasedState.ONES))
            .withSizes(64)
            .withRoom(8_000, 24);

    /** Room for the many keys that the contract asks one variant for. */
    static final Variant COMMON = Variant.of("512x700 prog16", new Geometry(16, 16, 512, 700, ErasedState.ONES))
            .withSizes(64)
            .withRoom(60_000, 300);

    /** The same with less to fill, for media that take their time. */
    static final Variant FEWER = Variant.of("512x360 prog16", new Geometry(16, 16, 512, 360, ErasedState.ONES))
            .withSizes(64)
            .withRoom(20_000, 300);

    /** Blocks that are no power of two, and no memory for decoded metadata. */
    static final Variant ODD = variant(
                    "768x90",
                    new Geometry(48, 96, 768, 90, ErasedState.ONES),
                    "blockCycles",
                    "20",
                    "metadataCacheBytes",
                    "0")
            .withSizes(96)
            .withRoom(16_000, 40);

    /** The older version, erased to zeros. */
    static final Variant OLDER = variant(
                    "1024x80 v2.0", new Geometry(16, 64, 1024, 80, ErasedState.ZEROS), "diskVersion", "2.0")
            .withSizes(128)
            .withRoom(16_000, 40);

    /** Common NOR flash. */
    static final Variant NOR = Variant.of("4096x64 prog256", new Geometry(256, 256, 4096, 64, ErasedState.ONES))
            .withSizes(512)
            .withRoom(60_000, 60);

    /** Part of the log is used, and nothing is inline. */
    static final Variant LIMITED = variant(
                    "8192x48 limited",
                    new Geometry(64, 64, 8192, 48, ErasedState.ONES),
                    "metadataMax",
                    "1024",
                    "inlineMax",
                    "-1")
            .withRoom(60_000, 24);

    /** NAND flash. */
    static final Variant NAND = Variant.of("131072x48 prog2048", new Geometry(2048, 2048, 131072, 48, ErasedState.ONES))
            .withSizes(1022)
            .withRoom(600_000, 24);

    private static Variant variant(String name, Geometry geometry, String... options) {
        Options format = Options.none();
        for (int i = 0; i < options.length; i += 2) {
            format = format.plus(options[i], options[i + 1]);
        }
        return Variant.of(name, geometry).withOptions(format, format);
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

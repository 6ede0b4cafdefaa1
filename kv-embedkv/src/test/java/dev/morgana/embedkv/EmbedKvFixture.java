package dev.morgana.embedkv;

import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.StoreProvider;
import dev.morgana.tck.store.Media;
import dev.morgana.tck.store.StoreFixture;
import dev.morgana.tck.store.Variant;
import java.util.List;

/** embedkv under test, on some media and set up in some ways. */
record EmbedKvFixture(Media media, List<Variant> variants, int seeds) implements StoreFixture {
    /** The least blocks that the keys of the contract fit into, written in halves when the power fails. */
    static final Variant SMALL = variant("64x72", new Geometry(32, 32, 64, 72, ErasedState.ZEROS), 540, 20);

    /** The same with blocks that are written or not, for the media where power cuts are not what is tried. */
    static final Variant UNTORN = variant("64x72 untorn", new Geometry(64, 64, 64, 72, ErasedState.ZEROS), 540, 20);

    /** Room for the many keys that the contract asks one variant for; blocks that are no power of two. */
    static final Variant LARGE = variant("80x700", new Geometry(40, 80, 80, 700, ErasedState.ZEROS), 9_000, 300)
            .withSizes(43, 43 + 56);

    /** Three replicas. */
    static final Variant THREE = variant(
                    "64x64, three replicas", new Geometry(64, 64, 64, 64, ErasedState.ZEROS), 540, 20)
            .withDevices(3);

    /** Freed blocks look like erased flash. */
    static final Variant ONES = variant(
                    "96x60, free blocks are ff", new Geometry(1, 96, 96, 60, ErasedState.ONES), 900, 20)
            .withOptions(
                    Options.none().plus("freePattern", "255"), Options.none().plus("freePattern", "255"));

    private static Variant variant(String name, Geometry geometry, long bytes, int entries) {
        return Variant.of(name, geometry).withRoom(bytes, entries);
    }

    @Override
    public StoreProvider provider() {
        return new EmbedKvProvider();
    }
}

package dev.morgana.pwkvs;

import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.StoreProvider;
import dev.morgana.tck.store.Media;
import dev.morgana.tck.store.StoreFixture;
import dev.morgana.tck.store.Variant;
import java.util.List;

/** pw_kvs under test, on some media and set up in some ways. */
record PwKvsFixture(Media media, List<Variant> variants, int seeds) implements StoreFixture {
    private static final Options LAZY = Options.none().plus("recovery", "lazy");

    /** Little room, so that sectors are collected all the time. */
    static final Variant SMALL = variant("512x8", new Geometry(1, 16, 512, 8, ErasedState.ONES), LAZY, 700, 16);

    /** Room for the many keys that the contract asks one variant for. */
    static final Variant LARGE = variant("2048x24", new Geometry(1, 32, 2048, 24, ErasedState.ONES), LAZY, 2_400, 300);

    /**
     * Two copies of each entry, in flash that is erased to zeros and read in units. The checksum has four bytes, since of two
     * one torn entry in 65,536 is taken for whole: so is one of the contract, whose missing tail happens to be worth zeros.
     */
    static final Variant TWO_COPIES = variant(
            "1024x12, two copies",
            new Geometry(4, 32, 1024, 12, ErasedState.ZEROS),
            LAZY.plus("redundancy", "2").plus("erasedValue", "0x00").plus("formats", "0x9b41e07d:crc32"),
            1_200,
            20);

    private static Variant variant(String name, Geometry geometry, Options options, long bytes, int entries) {
        Options known = options.plus("sectorSize", Integer.toString(geometry.blockSize()));
        return Variant.of(name, geometry)
                .withOptions(known, known)
                .withSizes(geometry.blockSize() - 100)
                .withRoom(bytes, entries);
    }

    @Override
    public StoreProvider provider() {
        return new PwKvsProvider();
    }

    /** The pw_kvs page, section 23.11: two keys with one hash cannot be in a store, and a NUL at the end adds nothing to it. */
    @Override
    public boolean canHold(byte[] key) {
        return key.length == 0 || key[key.length - 1] != 0;
    }
}

package dev.morgana.crypt;

import dev.morgana.embedkv.EmbedKvProvider;
import dev.morgana.littlefs.LittleFsProvider;
import dev.morgana.lsm.EkvFsProvider;
import dev.morgana.lsm.EkvProvider;
import dev.morgana.pwkvs.PwKvsProvider;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.error.UnsupportedFormatException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.StoreProvider;
import dev.morgana.tck.store.StoreFixture;
import dev.morgana.tck.store.Variant;
import java.util.List;

/** An encrypted format under test. */
record CryptFixture(StoreProvider format, List<Variant> variants, int seeds) implements StoreFixture {
    /** Chance for a damaged image to contradict the options that it is opened with, or to claim another version. */
    @Override
    public boolean explainsDamage(StoreException error) {
        return error instanceof InvalidOptionException || error instanceof UnsupportedFormatException;
    }

    @Override
    public StoreProvider provider() {
        return new EncryptedProvider(format);
    }

    @Override
    public List<Key> innerNames() {
        return List.of(
                Key.of("morgana.crypt"),
                Key.of("morgana.crypt.state"),
                Key.of("morgana.crypt.reserve"),
                Key.of("littlefs"));
    }

    @Override
    public boolean isReproducible() {
        return false;
    }

    /** pw_kvs tells keys apart by a hash to which a NUL at the end adds nothing. */
    @Override
    public boolean canHold(byte[] key) {
        return !(format instanceof PwKvsProvider) || key.length == 0 || key[key.length - 1] != 0;
    }

    /** Where half-empty pages lie, or where the log stands, decides about a value or two. */
    @Override
    public int refillSlack() {
        return 2;
    }

    /** Each format with room for what the contract wants, in a small shape and a larger one. */
    static List<Variant> variants(StoreProvider format, String... layer) {
        if (format instanceof LittleFsProvider) {
            return List.of(
                    variant("256x200", new Geometry(16, 16, 256, 200, ErasedState.ONES), 3_000, 20, layer),
                    variant("512x900", new Geometry(16, 16, 512, 900, ErasedState.ONES), 60_000, 300, layer));
        }
        if (format instanceof EkvFsProvider) {
            return List.of(
                    ekv("1024x60", 60, 5_000, 20, plus(layer, "chunkSize", "512")),
                    ekv("1024x320", 320, 40_000, 300, plus(layer, "chunkSize", "512")));
        }
        if (format instanceof EkvProvider) {
            return List.of(ekv("1024x44", 44, 4_000, 20, layer), ekv("1024x220", 220, 20_000, 300, layer));
        }
        if (format instanceof EmbedKvProvider) {
            return List.of(
                    variant("128x80", new Geometry(64, 64, 128, 80, ErasedState.ZEROS), 700, 20, layer),
                    variant("160x640", new Geometry(160, 160, 160, 640, ErasedState.ZEROS), 9_000, 300, layer));
        }
        String[] lazy = plus(layer, "recovery", "lazy");
        return List.of(
                variant(
                        "1024x12",
                        new Geometry(1, 16, 1024, 12, ErasedState.ONES),
                        1_000,
                        20,
                        plus(lazy, "sectorSize", "1024")),
                variant(
                        "4096x24",
                        new Geometry(1, 32, 4096, 24, ErasedState.ONES),
                        4_000,
                        300,
                        plus(lazy, "sectorSize", "4096")));
    }

    private static Variant ekv(String name, int pages, long bytes, int entries, String... options) {
        Geometry geometry = new Geometry(4, 4, 1024, pages, ErasedState.ONES);
        return variant(
                name,
                geometry,
                bytes,
                entries,
                plus(options, "pageSize", "1024", "maxKeySize", "128", "maxValueSize", "1024", "crc", "true"));
    }

    private static String[] plus(String[] options, String... more) {
        String[] all = java.util.Arrays.copyOf(options, options.length + more.length);
        System.arraycopy(more, 0, all, options.length, more.length);
        return all;
    }

    private static Variant variant(String name, Geometry geometry, long bytes, int entries, String... options) {
        Options encrypted = EncryptedProvider.options(Options.none());
        for (int i = 0; i < options.length; i += 2) {
            encrypted = encrypted.plus(options[i], options[i + 1]);
        }
        return Variant.of(name, geometry).withOptions(encrypted, encrypted).withRoom(bytes, entries);
    }
}

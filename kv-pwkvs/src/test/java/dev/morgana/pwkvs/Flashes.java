package dev.morgana.pwkvs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Options;
import dev.morgana.tck.device.RamDevice;
import dev.morgana.tck.model.Content;

/** Stores in memory for the tests. */
final class Flashes {
    private Flashes() {}

    static Geometry geometry(int sectorSize, int sectors) {
        return new Geometry(1, 16, sectorSize, sectors, ErasedState.ONES);
    }

    static Options options(String... namesAndValues) {
        Options options = Options.none();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            options = options.plus(namesAndValues[i], namesAndValues[i + 1]);
        }
        return options;
    }

    static PwKvs opened(RamDevice device, Options options) throws StoreException {
        return PwKvs.open(device, options);
    }

    static byte[] raw(String key) {
        return key.getBytes(UTF_8);
    }

    /** The value that a key has in {@link #filled}. */
    static byte[] value(int number) {
        return new Content(30 + number * 7 % 41, number).bytes();
    }

    /** A store with some keys, one of which was overwritten and one deleted. */
    static RamDevice filled(int sectorSize, int sectors, int keys, Options options) throws StoreException {
        RamDevice device = RamDevice.erased(geometry(sectorSize, sectors));
        PwKvs kvs = opened(device, options);
        kvs.put(raw("k0"), value(99));
        kvs.put(raw("gone"), value(98));
        for (int i = 0; i < keys; i++) {
            kvs.put(raw("k" + i), value(i));
        }
        kvs.delete(raw("gone"));
        return device;
    }
}

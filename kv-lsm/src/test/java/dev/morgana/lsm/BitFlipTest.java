package dev.morgana.lsm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.facet.Dump;
import dev.morgana.spi.facet.WriteTransaction;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.tck.device.RamDevice;
import dev.morgana.tck.store.Campaign;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Flipped bits: the right value, an earlier committed one, or {@link CorruptStoreException}. Without checksums a wrong value is
 * allowed; a crash, a hang or unbounded memory never is.
 */
@Campaign
class BitFlipTest {
    private static final int KEYS = 12;
    private static final int COMMITS = 60;

    private static final int SMALL_BYTES = 16 * 1024;
    private static final int FLIPS = 2_000;

    /** Every value that a key ever had; null among them if it was ever missing. */
    private final Map<String, Set<ByteBuffer>> committed = new HashMap<>();

    private static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.US_ASCII);
    }

    private RamDevice image(Config config, Geometry geometry) throws StoreException {
        RamDevice flash = RamDevice.erased(geometry);
        Ekv.format(flash, config.options());
        Random random = new Random(config.ordinal());
        try (Ekv database = Ekv.open(flash, config.options())) {
            for (int commit = 0; commit < COMMITS; commit++) {
                try (WriteTransaction change = database.write()) {
                    for (int i = 0; i <= random.nextInt(3); i++) {
                        write(change, "k" + random.nextInt(KEYS), random);
                    }
                    change.commit();
                }
            }
        }
        return flash;
    }

    private void write(WriteTransaction change, String key, Random random) throws StoreException {
        Set<ByteBuffer> values = committed.computeIfAbsent(key, k -> new HashSet<>());
        if (random.nextInt(6) == 0) {
            change.remove(bytes(key));
        } else {
            byte[] value = new byte[random.nextInt(40)];
            random.nextBytes(value);
            change.put(bytes(key), value);
            values.add(ByteBuffer.wrap(value));
        }
    }

    private void flip(Config config, byte[] image, int bit, boolean checksums) {
        image[bit / 8] ^= (byte) (1 << bit % 8);
        try {
            judge(config, image, checksums);
        } catch (Exception | AssertionError e) {
            throw new AssertionError(config + ", byte " + bit / 8 + ", bit " + bit % 8 + ": " + e, e);
        } finally {
            image[bit / 8] ^= (byte) (1 << bit % 8);
        }
    }

    private void judge(Config config, byte[] image, boolean checksums) throws StoreException {
        try (FlatStore store = Ekv.open(RamDevice.of(geometry(config, image), image), config.options())
                .store()) {
            for (int i = 0; i < KEYS; i++) {
                expectCommitted(store, "k" + i, checksums);
            }
            write(store, checksums);
        } catch (CorruptStoreException | InvalidOptionException e) {
            assertThat(e.getMessage()).isNotEmpty();
        }
    }

    private static Geometry geometry(Config config, byte[] image) {
        return config.geometry().withBlockCount(image.length / config.geometry().blockSize());
    }

    private void expectCommitted(FlatStore store, String key, boolean checksums) throws StoreException {
        try {
            Optional<byte[]> value = store.get(bytes(key));
            if (checksums && value.isPresent()) {
                assertThat(committed.getOrDefault(key, Set.of()))
                        .as("values of " + key)
                        .contains(ByteBuffer.wrap(value.get()));
            }
        } catch (CorruptStoreException e) {
            assertThat(e.position().block()).isNotNegative();
        }
    }

    private static void write(FlatStore store, boolean checksums) throws StoreException {
        try {
            store.put(bytes("probe"), new byte[9]);
            // without checksums a key that is damaged may lead the search astray
            assertThat(store.get(bytes("probe")).isPresent() || !checksums).isTrue();
        } catch (NoSpaceException e) {
            assertThat(e.nativeCode()).contains("Full");
        }
    }

    /** The tools end on any image, and never write. */
    private static void inspect(Config config, byte[] image) throws StoreException {
        RamDevice flash = RamDevice.of(geometry(config, image), image);
        try (Inspection inspection = Ekv.inspect(flash, config.options())) {
            inspection.facet(Check.class).orElseThrow().check(Check.Depth.DEEP, finding -> {});
            inspection.facet(Dump.class).orElseThrow().dump(page -> true, structure -> {});
        }
        assertThat(flash.image()).isEqualTo(image);
    }

    @ParameterizedTest
    @EnumSource(
            value = Config.class,
            names = {"P128", "P256_A2_BF4", "P512_A1", "P512_E00", "P512_A8"})
    void everyBitOfASmallImage(Config config) throws StoreException {
        boolean checksums = config.options().get(EkvOptions.CRC);
        int pageSize = config.geometry().blockSize();
        long pages = Math.min(config.geometry().blockCount(), SMALL_BYTES / pageSize);
        byte[] image = image(config, config.geometry().withBlockCount(pages)).image();
        for (int bit = 0; bit < image.length * 8; bit++) {
            flip(config, image, bit, checksums);
        }
    }

    @ParameterizedTest
    @EnumSource(Config.class)
    void someBitsOfEveryImage(Config config) throws StoreException {
        boolean checksums = config.options().get(EkvOptions.CRC);
        byte[] image = image(config, config.geometry()).image();
        Random random = new Random(11);
        for (int i = 0; i < FLIPS; i++) {
            flip(config, image, random.nextInt(image.length * 8), checksums);
        }
        for (int i = 0; i < FLIPS / 10; i++) {
            int bit = random.nextInt(image.length * 8);
            image[bit / 8] ^= (byte) (1 << bit % 8);
            inspect(config, image);
            image[bit / 8] ^= (byte) (1 << bit % 8);
        }
    }
}

package dev.morgana.embedkv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.NoSuchKeyException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.error.UnsupportedFormatException;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.facet.Dump;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.facet.History;
import dev.morgana.spi.facet.Usage;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.tck.model.Content;
import dev.morgana.tck.store.Campaign;
import dev.morgana.tck.store.TestSize;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Damage anywhere: the right value or a clear error, nothing made up, and it shows in the check as long as it can be seen. */
@Campaign
class DamageTest {
    private static final int BLOCKS = 24;
    private static final int HOSTILE_IMAGES = TestSize.of(100, 1_000, 50_000);

    /** What is done to a byte. */
    private static final int[] MASKS = {0x01, 0x02, 0x80, 0xff};

    private static Map<String, byte[]> content() {
        Map<String, byte[]> content = new LinkedHashMap<>();
        int[] sizes = {0, 10, 70, 150, 25};
        for (int i = 0; i < sizes.length; i++) {
            content.put("k" + i, new Content(sizes[i], i).bytes());
        }
        return content;
    }

    private static Replicas replicas(int count, int blockSize) throws StoreException {
        Replicas replicas = Replicas.formatted(count, blockSize, BLOCKS);
        try (FlatStore store = replicas.open()) {
            for (Map.Entry<String, byte[]> entry : content().entrySet()) {
                store.put(entry.getKey().getBytes(UTF_8), entry.getValue());
            }
        }
        return replicas;
    }

    private static List<Finding> findings(Replicas replicas) throws StoreException {
        List<Finding> findings = new ArrayList<>();
        try (Inspection inspection = EmbedKv.inspect(replicas.devices(), Options.none())) {
            inspection.facet(Check.class).orElseThrow().check(Check.Depth.DEEP, findings::add);
        }
        return findings;
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 64, 128})
    void ofOneByteLosesNothingUnseen(int blockSize) throws StoreException {
        byte[] good = replicas(1, blockSize).image(0);
        for (int position = 0; position < good.length; position++) {
            for (int mask : MASKS) {
                byte[] bad = good.clone();
                bad[position] ^= (byte) mask;
                // A block whose first byte says that it is free tells nothing of what it was.
                boolean hidden = position % blockSize == 0 && (bad[position] == 0 || bad[position] == -1);
                expectNothingUnseen(new Replicas(blockSize, List.of(bad)), hidden);
            }
        }
    }

    private static void expectNothingUnseen(Replicas replicas, boolean hidden) throws StoreException {
        List<Finding> findings = findings(replicas);
        Set<String> missing = new TreeSet<>(content().keySet());
        try (FlatStore store = replicas.open()) {
            try (Stream<byte[]> keys = store.keys()) {
                for (byte[] key : keys.toList()) {
                    String name = new String(key, UTF_8);
                    assertThat(missing.remove(name))
                            .as("key %s was never made", name)
                            .isTrue();
                    assertThat(store.get(key)).hasValue(content().get(name));
                }
            }
        } catch (CorruptStoreException | UnsupportedFormatException e) {
            assertThat(findings).isNotEmpty();
            return;
        }
        if (!missing.isEmpty() && !hidden) {
            assertThat(findings).as("missing: %s", missing).isNotEmpty();
        }
    }

    @Test
    void ofOneByteOfThreeReplicasLosesNothing() throws StoreException {
        int blockSize = 64;
        Replicas good = replicas(3, blockSize);
        for (int position = 0; position < good.image(0).length; position++) {
            for (int mask : MASKS) {
                Replicas bad = new Replicas(blockSize, good.images());
                int victim = position % 3;
                bad.overwrite(victim, position, new byte[] {(byte) (good.image(victim)[position] ^ mask)});
                try (FlatStore store = bad.open()) {
                    for (Map.Entry<String, byte[]> entry : content().entrySet()) {
                        assertThat(store.get(entry.getKey().getBytes(UTF_8))).hasValue(entry.getValue());
                    }
                }
            }
        }
    }

    /** Unlike in the other implementations, a damaged value is not a missing one. */
    @Test
    void underAnOpenStoreIsAnErrorOfTheValue() throws StoreException {
        int blockSize = 64;
        byte[] good = replicas(1, blockSize).image(0);
        for (int position = blockSize; position < good.length; position++) {
            Replicas replicas = new Replicas(blockSize, List.of(good));
            try (EmbedKv store = EmbedKv.open(replicas.devices(), Options.none())) {
                replicas.flip(0, position, 0);
                for (Map.Entry<String, byte[]> entry : content().entrySet()) {
                    try {
                        assertThat(store.get(entry.getKey().getBytes(UTF_8))).hasValue(entry.getValue());
                    } catch (CorruptStoreException e) {
                        assertThat(e.nativeCode()).hasValue("CorruptRecord");
                        assertThat(e.position().block()).isEqualTo(position / blockSize);
                    }
                }
            }
        }
    }

    /** Fields of any value under a right checksum: chains that loop, sizes of gigabytes, chunks of strangers. */
    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void underARightChecksumIsSurvived(int count) throws StoreException {
        int blockSize = 64;
        Replicas good = replicas(count, blockSize);
        for (int seed = 0; seed < HOSTILE_IMAGES; seed++) {
            Random random = new Random(seed);
            List<byte[]> images = new ArrayList<>();
            for (byte[] image : good.images()) {
                images.add(hostile(image, blockSize, random));
            }
            try {
                use(new Replicas(blockSize, images));
            } catch (StoreException | RuntimeException | AssertionError | StackOverflowError e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }

    private static byte[] hostile(byte[] good, int blockSize, Random random) {
        byte[] image = good.clone();
        for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
            int block = random.nextInt(BLOCKS);
            int start = block * blockSize;
            if (random.nextInt(4) == 0) { // a block at another place
                System.arraycopy(good, random.nextInt(BLOCKS) * blockSize, image, start, blockSize);
            }
            int field = start + 4 * random.nextInt(8);
            Arrays.fill(image, field, field + 4, (byte) (random.nextBoolean() ? 0 : -1));
            image[field] = (byte) random.nextInt(random.nextBoolean() ? BLOCKS : 256);
            Images.seal(image, block, blockSize);
        }
        return image;
    }

    private static void use(Replicas replicas) throws StoreException {
        inspect(replicas);
        try (FlatStore store = replicas.open()) {
            try (Stream<byte[]> keys = store.keys()) {
                for (byte[] key : keys.toList()) {
                    assertThat(store.get(key).orElseThrow())
                            .hasSize((int) store.size(key).orElseThrow());
                }
            }
            store.put("new".getBytes(UTF_8), new byte[5]);
        } catch (CorruptStoreException | UnsupportedFormatException | NoSpaceException e) {
            return; // no header is left, or one that leaves no room
        }
        try (FlatStore store = replicas.open()) {
            assertThat(store.get("new".getBytes(UTF_8))).hasValue(new byte[5]);
        }
    }

    private static void inspect(Replicas replicas) throws StoreException {
        try (Inspection inspection = EmbedKv.inspect(replicas.devices(), Options.none())) {
            inspection.facet(Check.class).orElseThrow().check(Check.Depth.DEEP, finding -> {});
            inspection.facet(Dump.class).orElseThrow().dump(block -> true, structure -> {});
            try {
                inspection.facet(Usage.class).orElseThrow().usage();
                History history = inspection.facet(History.class).orElseThrow();
                for (History.Version version : history.versions(Key.of("k2"))) {
                    history.open(Key.of("k2"), version);
                }
            } catch (CorruptStoreException | UnsupportedFormatException | NoSuchKeyException e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
        }
    }
}

package dev.morgana.littlefs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Dictionaries;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.RenameMode;
import dev.morgana.tck.device.RamDevice;
import dev.morgana.tck.store.TestSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is written for chamelon keeps the rules by which chamelon and the C implementation read alike. */
class LeastCommonImageTest {
    private static final int OPERATIONS = TestSize.of(150, 600, 5_000);

    @ParameterizedTest
    @ValueSource(ints = {128, 512, 1024})
    void isWhatEveryChangeLeaves(int blockSize) throws Exception {
        RamDevice device = RamDevice.erased(Geometry.ofBlocks(blockSize, 600));
        LittleFs.format(device, ChamelonFixture.DIALECT);
        assertThat(LeastCommonImage.violations(device.image(), blockSize)).isEmpty();
        Random random = new Random(blockSize);
        int done = 0;
        try (KeyValueStore store = Stores.open(device, ChamelonFixture.DIALECT)) {
            for (int i = 0; i < OPERATIONS; i++) {
                String what = change(store, random, blockSize);
                done += what.startsWith("refused") ? 0 : 1;
                assertThat(LeastCommonImage.violations(device.image(), blockSize))
                        .as("after %s", what)
                        .isEmpty();
            }
        }
        assertThat(done).isGreaterThan(OPERATIONS / 2);
    }

    private static String change(KeyValueStore store, Random random, int blockSize) throws StoreException {
        List<String> directories = List.of("", "d/", "e/", "d/f/");
        Key key = Key.of(directories.get(random.nextInt(4)) + "name" + random.nextInt(14));
        int dice = random.nextInt(20);
        try {
            if (dice < 11) {
                int size =
                        random.nextInt(4) == 0 ? random.nextInt(2 * blockSize - 3) : random.nextInt(blockSize / 4 + 1);
                store.set(key, new byte[size]);
                return "set " + key + " to " + size + " bytes";
            } else if (dice < 14) {
                store.remove(key);
                return "remove " + key;
            } else if (dice < 17) {
                Key target = Key.of(directories.get(random.nextInt(4)) + "name" + random.nextInt(14));
                store.rename(key, target, RenameMode.EXACT);
                return "rename " + key + " to " + target;
            } else if (dice == 17) {
                store.remove(Key.of("d/f"));
                return "remove d/f";
            } else if (dice == 18) {
                store.rename(Key.of("d"), Key.of("e/moved" + random.nextInt(3)), RenameMode.EXACT);
                return "rename d";
            }
            store.facet(Dictionaries.class).orElseThrow().create(Key.of("made" + random.nextInt(5)));
            return "make a directory";
        } catch (StoreException e) {
            return "refused: " + e;
        }
    }

    /** A directory is one pair as long as its entries fit into a block, however often they come and go. */
    @org.junit.jupiter.api.Test
    void hasOnePairPerDirectoryWhereThatIsEnough() throws Exception {
        RamDevice device = RamDevice.erased(Geometry.ofBlocks(1024, 64));
        LittleFs.format(device, ChamelonFixture.DIALECT);
        try (KeyValueStore store = Stores.open(device, ChamelonFixture.DIALECT)) {
            for (int i = 0; i < 3_000; i++) {
                store.set(Key.of("d/" + i % 15), new byte[20]);
            }
            List<Key> kept = new ArrayList<>();
            store.list(Key.of("d")).forEach(entry -> kept.add(entry.key()));
            assertThat(kept).hasSize(15);
            assertThat(store.kind(Key.of("d"))).hasValue(Kind.DICTIONARY);
            assertThat(store.info().properties().get("severalPairs")).isEqualTo("0");
        }
    }
}

package dev.morgana.interop.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.littlefs.LittleFsProvider;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.KeyExistsException;
import dev.morgana.spi.error.NoSuchKeyException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.store.Entry;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.RenameMode;
import dev.morgana.tck.device.RamDevice;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written for chamelon is read alike by the C implementation, as long as no value has three blocks (rule W6). */
@Tag("interop")
class ChamelonReadByCTest {
    private static final int STEPS = 400;
    private static final int LOOKS = 10;
    private static final List<String> DIRECTORIES = List.of("", "d/", "e/", "d/f/", "e/g/h/");

    private final LivePeer peer =
            new LivePeer("littlefs-python", setup -> PythonPeer.program(), OurTreeParticipant::new);

    @ParameterizedTest
    @CsvSource({"512, 1", "512, 2", "1024, 1", "4096, 2"})
    void everyTree(int blockSize, int seed, @TempDir Path folder) throws Exception {
        int blocks = 400;
        Map<String, Object> geometry = new TreeMap<>(
                Map.of("blockSize", blockSize, "blockCount", blocks, "readSize", 16, "progSize", 16, "cacheSize", 16));
        Setup setup = new Setup("littlefs", "chamelon's dialect", geometry, List.of(), blockSize * blocks, 1, 0xff);
        Program program = peer.program(setup);
        Path image = folder.resolve("image");
        RamDevice device = RamDevice.erased(new Geometry(16, 16, blockSize, blocks, ErasedState.ONES));
        Options dialect = Options.none().plus("dialect", "chamelon");
        new LittleFsProvider().format(List.of(device), dialect);
        Random random = new Random(seed);
        try (KeyValueStore store = new LittleFsProvider().open(List.of(device), dialect);
                PeerProcess process = program.start(folder)) {
            PeerParticipant reader = new PeerParticipant(process, setup, List.of(image));
            for (int look = 0; look < LOOKS; look++) {
                for (int i = 0; i < STEPS / LOOKS; i++) {
                    change(store, random, blockSize);
                }
                Files.write(image, device.image());
                reader.open();
                SortedMap<Name, Row> found = reader.list();
                reader.close();
                assertThat(found).isEqualTo(rows(store));
                assertThat(Files.readAllBytes(image)).isEqualTo(device.image());
            }
        }
    }

    private static void change(KeyValueStore store, Random random, int blockSize) throws StoreException {
        Key key = key(random);
        int dice = random.nextInt(10);
        try {
            if (dice < 6) {
                byte[] value = new byte[random.nextInt(random.nextInt(3) == 0 ? 2 * blockSize - 3 : 40)];
                random.nextBytes(value);
                store.set(key, value);
            } else if (dice < 8) {
                store.remove(key);
            } else if (dice == 8) {
                store.rename(key, key(random), RenameMode.EXACT);
            } else if (random.nextInt(4) == 0) {
                store.rename(Key.of("d/f"), Key.of("e/moved" + random.nextInt(9)), RenameMode.EXACT);
            }
        } catch (NoSuchKeyException | KeyExistsException e) {
            assertThat(dice).isGreaterThan(7);
        }
    }

    private static Key key(Random random) {
        return Key.of(DIRECTORIES.get(random.nextInt(DIRECTORIES.size())) + "value" + random.nextInt(12));
    }

    /** What our store holds, each value with the time of the epoch. */
    private static SortedMap<Name, Row> rows(KeyValueStore store) throws StoreException {
        SortedMap<Name, Row> rows = new TreeMap<>();
        collect(store, Key.ROOT, "", rows);
        return rows;
    }

    private static void collect(KeyValueStore store, Key directory, String path, SortedMap<Name, Row> rows)
            throws StoreException {
        List<Entry> entries;
        try (Stream<Entry> all = store.list(directory)) {
            entries = all.toList();
        }
        for (Entry entry : entries) {
            Name name = Name.of(path + new String(entry.key().nameBytes(), StandardCharsets.UTF_8));
            boolean file = entry.kind() == Kind.VALUE;
            byte[] content = file ? store.get(entry.key()) : new byte[0];
            Map<Integer, String> attributes = file ? Map.of(0x74, "0".repeat(24)) : Map.of();
            rows.put(name, Row.of(file ? "file" : "dir", content, attributes));
            if (!file) {
                collect(store, entry.key(), name + "/", rows);
            }
        }
    }
}

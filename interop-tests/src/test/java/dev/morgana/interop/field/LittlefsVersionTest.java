package dev.morgana.interop.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.morgana.littlefs.LittleFs;
import dev.morgana.littlefs.LittleFsPath;
import dev.morgana.littlefs.OpenFlag;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Dump;
import dev.morgana.spi.facet.GarbageCollection;
import dev.morgana.spi.facet.Growth;
import dev.morgana.spi.facet.Repair;
import dev.morgana.spi.facet.UserAttributes;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.store.Entry;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.RenameMode;
import dev.morgana.tck.device.RamDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Images of littlefs 2.0 stay what they are, and what cannot be finished is told before anything is written. */
class LittlefsVersionTest {
    private static final Path FOLDER = Path.of("golden", "field");
    private static final int BLOCK_SIZE = 512;
    private static final Key MISSING = Key.of("missing");
    private static final Options OLDER = Options.none().plus("diskVersion", "2.0");
    private static final Options NEWER = Options.none().plus("diskVersion", "2.1");

    private interface Change {
        void run(KeyValueStore store) throws Exception;
    }

    private static RamDevice device(byte[] image) {
        Geometry geometry = new Geometry(16, 16, BLOCK_SIZE, image.length / BLOCK_SIZE, ErasedState.ONES);
        return RamDevice.of(geometry, image);
    }

    private static RamDevice device(String name) throws IOException {
        return device(Files.readAllBytes(FOLDER.resolve(name)));
    }

    private static KeyValueStore open(RamDevice device, Options options) throws StoreException {
        return LittleFs.mount(device, options).store();
    }

    private static Map<Key, String> content(RamDevice device, Options options) throws Exception {
        Map<Key, String> content = new TreeMap<>();
        try (KeyValueStore store = open(device(device.image()), options)) {
            for (Key key : values(store, Key.ROOT)) {
                content.put(key, Arrays.toString(store.digest(key)));
            }
        }
        return content;
    }

    private static List<Key> values(KeyValueStore store, Key below) throws StoreException {
        List<Key> values = new ArrayList<>();
        try (Stream<Entry> entries = store.list(below)) {
            for (Entry entry : entries.toList()) {
                if (entry.kind() == Kind.VALUE) {
                    values.add(entry.key());
                } else {
                    values.addAll(values(store, entry.key()));
                }
            }
        }
        return values;
    }

    /** What a driver that knows only 2.0 has to find: the version, and no forward CRC. */
    private static void assertIsOlder(RamDevice device) throws Exception {
        try (KeyValueStore store = open(device(device.image()), OLDER)) {
            assertThat(store.info().version()).isEqualTo("2.0");
            List<String> structures = new ArrayList<>();
            store.facet(Dump.class)
                    .orElseThrow()
                    .dump(block -> true, structure -> structures.add(structure.toString()));
            assertThat(structures).isNotEmpty().noneMatch(text -> text.contains("forward CRC"));
        }
    }

    static Map<String, Change> idle() {
        Map<String, Change> idle = new LinkedHashMap<>();
        idle.put("repair", store -> store.facet(Repair.class).orElseThrow().repair(false, action -> {}));
        idle.put(
                "gc",
                store -> store.facet(GarbageCollection.class).orElseThrow().collect());
        idle.put(
                "grow",
                store -> store.facet(Growth.class)
                        .orElseThrow()
                        .grow(store.info().geometry().blockCount()));
        idle.put("rm", store -> store.remove(MISSING));
        idle.put(
                "attr --rm",
                store -> store.facet(UserAttributes.class)
                        .orElseThrow()
                        .remove(values(store, Key.ROOT).get(0), 99));
        return idle;
    }

    static Map<String, Change> refused() {
        Map<String, Change> refused = new LinkedHashMap<>();
        refused.put("mv", store -> store.rename(MISSING, Key.of("other"), RenameMode.EXACT));
        refused.put(
                "attr --set",
                store -> store.facet(UserAttributes.class).orElseThrow().set(MISSING, 1, new byte[1]));
        refused.put("put, name", store -> store.set(Key.of("n".repeat(300)), new byte[1]));
        refused.put("put, size", store -> store.set(Key.of("large"), new byte[20_000]));
        return refused;
    }

    static List<Options> options() {
        return List.of(Options.none(), OLDER);
    }

    @ParameterizedTest
    @MethodSource("options")
    void nothingIsWrittenWhereNothingIsDone(Options options) throws Exception {
        RamDevice device = device("v20-healthy.img");
        byte[] before = device.image();
        try (KeyValueStore store = open(device, options)) {
            for (Map.Entry<String, Change> change : idle().entrySet()) {
                change.getValue().run(store);
                assertThat(device.image()).as(change.getKey()).isEqualTo(before);
            }
        }
    }

    /** Also where the upgrade was asked for, since a refused change is none. */
    @ParameterizedTest
    @ValueSource(strings = {"", "2.0", "2.1"})
    void nothingIsWrittenWhereAChangeIsRefused(String version) throws Exception {
        RamDevice device = device("v20-healthy.img");
        byte[] before = device.image();
        Options options = version.isEmpty() ? Options.none() : Options.none().plus("diskVersion", version);
        try (KeyValueStore store = open(device, options)) {
            for (Map.Entry<String, Change> change : refused().entrySet()) {
                assertThatThrownBy(() -> change.getValue().run(store))
                        .as(change.getKey())
                        .isInstanceOf(StoreException.class);
                assertThat(device.image()).as(change.getKey()).isEqualTo(before);
            }
        }
    }

    static Map<String, Change> changes() {
        Map<String, Change> changes = new LinkedHashMap<>();
        changes.put("put", store -> store.set(Key.of("new"), new byte[] {1, 2, 3}));
        changes.put("put of blocks", store -> store.set(Key.of("blocks"), new byte[700]));
        changes.put("put below", store -> store.set(Key.of("made/new"), new byte[] {4}));
        changes.put("mv", store -> store.rename(Key.of("new"), Key.of("made/moved"), RenameMode.EXACT));
        changes.put(
                "attr",
                store -> store.facet(UserAttributes.class).orElseThrow().set(Key.of("made/moved"), 1, new byte[] {5}));
        changes.put("rm", store -> store.remove(Key.of("blocks")));
        changes.put("rewrite", store -> {
            for (int i = 0; i < 60; i++) {
                store.set(Key.of("made/new"), new byte[] {(byte) i, 0, 0, 0, 0, 0});
            }
        });
        changes.put(
                "gc",
                store -> store.facet(GarbageCollection.class).orElseThrow().collect());
        return changes;
    }

    /** By one mount, and by one for each change, which appends to what another one wrote. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyChangeKeepsTheVersion(boolean mountEach) throws Exception {
        RamDevice device = device("v20-healthy.img");
        Map<Key, String> before = content(device, OLDER);
        KeyValueStore store = open(device, Options.none().plus("blockCycles", "2"));
        for (Map.Entry<String, Change> change : changes().entrySet()) {
            change.getValue().run(store);
            assertIsOlder(device);
            if (mountEach) {
                device = device(device.image());
                store = open(device, Options.none().plus("blockCycles", "2"));
            }
        }
        store.close();
        assertThat(content(device, OLDER)).containsAllEntriesOf(before).containsKey(Key.of("made/moved"));
    }

    @Test
    void growingKeepsTheVersion() throws Exception {
        byte[] image = Files.readAllBytes(FOLDER.resolve("v20-healthy.img"));
        RamDevice device = device(Arrays.copyOf(image, 2 * image.length));
        try (KeyValueStore store = open(device, Options.none())) {
            store.facet(Growth.class).orElseThrow().grow(2L * image.length / BLOCK_SIZE);
        }
        assertIsOlder(device);
    }

    @Test
    void theUpgradeIsMadeWhereItIsAskedFor() throws Exception {
        RamDevice device = device("v20-healthy.img");
        Map<Key, String> before = content(device, OLDER);
        try (KeyValueStore store = open(device, NEWER)) {
            store.facet(GarbageCollection.class).orElseThrow().collect();
            assertThat(store.info().version()).isEqualTo("2.1");
        }
        assertThat(content(device, NEWER)).isEqualTo(before);
        assertThatThrownBy(() -> open(device(device.image()), OLDER)).hasMessageContaining("littlefs 2.1");
    }

    /** A rename is half done whose source would be in a pair that the device does not have. */
    @ParameterizedTest
    @ValueSource(strings = {"", "2.1"})
    void aRenameThatCannotBeFinishedIsToldBeforeTheFirstWrite(String version) throws Exception {
        RamDevice device = device("movefar.img");
        byte[] before = device.image();
        Options options = version.isEmpty() ? Options.none() : Options.none().plus("diskVersion", version);
        try (LittleFs files = LittleFs.mount(device, options)) {
            KeyValueStore store = files.store();
            assertThat(values(store, Key.ROOT)).isNotEmpty();
            assertThatThrownBy(() -> store.set(Key.of("new"), new byte[] {1}))
                    .isInstanceOf(CorruptStoreException.class)
                    .hasMessageContaining("rename")
                    .hasMessageContaining("not in the file system");
            assertThatThrownBy(() -> files.open(LittleFsPath.of("new"), Set.of(OpenFlag.WRONLY, OpenFlag.CREAT)))
                    .isInstanceOf(CorruptStoreException.class);
            assertThat(device.image()).isEqualTo(before);
        }
    }
}

package dev.morgana.interop.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.interop.repair.DamagedImages;
import dev.morgana.interop.repair.RepairTest;
import dev.morgana.littlefs.LittleFsProvider;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.Entry;
import dev.morgana.spi.store.KeyValueStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Repaired images mount in the C implementation, which reads the same tree as we do. */
@Tag("interop")
class RepairedReadByCTest {
    private static final int SEEDS = 3;

    private final LivePeer peer =
            new LivePeer("littlefs-python", setup -> PythonPeer.program(), OurTreeParticipant::new);

    @Test
    void everyTree(@TempDir Path folder) throws Exception {
        Path image = folder.resolve("image");
        int compared = 0;
        for (DamagedImages.Damaged damaged : DamagedImages.all(SEEDS)) {
            byte[] repaired = RepairTest.repaired(damaged);
            if (repaired == null) {
                continue;
            }
            int block = damaged.blockSize();
            Map<String, Object> geometry = new TreeMap<>(
                    Map.of("blockSize", block, "blockCount", 0, "readSize", 16, "progSize", 16, "cacheSize", 16));
            geometry.put("blockCount", repaired.length / block);
            Setup setup = new Setup("littlefs", "repaired", geometry, List.of(), repaired.length, 1, 0xff);
            Files.write(image, repaired);
            try (PeerProcess process = peer.program(setup).start(folder)) {
                PeerParticipant reader = new PeerParticipant(process, setup, List.of(image));
                reader.open();
                Map<String, String> found = new TreeMap<>();
                reader.list().forEach((name, row) -> found.put(name.toString(), row.type() + row.sha256()));
                reader.close();
                assertThat(found).as(damaged.name()).isEqualTo(tree(damaged, repaired));
            }
            compared++;
        }
        assertThat(compared).isGreaterThan(100);
    }

    private static Map<String, String> tree(DamagedImages.Damaged damaged, byte[] image) throws Exception {
        Map<String, String> tree = new TreeMap<>();
        try (KeyValueStore store = new LittleFsProvider()
                .open(
                        List.of(RepairTest.device(image, damaged.blockSize())),
                        RepairTest.options(damaged.blockSize()).plus("readOnly", "true"))) {
            collect(store, Key.ROOT, "", tree);
        }
        return tree;
    }

    private static void collect(KeyValueStore store, Key directory, String path, Map<String, String> tree)
            throws Exception {
        List<Entry> entries;
        try (Stream<Entry> all = store.list(directory)) {
            entries = all.toList();
        }
        for (Entry entry : entries) {
            String name = path + new String(entry.key().nameBytes(), StandardCharsets.UTF_8);
            boolean file = entry.kind() == Kind.VALUE;
            Row row = Row.of(file ? "file" : "dir", file ? store.get(entry.key()) : new byte[0], Map.of());
            tree.put(name, row.type() + row.sha256());
            if (!file) {
                collect(store, entry.key(), name + "/", tree);
            }
        }
    }
}

package dev.morgana.interop.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.interop.golden.GoldenImages;
import dev.morgana.interop.repair.DamagedImages;
import dev.morgana.interop.repair.RepairTest;
import dev.morgana.littlefs.LittleFsProvider;
import dev.morgana.spi.facet.Reconfiguration;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.store.Entry;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.tck.device.RamDevice;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Repaired images mount in the C implementation, which reads the same tree as we do. */
@Tag("interop")
class RepairedReadByCTest {
    private static final int SEEDS = 3;

    private final LivePeer peer =
            new LivePeer("littlefs-python", setup -> PythonPeer.program(), OurTreeParticipant::new);

    @Test
    void everyTree(@TempDir Path folder) throws Exception {
        int compared = 0;
        for (DamagedImages.Damaged damaged : DamagedImages.all(SEEDS)) {
            byte[] repaired = RepairTest.repaired(damaged);
            if (repaired == null) {
                continue;
            }
            compare(damaged.name(), repaired, damaged.blockSize(), folder);
            compared++;
        }
        assertThat(compared).isGreaterThan(100);
    }

    /** An image with fewer blocks than it was made with. */
    @ParameterizedTest
    @CsvSource({"attrs, 40", "v20-many, 60", "wear-chain, 70", "sizes-b256, 110"})
    void everyTreeInFewerBlocks(String name, int count, @TempDir Path folder) throws Exception {
        GoldenImages.Image golden = GoldenImages.littlefs(name);
        RamDevice device = RepairTest.device(golden.bytes().clone(), golden.blockSize());
        try (Inspection inspection =
                new LittleFsProvider().inspect(List.of(device), RepairTest.options(golden.blockSize()))) {
            inspection
                    .facet(Reconfiguration.class)
                    .orElseThrow()
                    .reconfigure(Options.none().plus("blockCount", Integer.toString(count)), false);
        }
        byte[] shorter = Arrays.copyOf(device.image(), count * golden.blockSize());
        compare(name, shorter, golden.blockSize(), folder);
    }

    private void compare(String name, byte[] bytes, int block, Path folder) throws Exception {
        Path image = Files.write(folder.resolve("image"), bytes);
        Map<String, Object> geometry = new TreeMap<>(Map.of(
                "blockSize",
                block,
                "blockCount",
                bytes.length / block,
                "readSize",
                16,
                "progSize",
                16,
                "cacheSize",
                16));
        Setup setup = new Setup("littlefs", "repaired", geometry, List.of(), bytes.length, 1, 0xff);
        try (PeerProcess process = peer.program(setup).start(folder)) {
            PeerParticipant reader = new PeerParticipant(process, setup, List.of(image));
            reader.open();
            Map<String, String> found = new TreeMap<>();
            reader.list().forEach((key, row) -> found.put(key.toString(), row.type() + row.sha256()));
            reader.close();
            assertThat(found).as(name).isEqualTo(tree(bytes, block));
        }
    }

    private static Map<String, String> tree(byte[] image, int blockSize) throws Exception {
        Map<String, String> tree = new TreeMap<>();
        try (KeyValueStore store = new LittleFsProvider()
                .open(
                        List.of(RepairTest.device(image, blockSize)),
                        RepairTest.options(blockSize).plus("readOnly", "true"))) {
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

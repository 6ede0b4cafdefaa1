package dev.morgana.interop.peer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.spi.Morgana;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.facet.Severity;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.tck.store.TestSize;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The process of a mount is killed at random moments: whatever fsync acknowledged is whole, and the image is sound. */
@Tag("interop")
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class KilledMountTest {
    private static final int NAMES = 12;
    private static final int LARGEST = 9000;
    private static final int MOST_FILES = 150;

    @TempDir
    private Path folder;

    @BeforeAll
    static void needAMount() {
        MorganaMount.require("fusermount");
    }

    @ParameterizedTest
    @CsvSource({"littlefs, blockSize=4096, 14", "ekv-fs, pageSize=4096, 6"})
    void whatWasSyncedIsThere(String format, String option, int kills) throws Exception {
        Random random = new Random(11);
        new Comparison("kill -9", "", "morgana mount, " + format)
                .run(List.of(new Comparison.Direction("killed while writing", () -> kills)), () -> {
                    for (int i = 0; i < TestSize.of(1, kills / 2, kills); i++) {
                        killOnce(format, option, random, i);
                    }
                });
    }

    private void killOnce(String format, String option, Random random, int round) throws Exception {
        String address = format + "+file:" + folder.resolve(format + round) + "?" + option;
        Morgana.load().at(address + "&size=2MiB").create().close();
        MorganaMount mount = MorganaMount.of(address, folder.resolve("mnt" + round));
        Map<String, byte[]> synced = new TreeMap<>();
        Map<String, byte[]> started = new TreeMap<>();
        AtomicInteger count = new AtomicInteger();
        int last = 1 + random.nextInt(MOST_FILES);
        long seed = random.nextLong();
        Thread writer = new Thread(() -> write(mount.folder(), new Random(seed), synced, started, count));
        writer.start();
        while (count.get() < last && writer.isAlive()) {
            Thread.onSpinWait();
        }
        mount.kill();
        writer.join();
        assertThat(findings(address)).allMatch(Finding::repairable);
        try (KeyValueStore store = Morgana.load().at(address).open()) {
            for (Map.Entry<String, byte[]> each : synced.entrySet()) {
                byte[] found = store.get(Key.of(each.getKey()));
                // The one that was being written may be there already.
                boolean next = Arrays.equals(found, started.getOrDefault(each.getKey(), each.getValue()));
                assertThat(next || Arrays.equals(found, each.getValue()))
                        .as("%s after %s files, seed %s", each.getKey(), count, seed)
                        .isTrue();
            }
        }
        assertThat(count.get()).isGreaterThanOrEqualTo(last);
    }

    /** Writes files until the mount is gone. */
    private static void write(
            Path place, Random random, Map<String, byte[]> synced, Map<String, byte[]> started, AtomicInteger count) {
        try {
            while (true) {
                String name = "f" + random.nextInt(NAMES);
                byte[] content = new byte[random.nextInt(LARGEST)];
                random.nextBytes(content);
                started.put(name, content);
                try (FileChannel file = FileChannel.open(
                        place.resolve(name),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
                    file.write(ByteBuffer.wrap(content));
                    file.force(true);
                    synced.put(name, content);
                    count.incrementAndGet();
                }
            }
        } catch (IOException e) {
            // The mount is gone, as it is meant to be.
            started.size();
        }
    }

    private static List<Finding> findings(String address) throws Exception {
        List<Finding> findings = new ArrayList<>();
        try (Inspection inspection = Morgana.load().at(address).readOnly().inspect()) {
            inspection.facet(Check.class).orElseThrow().check(Check.Depth.DEEP, findings::add);
        }
        findings.removeIf(finding -> finding.severity() == Severity.INFO);
        return findings;
    }
}

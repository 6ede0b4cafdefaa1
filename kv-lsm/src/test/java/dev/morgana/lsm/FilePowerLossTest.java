package dev.morgana.lsm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.lsm.file.FileSettings;
import dev.morgana.spi.facet.Transactions;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.store.BeyondEnd;
import dev.morgana.spi.store.Entry;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.RenameMode;
import dev.morgana.spi.store.Store;
import dev.morgana.tck.power.Judge;
import dev.morgana.tck.power.PowerLoss;
import dev.morgana.tck.power.Progress;
import dev.morgana.tck.power.Scenario;
import dev.morgana.tck.store.Campaign;
import dev.morgana.tck.store.TestSize;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Power cuts at every point of changes of files: each file is the old one or the new one, never gone and never a mixture. */
@Campaign
class FilePowerLossTest {
    private static final long LEAST_EFFECTIVE = 5_000;
    private static final int STEPS = TestSize.isNightly() ? 30 : 20;
    private static final AtomicLong EFFECTIVE = new AtomicLong();

    /** A change of files, and what it does to a map. */
    private interface Operation {
        void run(KeyValueStore store) throws Exception;

        void model(Map<String, byte[]> files);
    }

    private record Replace(String path, byte[] content) implements Operation {
        @Override
        public void run(KeyValueStore store) throws Exception {
            store.set(Key.of(path), content);
        }

        @Override
        public void model(Map<String, byte[]> files) {
            files.put(path, content);
        }
    }

    private record Write(String path, int offset, byte[] part) implements Operation {
        @Override
        public void run(KeyValueStore store) throws Exception {
            store.write(Key.of(path), offset, ByteBuffer.wrap(part), BeyondEnd.ZERO_FILL);
        }

        @Override
        public void model(Map<String, byte[]> files) {
            byte[] old = files.getOrDefault(path, new byte[0]);
            ByteBuffer bytes = ByteBuffer.allocate(Math.max(old.length, offset + part.length));
            bytes.put(old).position(offset).put(part);
            files.put(path, bytes.array());
        }
    }

    private record Rename(String from, String to) implements Operation {
        @Override
        public void run(KeyValueStore store) throws Exception {
            store.rename(Key.of(from), Key.of(to), RenameMode.EXACT);
        }

        @Override
        public void model(Map<String, byte[]> files) {
            files.put(to, files.remove(from));
        }
    }

    private record Remove(String path) implements Operation {
        @Override
        public void run(KeyValueStore store) throws Exception {
            store.remove(Key.of(path));
        }

        @Override
        public void model(Map<String, byte[]> files) {
            files.keySet().removeIf(name -> name.equals(path) || name.startsWith(path + "/"));
        }
    }

    /** What a batch of the typed interface does. */
    private interface Batch {
        void run(EkvFsBatch batch) throws Exception;
    }

    private static void together(KeyValueStore store, Batch changes) throws Exception {
        Transactions database = store.facet(EkvDatabase.class)
                .orElseThrow()
                .database()
                .facet(Transactions.class)
                .orElseThrow();
        int chunkSize = Integer.parseInt(store.info().properties().get("chunkSize"));
        int keySize = Integer.parseInt(store.info().properties().get("maxKeySize"));
        FileSettings settings =
                new FileSettings("test", Integer.MAX_VALUE, keySize, keySize, keySize, chunkSize, chunkSize, false);
        try (EkvFsBatch batch = new EkvFsBatch(database.write(), settings)) {
            changes.run(batch);
            batch.commit();
        }
    }

    private record Truncate(String path, int size) implements Operation {
        @Override
        public void run(KeyValueStore store) throws Exception {
            together(store, batch -> batch.truncate(path, size));
        }

        @Override
        public void model(Map<String, byte[]> files) {
            files.computeIfPresent(path, (name, old) -> Arrays.copyOf(old, Math.min(old.length, size)));
        }
    }

    /** One file is appended to, another replaced and moved, in one transaction. */
    private record Together(String path, byte[] part, String other, String moved) implements Operation {
        @Override
        public void run(KeyValueStore store) throws Exception {
            together(store, batch -> {
                batch.append(path, ByteBuffer.wrap(part));
                batch.writeFile(other, new ByteArrayInputStream(part));
                batch.rename(other, moved);
            });
        }

        @Override
        public void model(Map<String, byte[]> files) {
            byte[] old = files.getOrDefault(path, new byte[0]);
            ByteBuffer both = ByteBuffer.allocate(old.length + part.length);
            files.put(path, both.put(old).put(part).array());
            files.put(moved, part);
            files.remove(other);
        }
    }

    /** Operations, one after the other; the first ones before the power may fail. */
    private record Changes(int prepared, List<Operation> operations) implements Scenario<KeyValueStore> {
        @Override
        public String name() {
            return "changes of files";
        }

        @Override
        public KeyValueStore view(Store store) {
            return (KeyValueStore) store;
        }

        @Override
        public void prepare(KeyValueStore store) throws Exception {
            for (Operation operation : operations.subList(0, prepared)) {
                operation.run(store);
            }
        }

        @Override
        public int steps() {
            return operations.size() - prepared;
        }

        @Override
        public void run(int step, KeyValueStore store) throws Exception {
            operations.get(prepared + step).run(store);
            assertThat(content(store)).isEqualTo(after(step + 1));
        }

        private Map<String, String> after(int steps) {
            Map<String, byte[]> files = new TreeMap<>();
            operations.subList(0, prepared + steps).forEach(operation -> operation.model(files));
            return printed(files);
        }

        @Override
        public Judge<KeyValueStore> judge(Progress progress) {
            return new Judge<>() {
                private int reached;

                @Override
                public void reopened(KeyValueStore store) throws Exception {
                    Map<String, String> found = content(store);
                    reached = progress.acknowledged();
                    if (progress.underWay() && !found.equals(after(reached))) {
                        reached++;
                    }
                    assertThat(found).isEqualTo(after(reached));
                }

                @Override
                public void proceed(KeyValueStore store) throws Exception {
                    for (int step = reached; step < steps(); step++) {
                        Changes.this.run(step, store);
                    }
                }

                @Override
                public void finished(KeyValueStore store) throws Exception {
                    assertThat(content(store)).isEqualTo(after(steps()));
                }
            };
        }
    }

    private static Map<String, String> printed(Map<String, byte[]> files) {
        Map<String, String> printed = new TreeMap<>();
        files.forEach(
                (path, content) -> printed.put(path, java.util.HexFormat.of().formatHex(content)));
        return printed;
    }

    private static Map<String, String> content(KeyValueStore store) throws Exception {
        Map<String, byte[]> files = new TreeMap<>();
        collect(store, Key.ROOT, files);
        return printed(files);
    }

    private static void collect(KeyValueStore store, Key dictionary, Map<String, byte[]> files) throws Exception {
        try (Stream<Entry> entries = store.list(dictionary)) {
            for (Entry entry : entries.toList()) {
                if (entry.kind() == Kind.DICTIONARY) {
                    collect(store, entry.key(), files);
                } else {
                    files.put(entry.key().toString(), store.get(entry.key()));
                }
            }
        }
    }

    /** Every kind of change, on files of no chunk to a dozen. */
    private static Changes random(int seed, int prepared, int steps, int chunkSize) {
        Random random = new Random(seed);
        List<Operation> operations = new ArrayList<>();
        Map<String, byte[]> files = new TreeMap<>();
        while (operations.size() < prepared + steps) {
            String path = "/d" + random.nextInt(2) + "/f" + random.nextInt(4);
            Operation operation = switch (files.containsKey(path) ? random.nextInt(8) : 0) {
                case 0, 1 -> new Replace(path, bytes(random, random.nextInt(12 * chunkSize)));
                case 2, 3 ->
                    new Write(
                            path,
                            random.nextInt(files.get(path).length + chunkSize),
                            bytes(random, 1 + random.nextInt(60)));
                case 4 -> new Rename(path, "/d" + random.nextInt(2) + "/g" + random.nextInt(3));
                case 5 -> new Truncate(path, random.nextInt(files.get(path).length + 1));
                case 6 -> new Together(path, bytes(random, random.nextInt(3 * chunkSize)), "/h", "/d1/h");
                default -> new Remove(random.nextBoolean() ? path : "/d1");
            };
            operation.model(files);
            operations.add(operation);
        }
        return new Changes(prepared, operations);
    }

    private static byte[] bytes(Random random, int length) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < length; i++) {
            bytes.write('a' + random.nextInt(26));
        }
        return bytes.toByteArray();
    }

    private static PowerLoss campaign(Config config, int pages, int chunkSize, long transactionBytes) {
        Options options = EkvFsFixture.spilling(EkvFsFixture.options(config.options(), chunkSize), transactionBytes);
        return PowerLoss.of(new EkvFsProvider(), config.geometry().withBlockCount(pages))
                .withOptions(options, options)
                .withRecoveryCuts();
    }

    @ParameterizedTest
    @CsvSource({"P512_A1, 40, 40", "P512_E00, 40, 100", "P4096_CH256, 14, 64"})
    void everyFileIsTheOldOneOrTheNewOne(Config config, int pages, int chunkSize) throws Exception {
        EFFECTIVE.addAndGet(campaign(config, pages, chunkSize, 1 << 20)
                .run(random(config.ordinal(), 12, STEPS, chunkSize))
                .effective());
    }

    /** Nearly every transaction exceeds memory, so that it is several runs on free pages until its commit. */
    @ParameterizedTest
    @CsvSource({"P512_A1, 64, 40, 700", "P512_E00, 80, 100, 1000", "P4096_CH256, 28, 64, 500"})
    void ofAFileThatExceedsMemoryToo(Config config, int pages, int chunkSize, long memory) throws Exception {
        EFFECTIVE.addAndGet(campaign(config, pages, chunkSize, memory)
                .run(random(config.ordinal() + 100, 12, STEPS / 2, chunkSize))
                .effective());
    }

    @AfterAll
    static void thereWereEnoughCuts(TestReporter reporter) {
        reporter.publishEntry("cuts that took effect on files", EFFECTIVE.toString());
        assertThat(EFFECTIVE.get()).as("cuts that took effect").isGreaterThanOrEqualTo(LEAST_EFFECTIVE);
    }
}

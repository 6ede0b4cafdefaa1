package dev.morgana.lsm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.spi.facet.AtomicBatch;
import dev.morgana.spi.facet.Change;
import dev.morgana.spi.facet.Compaction;
import dev.morgana.spi.facet.Cursor;
import dev.morgana.spi.facet.Direction;
import dev.morgana.spi.facet.KeyRange;
import dev.morgana.spi.facet.OrderedScan;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.spi.store.Store;
import dev.morgana.tck.power.Judge;
import dev.morgana.tck.power.PowerLoss;
import dev.morgana.tck.power.PowerLossReport;
import dev.morgana.tck.power.Progress;
import dev.morgana.tck.power.Scenario;
import dev.morgana.tck.store.Campaign;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Power cuts at every point: of each transaction everything is there afterwards, or nothing. */
@Campaign
class PowerLossTest {
    private static final long LEAST_EFFECTIVE = 5_000;
    private static final AtomicLong EFFECTIVE = new AtomicLong();

    /** Transactions, one after the other; null compacts. The content after each is what a map would hold. */
    private record Transactions(String name, int prepared, List<Map<String, byte[]>> transactions)
            implements Scenario<FlatStore> {
        @Override
        public FlatStore view(Store store) {
            return (FlatStore) store;
        }

        @Override
        public void prepare(FlatStore store) throws Exception {
            for (int i = 0; i < prepared; i++) {
                apply(store, transactions.get(i));
            }
        }

        @Override
        public int steps() {
            return transactions.size() - prepared;
        }

        @Override
        public void run(int step, FlatStore store) throws Exception {
            apply(store, transactions.get(prepared + step));
            assertThat(content(store)).isEqualTo(after(step + 1));
        }

        private static void apply(FlatStore store, Map<String, byte[]> changes) throws Exception {
            if (changes.isEmpty()) {
                store.facet(Compaction.class).orElseThrow().compact();
                return;
            }
            List<Change> batch = new ArrayList<>();
            changes.forEach((key, value) ->
                    batch.add(value.length == 0 ? new Change.Remove(bytes(key)) : new Change.Put(bytes(key), value)));
            store.facet(AtomicBatch.class).orElseThrow().apply(batch);
        }

        /** What a map holds after some steps. */
        private Map<String, String> after(int count) {
            Map<String, String> content = new TreeMap<>();
            for (Map<String, byte[]> step : transactions.subList(0, prepared + count)) {
                step.forEach((key, value) -> {
                    if (value.length == 0) {
                        content.remove(key);
                    } else {
                        content.put(key, new String(value, StandardCharsets.ISO_8859_1));
                    }
                });
            }
            return content;
        }

        @Override
        public Judge<FlatStore> judge(Progress progress) {
            return new Judge<>() {
                private int reached;

                @Override
                public void reopened(FlatStore store) throws Exception {
                    Map<String, String> found = content(store);
                    reached = progress.acknowledged();
                    if (progress.underWay() && !found.equals(after(reached))) {
                        reached++;
                    }
                    assertThat(found).isEqualTo(after(reached));
                }

                @Override
                public void proceed(FlatStore store) throws Exception {
                    for (int step = reached; step < steps(); step++) {
                        Transactions.this.run(step, store);
                    }
                }

                @Override
                public void finished(FlatStore store) throws Exception {
                    assertThat(content(store)).isEqualTo(after(steps()));
                }
            };
        }
    }

    private static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static Map<String, String> content(FlatStore store) throws Exception {
        Map<String, String> content = new TreeMap<>();
        try (Cursor cursor = store.facet(OrderedScan.class).orElseThrow().scan(KeyRange.all(), Direction.FORWARD)) {
            while (cursor.next()) {
                content.put(
                        new String(cursor.key(), StandardCharsets.ISO_8859_1),
                        new String(cursor.value(), StandardCharsets.ISO_8859_1));
            }
        }
        return content;
    }

    private static void run(Config config, Transactions scenario) throws Exception {
        PowerLossReport report = campaign(config).run(scenario);
        EFFECTIVE.addAndGet(report.effective());
    }

    private static PowerLoss campaign(Config config) {
        return PowerLoss.of(new EkvProvider(), config.geometry())
                .withOptions(config.options(), config.options())
                .withRecoveryCuts();
    }

    /** Small transactions in no order, with overwrites and deletions, as many as it takes for every way of writing. */
    private static Transactions random(Config config, int prepared, int steps, int keys) {
        Random random = new Random(config.ordinal());
        List<Map<String, byte[]>> all = new ArrayList<>();
        for (int i = 0; i < prepared + steps; i++) {
            Map<String, byte[]> changes = new TreeMap<>();
            int count = 1 + random.nextInt(4);
            for (int j = 0; j < count; j++) {
                byte[] value = new byte[random.nextInt(5) == 0 ? 0 : 1 + random.nextInt(40)];
                java.util.Arrays.fill(value, (byte) ('a' + i % 26));
                changes.put("k" + random.nextInt(keys), value);
            }
            all.add(changes);
            if (i % 17 == 16) {
                all.add(Map.of());
                prepared += i < prepared ? 1 : 0;
            }
        }
        return new Transactions(config + " random", prepared, all);
    }

    @ParameterizedTest
    @EnumSource(
            value = Config.class,
            names = {"P128", "P256_A2_BF4", "P512_A1", "P512_E00", "P512_A8", "P512_A16", "P4096_CH256"})
    void transactionsAreAllOrNothing(Config config) throws Exception {
        run(config, random(config, 20, 24, 24));
    }

    /** Nearly full, so that compaction goes step by step, and meta pages are replaced in the middle of it. */
    @Test
    void compactionStepByStepKeepsEverything() throws Exception {
        run(Config.P128, random(Config.P128, 140, 12, 90));
    }

    @Test
    void appendedChunksAreAllOrNothing() throws Exception {
        List<Map<String, byte[]>> ascending = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            ascending.add(Map.of("t%04d".formatted(i), new byte[] {(byte) ('a' + i % 26), 'x'}));
        }
        run(Config.P512_A1, new Transactions("ascending", 0, ascending));
        run(Config.P512_E00, new Transactions("ascending", 0, ascending));
    }

    @ParameterizedTest
    @EnumSource(
            value = Config.class,
            names = {"P128", "P256_A2_BF4", "P512_A1", "P512_E00"})
    void formattingLeavesTheOldStoreTheNewOneOrNone(Config config) throws Exception {
        EFFECTIVE.addAndGet(
                campaign(config).runFormat(random(config, 0, 25, 24)).effective());
    }

    @AfterAll
    static void thereWereEnoughCuts(TestReporter reporter) {
        reporter.publishEntry("cuts that took effect", EFFECTIVE.toString());
        assertThat(EFFECTIVE.get()).as("cuts that took effect").isGreaterThanOrEqualTo(LEAST_EFFECTIVE);
    }
}

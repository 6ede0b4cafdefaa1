package dev.morgana.embedkv;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.provider.StoreProvider;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.tck.model.Content;
import dev.morgana.tck.model.ModelScenario;
import dev.morgana.tck.model.Operation;
import dev.morgana.tck.model.Operations;
import dev.morgana.tck.power.PowerLoss;
import dev.morgana.tck.power.PowerLossReport;
import dev.morgana.tck.store.Campaign;
import dev.morgana.tck.store.TestSize;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/** The power fails at every point of every kind of change, and again at every point of the recovery from that. */
@Campaign
class PowerLossTest {
    private static final int LEAST_CUTS = 5_000;
    private static final int BLOCK_SIZE = 64;
    private static final Key A = Key.of("a");
    private static final Key B = Key.of("b");
    private static final Key C = Key.of("c");

    /** Sizes of values that take one block, one to its last byte, two, three, and five, beside a key of one byte. */
    private static final int[] SIZES = {0, 27, 28, 100, 187};

    /** With three replicas so many blocks are under way at a time that long values and torn blocks are left to the single one. */
    private static final int[] FEW_SIZES = {0, 28, 70, 100};

    @Test
    void leavesTheOldValueOrTheNewOne(TestReporter reporter) throws Exception {
        List<PowerLossReport> reports = new ArrayList<>();
        for (int replicas : new int[] {1, 3}) {
            int[] sizes = replicas == 1 || TestSize.isNightly() ? SIZES : FEW_SIZES;
            for (ModelScenario scenario : List.of(puts(sizes), overwrites(sizes), deletes())) {
                reports.add(campaign(new EmbedKvProvider(), replicas).run(scenario));
            }
        }
        for (ModelScenario scenario : List.of(repairing(), writingWithoutOne())) {
            reports.add(
                    campaign(new SpoiltProvider(PowerLossTest::loseHeader), 3).run(scenario));
            reports.add(
                    campaign(new SpoiltProvider(PowerLossTest::missChanges), 3).run(scenario));
        }

        reports.forEach(report -> reporter.publishEntry("power loss", report.toString()));
        assertThat(reports)
                .allSatisfy(report -> assertThat(report.recoveryCuts()).isPositive());
        assertThat(reports.stream().mapToLong(PowerLossReport::effective).sum())
                .as("%s", reports)
                .isGreaterThanOrEqualTo(LEAST_CUTS);
    }

    private static PowerLoss campaign(StoreProvider format, int replicas) {
        int unit = replicas == 1 ? BLOCK_SIZE / 4 : BLOCK_SIZE;
        return PowerLoss.of(format, new Geometry(unit, unit, BLOCK_SIZE, 40, ErasedState.ZEROS))
                .withDevices(replicas)
                .withRecoveryCuts();
    }

    private static Operation put(Key key, int size, int seed) {
        return new Operations.Put(key, new Content(size, seed), seed % 2 == 0);
    }

    private static ModelScenario puts(int... sizes) {
        List<Operation> steps = new ArrayList<>();
        for (int i = 0; i < sizes.length; i++) {
            steps.add(put(Key.of("k" + i), sizes[i], i));
        }
        return ModelScenario.of("puts", steps).after(List.of(put(A, 90, 99)));
    }

    private static ModelScenario overwrites(int... sizes) {
        List<Operation> steps = new ArrayList<>();
        for (int i = 0; i < sizes.length; i++) {
            steps.add(put(A, sizes[i], i));
            steps.add(put(B, sizes[sizes.length - 1 - i], i));
        }
        return ModelScenario.of("overwrites", steps).after(List.of(put(A, 90, 97), put(B, 130, 98), put(C, 10, 99)));
    }

    /** A key that was removed begins anew, with a lower generation than what was there before. */
    private static ModelScenario deletes() {
        return ModelScenario.of(
                        "deletes",
                        List.of(
                                new Operations.Remove(A),
                                new Operations.Remove(B),
                                put(A, 60, 1),
                                new Operations.Remove(A),
                                put(B, 5, 2),
                                new Operations.Clear()))
                .after(List.of(put(A, 90, 95), put(A, 91, 96), put(B, 150, 97), put(B, 151, 98), put(C, 10, 99)));
    }

    private static ModelScenario repairing() {
        return ModelScenario.of("repair", List.of(new RepairStep(), put(A, 80, 1)))
                .after(List.of(put(A, 90, 97), put(B, 60, 98), put(C, 10, 99)));
    }

    private static ModelScenario writingWithoutOne() {
        return ModelScenario.of(
                "writing without one replica",
                List.of(put(B, 60, 1), put(A, 40, 2), new Operations.Remove(B), put(B, 7, 3), new RepairStep()));
    }

    private static void loseHeader(Replicas replicas) throws StoreException {
        replicas.overwrite(1, 0, new byte[BLOCK_SIZE]);
    }

    /** The last replica comes back after the others have removed a key without it. */
    private static void missChanges(Replicas replicas) throws StoreException {
        try (FlatStore store = replicas.open()) {
            store.put(C.toBytes(), new byte[50]);
            replicas.fail(2);
            store.remove(C.toBytes());
            replicas.heal(2);
        }
    }
}

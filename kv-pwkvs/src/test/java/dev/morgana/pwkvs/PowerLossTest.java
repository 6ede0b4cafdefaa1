package dev.morgana.pwkvs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.option.Options;
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
    private static final Key A = Key.of("a");
    private static final Key B = Key.of("b");
    private static final Key C = Key.of("c");

    /** Old and new format; both with four bytes of checksum, since two let one torn entry in 65,536 pass. */
    private static final Options OLD = Options.none().plus("formats", "0x9b41e07d:crc32");

    private static final Options BOTH =
            Options.none().plus("formats", "0x5e1dc0aa:crc32").plus("formats", "0x9b41e07d:crc32");

    @Test
    void leavesTheOldValueOrTheNewOne(TestReporter reporter) throws Exception {
        List<PowerLossReport> reports = new ArrayList<>();
        for (ModelScenario scenario : List.of(puts(), deletes(), collections(12), maintenance())) {
            reports.add(campaign(1, OLD, OLD).withRecoveryCuts().run(scenario));
        }
        reports.add(campaign(1, OLD, BOTH).withRecoveryCuts().run(upgrade()));
        for (ModelScenario scenario : List.of(puts(), deletes(), collections(TestSize.of(36, 36, 90)), maintenance())) {
            reports.add(withRecoveryCutsAtNight(campaign(2, OLD, OLD)).run(scenario));
        }
        reports.add(withRecoveryCutsAtNight(campaign(2, OLD, BOTH)).run(upgrade()));

        reports.forEach(report -> reporter.publishEntry("power loss", report.toString()));
        assertThat(reports.stream().mapToLong(PowerLossReport::recoveryCuts).sum())
                .isPositive();
        assertThat(reports.stream().mapToLong(PowerLossReport::effective).sum())
                .as("%s", reports)
                .isGreaterThanOrEqualTo(LEAST_CUTS);
    }

    private static PowerLoss campaign(int redundancy, Options before, Options then) {
        Options known = Options.none()
                .plus("sectorSize", "512")
                .plus("recovery", "lazy")
                .plus("redundancy", Integer.toString(redundancy));
        Geometry geometry = new Geometry(1, 16, 512, 3 + 2 * redundancy, ErasedState.ONES);
        return PowerLoss.of(new UpgradedProvider(known.orElse(before)), geometry)
                .withOptions(known.orElse(before), known.orElse(then));
    }

    /** With two copies there are ten thousands of second cuts. */
    private static PowerLoss withRecoveryCutsAtNight(PowerLoss campaign) {
        return TestSize.isNightly() ? campaign.withRecoveryCuts() : campaign;
    }

    private static Operation put(Key key, int size, int seed) {
        return new Operations.Put(key, new Content(size, seed), seed % 2 == 0);
    }

    /** Values that take one program and several, and all of a sector. */
    private static ModelScenario puts() {
        return ModelScenario.of("puts", List.of(put(A, 0, 1), put(B, 100, 2), put(C, 479, 3), put(A, 300, 4)))
                .after(List.of(put(A, 90, 99)));
    }

    private static ModelScenario deletes() {
        return ModelScenario.of(
                        "deletes",
                        List.of(
                                new Operations.Remove(A),
                                put(A, 60, 1),
                                new Operations.Remove(B),
                                new Operations.Remove(A),
                                put(B, 5, 2),
                                new Operations.Clear(),
                                put(B, 6, 3)))
                .after(List.of(put(A, 90, 95), put(A, 91, 96), put(B, 150, 97), put(B, 151, 98), put(C, 10, 99)));
    }

    /** Overwriting until every sector was collected. */
    private static ModelScenario collections(int overwrites) {
        List<Operation> steps = new ArrayList<>();
        for (int i = 0; i < overwrites; i++) {
            steps.add(put(Key.of("k" + i % 3), 130 + i, i));
        }
        return ModelScenario.of("collections", steps).after(List.of(put(A, 90, 97), put(B, 130, 98), put(C, 10, 99)));
    }

    private static ModelScenario maintenance() {
        return ModelScenario.of(
                        "maintenance",
                        List.of(
                                new Operations.Collect(),
                                put(A, 80, 1),
                                new Operations.Remove(B),
                                new Operations.Compact(),
                                put(B, 81, 2),
                                new Operations.Collect()))
                .after(List.of(put(A, 90, 95), put(A, 200, 96), put(B, 150, 97), put(B, 151, 98), put(C, 10, 99)));
    }

    private static ModelScenario upgrade() {
        return ModelScenario.of("format upgrade", List.of(put(C, 70, 1), new Operations.Collect(), put(A, 80, 2)))
                .after(List.of(put(A, 90, 97), put(B, 150, 98), put(C, 10, 99)));
    }
}

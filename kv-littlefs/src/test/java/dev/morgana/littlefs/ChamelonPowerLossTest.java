package dev.morgana.littlefs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.BeyondEnd;
import dev.morgana.spi.store.RenameMode;
import dev.morgana.tck.model.Content;
import dev.morgana.tck.model.ModelScenario;
import dev.morgana.tck.model.Operation;
import dev.morgana.tck.model.Operations;
import dev.morgana.tck.model.Room;
import dev.morgana.tck.power.PowerLoss;
import dev.morgana.tck.power.PowerLossReport;
import dev.morgana.tck.store.Campaign;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;

/** The power fails at every point of every kind of change in the dialect of chamelon, whose own store is not safe from that. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Campaign
class ChamelonPowerLossTest {
    private static final int LEAST_CUTS = 5_000;
    private static final int MIXED_OPERATIONS = 200;
    private static final int PIECE = 20;

    private static final Geometry FLASH = new Geometry(16, 16, 512, 96, ErasedState.ONES);
    private static final Geometry KEPT = new Geometry(16, 16, 512, 96, ErasedState.UNDEFINED);
    private static final Geometry TINY = new Geometry(8, 8, 128, 300, ErasedState.ONES);

    private final List<PowerLossReport> reports = new ArrayList<>();

    @AfterAll
    void enoughCutsTookEffect() {
        assertThat(reports.stream().mapToLong(PowerLossReport::effective).sum())
                .as("cuts that took effect in %s", reports)
                .isGreaterThanOrEqualTo(LEAST_CUTS);
    }

    private void add(TestReporter reporter, PowerLossReport report) {
        reporter.publishEntry("power loss", report.toString());
        reports.add(report);
    }

    private static PowerLoss campaign(Geometry geometry) {
        return PowerLoss.of(new LittleFsProvider(), geometry)
                .withOptions(ChamelonFixture.DIALECT, ChamelonFixture.DIALECT);
    }

    private static Operation put(String key, int size) {
        return new Operations.Put(Key.of(key), new Content(size, key.hashCode()), false);
    }

    private static Operation rename(String from, String to) {
        return new Operations.Rename(Key.of(from), Key.of(to), RenameMode.EXACT);
    }

    private static List<Operation> everyChange() {
        return List.of(
                put("new", 9),
                put("large", 1500),
                put("a", 400),
                put("a", 7),
                put("deep/er/and/deeper", 20),
                new Operations.Write(Key.of("dir/b"), 100, new Content(50, 1), BeyondEnd.REFUSE),
                new Operations.Write(Key.of("dir/b"), 700, new Content(50, 2), BeyondEnd.ZERO_FILL),
                new Operations.MakeDictionary(Key.of("made")),
                new Operations.RemoveDictionary(Key.of("empty")),
                rename("new", "renamed"),
                rename("dir/c", "other/c"),
                rename("other/c", "dir/b"),
                rename("dir", "made/dir"),
                rename("made", "moved"),
                new Operations.Allocate(Key.of("zeros"), 260),
                new Operations.Remove(Key.of("a")),
                new Operations.Remove(Key.of("moved")),
                new Operations.Clear());
    }

    @Test
    void whileFormatting(TestReporter reporter) throws Exception {
        add(reporter, campaign(FLASH).runFormat(ModelScenario.of("old content", Changes.content())));
    }

    @Test
    void inEveryChange(TestReporter reporter) throws Exception {
        for (Geometry geometry : List.of(FLASH, KEPT, TINY)) {
            add(
                    reporter,
                    campaign(geometry)
                            .run(ModelScenario.of("every change, " + geometry, everyChange())
                                    .after(Changes.content())));
        }
    }

    @Test
    void inAMixedRun(TestReporter reporter) throws Exception {
        List<Operation> operations = MixedOperations.of(MIXED_OPERATIONS, 3);
        for (int from = 0; from < MIXED_OPERATIONS; from += PIECE) {
            add(
                    reporter,
                    campaign(TINY)
                            .run(ModelScenario.of("mixed run from " + from, operations.subList(from, from + PIECE))
                                    .after(operations.subList(0, from))
                                    .mayBeFullBeyond(new Room(2_000, 12))));
        }
    }
}

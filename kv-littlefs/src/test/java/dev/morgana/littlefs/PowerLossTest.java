package dev.morgana.littlefs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.block.drivers.layer.BlockFault;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.StoreProvider;
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
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestReporter;

/** The power fails at every point of formatting and of every kind of change, and again while that is repaired. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Campaign
class PowerLossTest {
    private static final int LEAST_CUTS = 5_000;

    /** Metadata moves with nearly every compaction. */
    private static final Options WORN = Options.none().plus("blockCycles", "1");

    private static final Geometry TINY = new Geometry(16, 16, 128, 192, ErasedState.ONES);
    private static final Geometry SMALL = new Geometry(64, 64, 512, 64, ErasedState.ONES);

    private static final int MIXED_OPERATIONS = 300;
    private static final int REWRITES = 40;

    /** The mixed run is cut into pieces, each on top of those before, since every cut is followed by the rest of its piece. */
    private static final int PIECE = 20;

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

    private static PowerLoss campaign(StoreProvider provider, Geometry geometry, Options options) {
        return PowerLoss.of(provider, geometry).withOptions(options, options);
    }

    private static PowerLoss repairing(Geometry geometry, Options options) {
        return campaign(new WrappedProvider(Map.of(), true), geometry, options).withRecoveryCuts();
    }

    private static ModelScenario everyChange(String name) {
        return ModelScenario.of(name, Changes.all()).after(Changes.content());
    }

    @Test
    void whileFormatting(TestReporter reporter) throws Exception {
        for (Geometry geometry : List.of(TINY, SMALL)) {
            add(
                    reporter,
                    campaign(new LittleFsProvider(), geometry, WORN)
                            .runFormat(ModelScenario.of("old content", Changes.content())));
        }
    }

    @Test
    void inEveryChange(TestReporter reporter) throws Exception {
        Geometry zeros = new Geometry(8, 8, 256, 128, ErasedState.ZEROS);
        Geometry coarse = new Geometry(512, 512, 512, 64, ErasedState.ONES);
        Geometry kept = new Geometry(16, 16, 512, 64, ErasedState.UNDEFINED);
        add(reporter, campaign(new LittleFsProvider(), SMALL, Options.none()).run(everyChange("every change")));
        add(reporter, campaign(new LittleFsProvider(), zeros, WORN).run(everyChange("every change, worn")));
        add(reporter, campaign(new LittleFsProvider(), coarse, WORN).run(everyChange("every change, whole blocks")));
        add(
                reporter,
                campaign(new LittleFsProvider(), kept, Options.none()).run(everyChange("every change, no erase")));
        Options older = Options.none().plus("diskVersion", "2.0");
        add(
                reporter,
                PowerLoss.of(new LittleFsProvider(), SMALL)
                        .withOptions(older, Options.none())
                        .run(everyChange("every change, version 2.0")));
    }

    /** Every third rewrite moves a pair, and what follows from that owes moves up to the superblock. */
    @Test
    void whileMovesAreOwed(TestReporter reporter) throws Exception {
        Geometry coarse = new Geometry(512, 512, 512, 64, ErasedState.ONES);
        List<Operation> rewrites = new ArrayList<>();
        List<Key> files = List.of(Key.of("d/d/a/f"), Key.of("d/d/b/f"), Key.of("d/c/f"));
        for (int i = 0; i < REWRITES; i++) {
            rewrites.add(new Operations.Put(files.get(i % files.size()), new Content(9, i), false));
        }
        ModelScenario scenario =
                ModelScenario.of("rewrites three levels down", rewrites).after(rewrites.subList(0, files.size()));
        PowerLossReport report = repairing(coarse, WORN).run(scenario);
        assertThat(report.recoveryCuts()).isPositive();
        add(reporter, report);
    }

    @Test
    void againWhileRepairing(TestReporter reporter) throws Exception {
        PowerLossReport report = repairing(TINY, WORN).run(everyChange("every change, repaired at once"));
        assertThat(report.recoveryCuts()).isPositive();
        add(reporter, report);
    }

    @Test
    void inAMixedRun(TestReporter reporter) throws Exception {
        List<Operation> operations = MixedOperations.of(MIXED_OPERATIONS, 1);
        for (int from = 0; from < MIXED_OPERATIONS; from += PIECE) {
            ModelScenario piece = ModelScenario.of("mixed run from " + from, operations.subList(from, from + PIECE))
                    .after(operations.subList(0, from))
                    .mayBeFullBeyond(new Room(2_000, 12));
            add(reporter, campaign(new LittleFsProvider(), TINY, WORN).run(piece));
        }
    }

    @Test
    void onBadBlocks(TestReporter reporter) throws Exception {
        Map<Long, BlockFault> bad = Map.of(
                2L, BlockFault.PROGRAM_ERROR,
                5L, BlockFault.ERASE_ERROR,
                8L, BlockFault.PROGRAM_NOOP,
                13L, BlockFault.PROGRAM_ERROR,
                21L, BlockFault.ERASE_ERROR);
        add(reporter, campaign(new WrappedProvider(bad, false), SMALL, WORN).run(everyChange("bad blocks")));
    }
}

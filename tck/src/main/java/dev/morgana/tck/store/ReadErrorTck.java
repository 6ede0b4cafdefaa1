package dev.morgana.tck.store;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.morgana.tck.model.ModelScenario;
import dev.morgana.tck.readerror.ReadErrorReport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestReporter;

/** Items E1 and E2 of the contract: a read that fails is an error of the device, and never damage. */
public abstract class ReadErrorTck extends StoreContract {
    /** For subclasses. */
    protected ReadErrorTck() {}

    @StoreTest
    @DisplayName(
            "E1: a read that fails during a change fails it, nothing is written because of it, and nothing is lost")
    void changing(Bench bench, TestReporter reporter) throws Exception {
        ModelScenario scenario =
                ModelScenario.of("every mutation", Changes.of(bench)).after(Changes.before());
        ReadErrorReport report = bench.readErrors().run(scenario);
        reporter.publishEntry("read errors", report.toString());
        assumeTrue(report.points() > 0, "the store reads nothing while it is changed");
    }

    @StoreTest
    @DisplayName(
            "E2: the same for recognising, opening, checking and repairing, also after a power loss, and of damage")
    void opening(Bench bench, TestReporter reporter) throws Exception {
        ModelScenario scenario =
                ModelScenario.of("every mutation", Changes.of(bench)).after(Changes.before());
        reporter.publishEntry(
                "read errors", bench.readErrors().runOpening(scenario).toString());
    }
}

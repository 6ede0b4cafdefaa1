package dev.morgana.interop.report;

import java.nio.file.Path;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/** Writes the report when the last test has ended, and tells what was skipped. */
public final class ReportListener implements TestExecutionListener {
    private static final Path FOLDER =
            Path.of(System.getProperty("morgana.reactor", "..")).resolve("interop-tests/target");

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        if (InteropReport.lines().isEmpty()) {
            return; // a run of other tests alone leaves the report of the last full run
        }
        InteropReport.write(FOLDER);
        InteropReport.lines().stream()
                .filter(line -> line.outcome() == InteropReport.Outcome.SKIPPED)
                .forEach(line ->
                        System.out.println("skipped: " + line.peer() + ", " + line.geometry() + ": " + line.reason()));
    }
}

package dev.morgana.interop.report;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Writes the report when the last test has ended, and tells what was skipped, here and in the modules before. */
public final class ReportListener implements TestExecutionListener {
    private static final Path REACTOR = Path.of(System.getProperty("morgana.reactor", ".."));

    private final Skips skips = new Skips();

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        skips.add(test.getDisplayName() + ": " + reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
            StringWriter trace = new StringWriter();
            result.getThrowable().ifPresent(cause -> cause.printStackTrace(new PrintWriter(trace, true)));
            skips.add(trace.toString());
        }
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        if (!InteropReport.lines().isEmpty()) { // a run of other tests alone leaves the report of the last full run
            InteropReport.write(REACTOR.resolve(Skips.HERE).resolve("target"));
        }
        String started = System.getProperty("morgana.build.started", "");
        if (!started.isEmpty()) {
            skips.addModules(REACTOR, Instant.parse(started));
        }
        skips.lines().forEach(System.out::println);
    }
}

package dev.morgana.interop.peer;

import dev.morgana.interop.report.InteropReport;
import dev.morgana.interop.report.InteropReport.Line;
import dev.morgana.interop.report.InteropReport.Outcome;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * What is compared with another program. Its outcome goes into the report, however it ends.
 *
 * @param peer the other program
 * @param version its version, empty if it is not known
 */
record Comparison(String peer, String version, String geometry) {
    /**
     * Who writes and who reads.
     *
     * @param rounds how often it has been compared so far
     */
    record Direction(String name, IntSupplier rounds) {}

    /** What is done, and throws if it does not hold. */
    @FunctionalInterface
    interface Body {
        void run() throws Exception;
    }

    void run(List<Direction> directions, Body body) throws Exception {
        try {
            body.run();
        } catch (Exception | AssertionError e) {
            add(directions, Outcome.FAILED, reason(e));
            throw e;
        }
        add(directions, Outcome.PASSED, "");
    }

    /** Reports that it cannot be done here, in either direction. */
    void skipped(String why) {
        InteropReport.add(new Line(peer, version, "both", geometry, 0, Outcome.SKIPPED, why));
    }

    private void add(List<Direction> directions, Outcome outcome, String reason) {
        for (Direction direction : directions) {
            InteropReport.add(new Line(
                    peer,
                    version,
                    direction.name(),
                    geometry,
                    direction.rounds().getAsInt(),
                    outcome,
                    reason));
        }
    }

    /** What went wrong, and why, in one line. */
    private static String reason(Throwable e) {
        Throwable cause = e.getCause();
        return firstLine(e) + (cause == null ? "" : ": " + firstLine(cause));
    }

    private static String firstLine(Throwable e) {
        return String.valueOf(e.getMessage()).strip().lines().findFirst().orElse("");
    }
}

package dev.morgana.tck.readerror;

/** Counts what a campaign does. */
final class Tally {
    private long calls;
    private long points;
    private long refused;
    private long unchanged;

    void call() {
        calls++;
    }

    /** A read that failed, and whether the call did. */
    void point(boolean failed, boolean same) {
        points++;
        if (failed) {
            refused++;
            if (same) {
                unchanged++;
            }
        }
    }

    /** A report, unless none of the reads that there were has failed. */
    ReadErrorReport report(String name, long reads) {
        if (points == 0 && reads > 0) {
            throw new AssertionError(name + ": of " + reads + " reads in " + calls + " calls none failed");
        }
        return new ReadErrorReport(name, calls, points, refused, points - refused, unchanged);
    }
}

package dev.morgana.block.drivers.layer;

/**
 * Decides which reads of {@linkplain ReadFailDevice devices} fail; may be set at any time. Several devices may share it, and
 * their reads count together. Safe for use by many threads.
 */
public final class ReadFailures {
    private long reads;
    private long failed;
    private long first = Long.MAX_VALUE;
    private long end = Long.MAX_VALUE;

    /** Makes one that lets every read pass. */
    public ReadFailures() {}

    /**
     * Lets a number of reads pass, from now on, and fails those after them. What was set before is forgotten.
     *
     * @param pass how many reads still succeed, at least 0
     * @param times how many fail then, at least 1; {@link Long#MAX_VALUE} for all
     */
    public synchronized void failAfter(long pass, long times) {
        if (pass < 0 || times < 1) {
            throw new IllegalArgumentException(
                    "pass is " + pass + ", at least 0 is needed; times is " + times + ", at least 1 is needed");
        }
        first = saturated(reads, pass);
        end = saturated(first, times);
    }

    private static long saturated(long one, long other) {
        return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
    }

    /** Lets every read pass again. */
    public synchronized void clear() {
        first = Long.MAX_VALUE;
        end = Long.MAX_VALUE;
    }

    /**
     * How many reads there were, failed ones too. A campaign that fails each of them learns here how many there are.
     *
     * @return the number
     */
    public synchronized long reads() {
        return reads;
    }

    /**
     * How many reads failed.
     *
     * @return the number
     */
    public synchronized long failed() {
        return failed;
    }

    /** Counts a read; tells whether it fails. */
    synchronized boolean take() {
        boolean fails = reads >= first && reads < end;
        reads++;
        if (fails) {
            failed++;
        }
        return fails;
    }
}

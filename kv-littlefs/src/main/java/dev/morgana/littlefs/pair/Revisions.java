package dev.morgana.littlefs.pair;

/** Which revisions of a pair call for moving it to other blocks (section 9.6). */
record Revisions(long blockCycles) {
    /** An odd number, so that the two blocks of a pair take turns. */
    private int period() {
        return (int) (blockCycles + 1) | 1;
    }

    /** Whether the compaction that follows a revision moves the pair. */
    boolean isMoveDue(int revision) {
        return blockCycles > 0 && Integer.remainderUnsigned(revision + 1, period()) == 0;
    }

    /** The revision to begin with where a block held another one: the next that is a multiple of the period. */
    int start(int stale) {
        if (blockCycles <= 0) {
            return stale;
        }
        int raised = stale + period() - 1;
        return raised - Integer.remainderUnsigned(raised, period());
    }
}

package dev.morgana.littlefs.log;

import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.MoveState;

/**
 * The global state of a file system that is being written (section 10.3): what the medium says, what it is to say, and what
 * pairs that left the thread have handed on. Every commit writes the difference into its pair's share.
 */
public final class GlobalState {
    private MoveState onDisk;
    private MoveState wanted;
    private MoveState inherited = MoveState.NONE;
    private int orphans;

    GlobalState(MoveState onDisk) {
        this.onDisk = onDisk;
        this.wanted = onDisk;
        this.orphans = onDisk.hasOrphans() ? 1 : 0;
    }

    /** What counts, whether it is on the medium already or not. */
    public MoveState wanted() {
        return wanted;
    }

    /** Whether the thread may hold pairs that do not belong there, or outdated addresses. */
    boolean hasOrphans() {
        return orphans > 0;
    }

    /** One more step began that leaves an orphan behind if it is interrupted. */
    public void orphanBegins() {
        orphans++;
        wanted = wanted.withOrphans(true);
    }

    /** Such a step is about to be finished by the next commit. */
    public void orphanEnds() {
        assert orphans > 0;
        orphans--;
        wanted = wanted.withOrphans(orphans > 0);
    }

    /** No orphan is left. */
    void orphansGone() {
        orphans = 0;
        wanted = wanted.withOrphans(false);
    }

    /** An entry counts as absent from the next commit on, and is to be deleted. */
    public void moveBegins(BlockPair pair, int id) {
        wanted = wanted.withMove(pair, id);
    }

    /** That entry is about to be deleted by the next commit. */
    void moveEnds() {
        wanted = wanted.withoutMove();
    }

    /** The share of a pair that is about to leave the thread. */
    void inherit(MoveState share) {
        inherited = inherited.xor(share);
    }

    /** What the next commit has to add to its pair's share. */
    MoveState difference() {
        return onDisk.xor(wanted).xor(inherited);
    }

    /** The difference was written. */
    void written() {
        onDisk = wanted;
        inherited = MoveState.NONE;
    }
}

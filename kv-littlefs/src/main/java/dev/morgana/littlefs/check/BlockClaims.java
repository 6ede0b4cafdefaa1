package dev.morgana.littlefs.check;

import dev.morgana.littlefs.space.BlockSet;
import dev.morgana.spi.error.Position;

/** Who uses which block; no block may be used twice. */
public final class BlockClaims {
    private final BlockSet used = new BlockSet();
    private final Findings findings;
    private boolean conflicts;

    public BlockClaims(Findings findings) {
        this.findings = findings;
    }

    /** Takes note that a block is used. */
    public void claim(long block, Position where, String subject) {
        if (!used.add(block)) {
            conflicts = true;
            findings.error("block-used-twice", where, "a block of its own", "block " + block + ", in use", subject);
        }
    }

    /** Whether a block was claimed that was in use. */
    boolean hasConflicts() {
        return conflicts;
    }
}

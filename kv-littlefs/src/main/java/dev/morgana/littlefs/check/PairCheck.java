package dev.morgana.littlefs.check;

import dev.morgana.littlefs.exam.BlockExam;
import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.Dialect;
import dev.morgana.littlefs.layout.LogScan;
import dev.morgana.littlefs.pair.Blocks;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.Position;
import org.jspecify.annotations.Nullable;

/**
 * Checks both blocks of a pair: whether the one that counts is whole, and whether the other one was the one that should count
 * (littlefs page, section 5.5).
 */
final class PairCheck {
    private final Blocks blocks;
    private final Dialect dialect;
    private final Findings findings;

    PairCheck(Blocks blocks, Dialect dialect, Findings findings) {
        this.blocks = blocks;
        this.dialect = dialect;
        this.findings = findings;
    }

    /** Checks a pair of which at least one block counts; the active one first. */
    void check(BlockPair pair) throws DeviceException {
        BlockExam active = BlockExam.of(blocks, pair.first(), dialect);
        BlockExam other = BlockExam.of(blocks, pair.second(), dialect);
        LogScan scan = active.scan();
        if (scan != null) {
            checkEnding(active, scan, pair);
            checkOther(other, scan, pair);
        }
    }

    /** Tells what is wrong with a pair of which neither block counts. */
    void explain(BlockPair pair) throws DeviceException {
        for (long block : new long[] {pair.first(), pair.second()}) {
            if (block < blocks.count()) {
                BlockExam exam = BlockExam.of(blocks, block, dialect);
                LogScan scan = exam.scan();
                Position where = blocks.position(block, scan == null ? 0 : scan.stopOffset(), "metadata block");
                findings.error("unusable-block", where, "an intact commit", why(scan), pair.toString());
            }
        }
    }

    private void checkEnding(BlockExam active, LogScan scan, BlockPair pair) {
        Position where = blocks.position(active.block(), scan.stopOffset(), "commit");
        String expected = "the end of an intact commit";
        switch (active.ending()) {
            case CLEAN -> {
                if (active.programmedBehind()) {
                    findings.info("begun-commit", where, "erased bytes", "a commit that was begun", pair.toString());
                }
            }
            case TORN, UNCLEAR -> {
                String found =
                        "a commit that was cut off" + (active.ending() == BlockExam.Ending.TORN ? "" : " or damaged");
                // Chamelon writes whole blocks, so it tears no commits at the end of a log.
                if (active.ending() == BlockExam.Ending.TORN && dialect == Dialect.LITTLEFS) {
                    findings.info("torn-commit", where, expected, found, pair.toString());
                } else {
                    findings.warning("unfinished-commit", where, expected, found, pair.toString());
                }
            }
            case DAMAGED -> findings.error("damaged-commit", where, expected, why(scan), pair.toString());
            case UNREADABLE -> findings.error("unreadable-block", where, expected, "unreadable", pair.toString());
        }
    }

    private void checkOther(BlockExam other, LogScan active, BlockPair pair) {
        LogScan scan = other.scan();
        Position where = blocks.position(other.block(), 0, "metadata block");
        if (scan == null) {
            findings.error("unreadable-block", where, "a readable block", "unreadable", pair.toString());
        } else if (dialect == Dialect.CHAMELON) {
            checkCopy(scan, active, where, pair);
        } else if (!scan.isUsable()) {
            checkUnused(other, scan, active, pair);
        } else if (scan.revision() == active.revision()) {
            findings.warning(
                    "equal-revisions",
                    where,
                    "another revision than " + Integer.toUnsignedString(active.revision()),
                    "the same in both blocks",
                    pair.toString());
        }
    }

    /** Chamelon writes the same bytes to both blocks. */
    private void checkCopy(LogScan copy, LogScan active, Position where, BlockPair pair) {
        if (copy.commits() < active.commits() && (copy.revision() == active.revision() || !copy.isUsable())) {
            findings.warning(
                    "damaged-copy",
                    where,
                    active.commits() + " intact commits, as in the other block",
                    copy.commits() + " (" + why(copy) + ")",
                    pair.toString());
        }
    }

    /**
     * A block without an intact commit. A newer one was to replace the active one: torn, that is how littlefs works; damaged,
     * newer data is lost. An older one is a spare. Both blocks of the superblock's pair are written by formatting; in other
     * pairs the spare may never have been, so that only what looks like a commit tells something.
     */
    private void checkUnused(BlockExam other, LogScan scan, LogScan active, BlockPair pair) {
        Position where = blocks.position(other.block(), scan.stopOffset(), "metadata block");
        boolean damaged = other.ending() == BlockExam.Ending.DAMAGED && other.hasCommitLike();
        boolean newer = dialect.isNewer(scan.revision(), active.revision());
        String found = why(scan) + " at revision " + Integer.toUnsignedString(scan.revision());
        if (newer && damaged) {
            findings.error("damaged-block", where, "an intact commit", found, pair.toString());
        } else if (damaged) {
            findings.warning("damaged-spare", where, "an intact older version", found, pair.toString());
        } else if (newer || other.hasCommitLike() || pair.sameBlocks(BlockPair.SUPERBLOCK)) {
            findings.info("torn-compaction", where, "an intact commit", found, pair.toString());
        }
    }

    private static String why(@Nullable LogScan scan) {
        return scan == null ? "unreadable" : scan.end().label();
    }
}

package dev.morgana.tck.power;

import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Supplier;

/**
 * Walks through what happened to a medium, and at every point builds the images that a power loss there may leave. An image
 * that was seen at the same progress is not seen again.
 */
final class Explorer {
    /** Takes the images. */
    interface Visitor {
        void visit(Image image, Progress progress, Supplier<String> description) throws Exception;
    }

    private final List<Event> journal;
    private final Pending pending;
    private final long seed;
    private final Visitor visitor;

    /** The fingerprints of the images that were seen at the present progress. */
    private final Set<Long> seen = new HashSet<>();

    private Progress progress;
    private long stepBegan;
    private final Tally tally = new Tally();

    /** Begins with the image before the first event. */
    Explorer(Image start, List<Event> journal, Progress progress, long seed, Visitor visitor) {
        this.journal = journal;
        this.pending = new Pending(start.copy());
        this.progress = progress;
        this.seed = seed;
        this.visitor = visitor;
    }

    /** Cuts the power before the first event, and after each. */
    Tally explore() throws Exception {
        cut(-1);
        for (int index = 0; index < journal.size(); index++) {
            Event event = journal.get(index);
            pending.add(event);
            if (event instanceof Event.Begin begin) {
                progress = new Progress(begin.step(), true);
                seen.clear();
                stepBegan = fingerprintNow();
            } else if (event instanceof Event.End end) {
                countEffective();
                progress = new Progress(end.step() + 1, false);
                seen.clear();
                cut(index);
            } else {
                cut(index);
            }
        }
        return tally;
    }

    private long fingerprintNow() {
        return pending.fingerprint(pending.latest());
    }

    /** Of the images seen in a step, those that are neither what was before it nor what is after it. */
    private void countEffective() {
        seen.remove(stepBegan);
        seen.remove(fingerprintNow());
        tally.effective += seen.size();
    }

    private void cut(int index) throws Exception {
        tally.cuts++;
        int last =
                index >= 0 && journal.get(index) instanceof Event.Change change ? pending.indexOf(change.block()) : -1;
        if (Combinations.isSampled(pending.histories())) {
            tally.sampled++;
        }
        for (int[] states : Combinations.of(pending, last, new Random(seed + index))) {
            if (seen.add(pending.fingerprint(states))) {
                tally.images++;
                visitor.visit(pending.image(states), progress, () -> describe(index, states));
            } else {
                tally.duplicates++;
            }
        }
    }

    private String describe(int index, int[] states) {
        StringJoiner kept = new StringJoiner("; ");
        List<BlockHistory> blocks = pending.histories();
        for (int i = 0; i < states.length; i++) {
            kept.add(blocks.get(i).describe(blocks.get(i).states().get(states[i])));
        }
        return "power lost after event " + index + " of " + journal.size() + " ("
                + (index < 0 ? "none" : journal.get(index)) + "), " + progress + "; kept of what was not synced: "
                + (states.length == 0 ? "nothing was open" : kept);
    }

    /** What was counted. */
    static final class Tally {
        private long cuts;
        private long sampled;
        private long images;
        private long duplicates;
        private long effective;

        long cuts() {
            return cuts;
        }

        long sampled() {
            return sampled;
        }

        long images() {
            return images;
        }

        long duplicates() {
            return duplicates;
        }

        long effective() {
            return effective;
        }
    }
}

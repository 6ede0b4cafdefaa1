package dev.morgana.littlefs.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the log of a metadata block amounts to (section 6.2). Immutable.
 *
 * @param entries by id
 * @param tail the next pair on the thread, or null at its end
 * @param moveDelta this pair's share of the global state
 */
public record PairState(
        List<MetadataEntry> entries, @Nullable Tail tail, MoveState moveDelta) {
    /** The state before the first commit. */
    public static final PairState EMPTY = new PairState(List.of(), null, MoveState.NONE);

    public PairState {
        entries = List.copyOf(entries);
    }

    /** The superblock, if the first entry is one. */
    public Optional<Superblock> superblock() {
        return entries.isEmpty() ? Optional.empty() : entries.get(0).superblock();
    }

    /** Whether the directory goes on in the tail's pair. */
    public boolean isSplit() {
        return tail != null && tail.hard();
    }

    /** The entries from one id to before another, as a pair of their own, with its tail and share of the global state. */
    public PairState part(int from, int to, @Nullable Tail newTail, MoveState delta) {
        return new PairState(entries.subList(from, to), newTail, delta);
    }

    /** The same with another share of the global state. */
    public PairState withMoveDelta(MoveState delta) {
        return new PairState(entries, tail, delta);
    }

    /** Everything as a list of changes to an empty pair, without creates, as a compacted block holds it (section 9.3). */
    public List<PairChange> compacted() {
        List<PairChange> log = new ArrayList<>();
        for (int id = 0; id < entries.size(); id++) {
            entries.get(id).addTo(log, id);
        }
        if (tail != null) {
            log.add(tail.change());
        }
        if (!moveDelta.isNone()) {
            log.add(moveDelta.change());
        }
        return log;
    }
}

package dev.morgana.littlefs.log;

import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.FileName;
import dev.morgana.littlefs.layout.PairChanges;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * Everything that must follow its entry, place or directory through commits: open files, open directories, and what a running
 * operation still needs. Safe for use by many threads.
 */
public final class Trackers {
    private final Set<Tracker> trackers = Collections.newSetFromMap(new IdentityHashMap<>());

    public synchronized Tracker entry(FileName name, BlockPair pair, int id) {
        return add(new Tracker(Tracker.Kind.ENTRY, name, pair, id));
    }

    public synchronized Tracker place(BlockPair pair, int id) {
        return add(new Tracker(Tracker.Kind.PLACE, FileName.EMPTY, pair, id));
    }

    public synchronized Tracker directory(BlockPair first) {
        return add(new Tracker(Tracker.Kind.DIRECTORY, FileName.EMPTY, first, 0));
    }

    private Tracker add(Tracker tracker) {
        trackers.add(tracker);
        return tracker;
    }

    /** Ends following. */
    public synchronized void release(Tracker tracker) {
        trackers.remove(tracker);
    }

    /** All of them now. */
    public synchronized List<Tracker> all() {
        return List.copyOf(trackers);
    }

    /** Those on one entry, taken out until {@link #attach} puts them somewhere else. */
    public synchronized List<Tracker> detach(BlockPair pair, int id) {
        List<Tracker> found = new ArrayList<>();
        for (Tracker tracker : trackers) {
            if (tracker.kind() == Tracker.Kind.ENTRY && tracker.isIn(pair) && tracker.id() == id) {
                found.add(tracker);
            }
        }
        found.forEach(trackers::remove);
        return found;
    }

    /** Puts detached trackers on another entry. */
    public static void place(List<Tracker> detached, DirectoryEntry entry) {
        for (Tracker tracker : detached) {
            tracker.rename(entry.entry().name());
            tracker.moveTo(entry.pair().blocks(), entry.id());
        }
    }

    /** Takes detached trackers in again. */
    public synchronized void attach(List<Tracker> detached) {
        trackers.addAll(detached);
    }

    /** A commit changed a pair. */
    void shift(BlockPair pair, PairChanges changes) {
        in(pair).forEach(tracker -> tracker.shift(changes));
    }

    /** The entries of a pair from an id on went to another pair of the same directory. */
    void split(BlockPair pair, int from, BlockPair to) {
        for (Tracker tracker : in(pair)) {
            if (tracker.kind() != Tracker.Kind.DIRECTORY && tracker.id() >= from) {
                tracker.moveTo(to, tracker.id() - from);
            }
        }
    }

    /** A pair has other blocks now, or everything of it is in another pair. */
    public void move(BlockPair from, BlockPair to) {
        in(from).forEach(tracker -> tracker.moveTo(to, tracker.id()));
    }

    /** An empty pair left its directory; whoever stood there stands at the beginning of the next one. */
    void dropped(BlockPair pair, BlockPair next) {
        in(pair).forEach(tracker -> tracker.moveTo(next, 0));
    }

    /** A pair is no more. */
    void gone(BlockPair pair) {
        in(pair).forEach(Tracker::go);
    }

    private synchronized List<Tracker> in(BlockPair pair) {
        return trackers.stream().filter(tracker -> tracker.isIn(pair)).toList();
    }

    /** Where everything is now, to be {@linkplain #restore restored} if a commit fails. */
    public synchronized List<Saved> snapshot() {
        return trackers.stream()
                .map(tracker -> new Saved(tracker, tracker.copy()))
                .toList();
    }

    /** Puts everything back to where it was. */
    synchronized void restore(List<Saved> snapshot) {
        snapshot.forEach(saved -> saved.tracker().assign(saved.before()));
    }

    /** A tracker and what it was. */
    record Saved(Tracker tracker, Tracker before) {}
}

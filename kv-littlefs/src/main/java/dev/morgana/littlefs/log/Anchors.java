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
final class Anchors {
    private final Set<Anchor> anchors = Collections.newSetFromMap(new IdentityHashMap<>());

    synchronized Anchor entry(FileName name, BlockPair pair, int id) {
        return add(new Anchor(Anchor.Kind.ENTRY, name, pair, id));
    }

    synchronized Anchor place(BlockPair pair, int id) {
        return add(new Anchor(Anchor.Kind.PLACE, FileName.EMPTY, pair, id));
    }

    synchronized Anchor directory(BlockPair first) {
        return add(new Anchor(Anchor.Kind.DIRECTORY, FileName.EMPTY, first, 0));
    }

    private Anchor add(Anchor anchor) {
        anchors.add(anchor);
        return anchor;
    }

    /** Ends following. */
    synchronized void release(Anchor anchor) {
        anchors.remove(anchor);
    }

    /** All of them now. */
    synchronized List<Anchor> all() {
        return List.copyOf(anchors);
    }

    /** Those on one entry, taken out until {@link #attach} puts them somewhere else. */
    synchronized List<Anchor> detach(BlockPair pair, int id) {
        List<Anchor> found = new ArrayList<>();
        for (Anchor anchor : anchors) {
            if (anchor.kind() == Anchor.Kind.ENTRY && anchor.isIn(pair) && anchor.id() == id) {
                found.add(anchor);
            }
        }
        found.forEach(anchors::remove);
        return found;
    }

    /** Puts detached anchors on another entry. */
    static void place(List<Anchor> detached, Located entry) {
        for (Anchor anchor : detached) {
            anchor.rename(entry.entry().name());
            anchor.moveTo(entry.pair().blocks(), entry.id());
        }
    }

    /** Takes detached anchors in again. */
    synchronized void attach(List<Anchor> detached) {
        anchors.addAll(detached);
    }

    /** A commit changed a pair. */
    void shift(BlockPair pair, PairChanges changes) {
        in(pair).forEach(anchor -> anchor.shift(changes));
    }

    /** The entries of a pair from an id on went to another pair of the same directory. */
    void split(BlockPair pair, int from, BlockPair to) {
        for (Anchor anchor : in(pair)) {
            if (anchor.kind() != Anchor.Kind.DIRECTORY && anchor.id() >= from) {
                anchor.moveTo(to, anchor.id() - from);
            }
        }
    }

    /** A pair has other blocks now, or everything of it is in another pair. */
    void move(BlockPair from, BlockPair to) {
        in(from).forEach(anchor -> anchor.moveTo(to, anchor.id()));
    }

    /** An empty pair left its directory; whoever stood there stands at the beginning of the next one. */
    void dropped(BlockPair pair, BlockPair next) {
        in(pair).forEach(anchor -> anchor.moveTo(next, 0));
    }

    /** A pair is no more. */
    void gone(BlockPair pair) {
        in(pair).forEach(Anchor::go);
    }

    private synchronized List<Anchor> in(BlockPair pair) {
        return anchors.stream().filter(anchor -> anchor.isIn(pair)).toList();
    }

    /** Where everything is now, to be {@linkplain #restore restored} if a commit fails. */
    synchronized List<Saved> snapshot() {
        return anchors.stream().map(anchor -> new Saved(anchor, anchor.copy())).toList();
    }

    /** Puts everything back to where it was. */
    synchronized void restore(List<Saved> snapshot) {
        snapshot.forEach(saved -> saved.anchor().assign(saved.before()));
    }

    /** An anchor and what it was. */
    record Saved(Anchor anchor, Anchor before) {}
}

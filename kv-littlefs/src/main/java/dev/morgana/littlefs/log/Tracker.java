package dev.morgana.littlefs.log;

import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.FileName;
import dev.morgana.littlefs.layout.PairChanges;
import java.util.OptionalInt;

/** Something in the tree that stays the same while ids shift and pairs split and move. {@link Trackers} keep it right. */
public final class Tracker {
    /** What is meant. */
    enum Kind {
        /** An entry, until it is removed. */
        ENTRY,
        /** A place between entries: before the one with this id. */
        PLACE,
        /** A directory by its first pair. */
        DIRECTORY
    }

    private final Kind kind;
    private FileName name;
    private BlockPair pair;
    private int id;
    private boolean gone;

    Tracker(Kind kind, FileName name, BlockPair pair, int id) {
        this.kind = kind;
        this.name = name;
        this.pair = pair;
        this.id = id;
    }

    Tracker copy() {
        Tracker copy = new Tracker(kind, name, pair, id);
        copy.gone = gone;
        return copy;
    }

    /** Becomes what another one is. */
    void assign(Tracker other) {
        pair = other.pair;
        id = other.id;
        gone = other.gone;
    }

    /** The name of the entry. */
    public FileName name() {
        return name;
    }

    /** The entry has another name. */
    public void rename(FileName newName) {
        name = newName;
    }

    public Kind kind() {
        return kind;
    }

    public BlockPair pair() {
        return pair;
    }

    public int id() {
        return id;
    }

    /** Whether the entry or directory was removed. */
    public boolean isGone() {
        return gone;
    }

    void go() {
        gone = true;
    }

    boolean isIn(BlockPair where) {
        return !gone && pair.sameBlocks(where);
    }

    void moveTo(BlockPair newPair, int newId) {
        pair = newPair;
        id = newId;
    }

    /** Follows the changes of a commit to its pair. */
    void shift(PairChanges changes) {
        if (kind == Kind.PLACE) {
            id = changes.shiftPlace(id);
        } else if (kind == Kind.ENTRY) {
            OptionalInt shifted = changes.shift(id);
            gone = shifted.isEmpty();
            id = shifted.orElse(id);
        }
    }
}

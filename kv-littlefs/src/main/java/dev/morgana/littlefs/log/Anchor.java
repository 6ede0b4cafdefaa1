package dev.morgana.littlefs.log;

import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.FileName;
import dev.morgana.littlefs.layout.PairChanges;
import java.util.OptionalInt;

/** Something in the tree that stays the same while ids shift and pairs split and move. {@link Anchors} keep it right. */
final class Anchor {
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

    Anchor(Kind kind, FileName name, BlockPair pair, int id) {
        this.kind = kind;
        this.name = name;
        this.pair = pair;
        this.id = id;
    }

    Anchor copy() {
        Anchor copy = new Anchor(kind, name, pair, id);
        copy.gone = gone;
        return copy;
    }

    /** Becomes what another one is. */
    void assign(Anchor other) {
        pair = other.pair;
        id = other.id;
        gone = other.gone;
    }

    /** The name of the entry. */
    FileName name() {
        return name;
    }

    /** The entry has another name. */
    void rename(FileName newName) {
        name = newName;
    }

    Kind kind() {
        return kind;
    }

    BlockPair pair() {
        return pair;
    }

    int id() {
        return id;
    }

    /** Whether the entry or directory was removed. */
    boolean isGone() {
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

package dev.morgana.littlefs.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** What one commit does to one pair, in order (section 9). Ids refer to the numbering that the changes before them leave. */
public final class PairChanges {
    private final List<PairChange> changes = new ArrayList<>();

    /** Inserts an entry before the one that has this id now, with its name. */
    public PairChanges create(int id, int nameType, FileName name) {
        changes.add(PairChange.of(TagType.CREATE, id));
        changes.add(PairChange.of(nameType, id, name.toBytes()));
        return this;
    }

    /** Gives an entry other content. */
    public PairChanges struct(int id, EntryStruct struct) {
        changes.add(PairChange.of(struct.type(), id, struct.encode()));
        return this;
    }

    /** Sets an attribute of an entry. */
    public PairChanges attribute(int id, int number, byte[] value) {
        changes.add(PairChange.attribute(number, id, value));
        return this;
    }

    /** Sets several attributes of an entry. */
    public PairChanges attributes(int id, Map<Integer, byte[]> values) {
        values.forEach((number, value) -> attribute(id, number, value));
        return this;
    }

    /** Removes an attribute of an entry, whether it has it or not. */
    public PairChanges removeAttribute(int id, int number) {
        changes.add(PairChange.attributeRemoved(number, id));
        return this;
    }

    /** Removes an entry. */
    public PairChanges delete(int id) {
        changes.add(PairChange.of(TagType.DELETE, id));
        return this;
    }

    /** Leads the thread to another pair. */
    public PairChanges tail(BlockPair next, boolean hard) {
        changes.add(new Tail(next, hard, 0).change());
        return this;
    }

    /** The changes so far. */
    public List<PairChange> list() {
        return List.copyOf(changes);
    }

    /** Whether an entry is removed. */
    public boolean hasDelete() {
        return changes.stream().anyMatch(change -> change.tag().is(TagType.DELETE));
    }

    /** The state that a pair has after the changes. */
    public PairState applyTo(PairState before) {
        LittlefsState state = new LittlefsState();
        state.begin(before);
        for (PairChange change : changes) {
            state.apply(new LogItem.Entry(0, change.tag(), change.data()));
        }
        return state.snapshot();
    }

    /** What becomes of an entry's id; empty if the entry is removed. */
    public OptionalInt shift(int id) {
        int shifted = id;
        for (PairChange change : changes) {
            Tag tag = change.tag();
            if (tag.is(TagType.DELETE) && tag.id() == shifted) {
                return OptionalInt.empty();
            }
            shifted = shiftPlace(tag, shifted);
        }
        return OptionalInt.of(shifted);
    }

    /** What becomes of a place between entries, named by the id of the entry after it. */
    public int shiftPlace(int id) {
        int shifted = id;
        for (PairChange change : changes) {
            shifted = shiftPlace(change.tag(), shifted);
        }
        return shifted;
    }

    private static int shiftPlace(Tag tag, int id) {
        if (tag.is(TagType.CREATE) && tag.id() <= id) {
            return id + 1;
        }
        return tag.is(TagType.DELETE) && tag.id() < id ? id - 1 : id;
    }
}

package dev.morgana.littlefs.layout;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Applies the tags of a log in order (section 6.2). Tags of a form that no writer makes are passed over: {@code check}
 * reports them.
 */
abstract class PairStateBuilder {
    /** Ids have ten bits and the last one means "no entry". Hostile logs could go on inserting. */
    static final int ENTRIES_MAX = Tag.NO_ID;

    final List<MetadataEntry> entries = new ArrayList<>();

    @Nullable
    Tail tail;

    private MoveState moveDelta = MoveState.NONE;
    private PairState snapshot = PairState.EMPTY;
    private boolean changed;

    /** Begins with what a pair holds already. */
    final void begin(PairState state) {
        assert entries.isEmpty() : "the builder was used already";
        entries.addAll(state.entries());
        tail = state.tail();
        moveDelta = state.moveDelta();
        snapshot = state;
    }

    /** Applies one tag. */
    final void apply(LogItem.Entry item) {
        changed = true;
        Tag tag = item.tag();
        switch (tag.tagClass()) {
            case NAME -> applyName(item);
            case STRUCT -> {
                if (hasEntry(tag.id())) {
                    entries.set(tag.id(), applyStruct(entries.get(tag.id()), item));
                }
            }
            case ATTRIBUTE -> {
                if (hasEntry(tag.id())) {
                    entries.set(tag.id(), applyAttribute(entries.get(tag.id()), item));
                }
            }
            case SPLICE -> applySplice(tag);
            case TAIL -> applyTail(item);
            case GLOBAL -> {
                if (tag.is(TagType.MOVE_STATE)) {
                    MoveState.decode(item.data()).ifPresent(delta -> moveDelta = delta);
                }
            }
            case CRC, INTERNAL -> {}
        }
    }

    /** Creates and deletes. */
    abstract void applySplice(Tag tag);

    /** Whether a struct or attribute of this id has an entry to go to; a name always has. */
    abstract boolean hasEntry(int id);

    /** The entry with another struct beside the one that it may have already. */
    abstract MetadataEntry applyStruct(MetadataEntry entry, LogItem.Entry item);

    /** Where the thread goes on. */
    abstract void applyTail(LogItem.Entry item);

    /** The state after the tags applied so far. */
    final PairState snapshot() {
        if (changed) {
            snapshot = new PairState(entries, tail, moveDelta);
            changed = false;
        }
        return snapshot;
    }

    private void applyName(LogItem.Entry item) {
        int id = item.tag().id();
        if (id < ENTRIES_MAX) {
            extendTo(id + 1);
            entries.set(id, entries.get(id).withName(item.tag().type(), new FileName(item.data()), item.offset()));
        }
    }

    private static MetadataEntry applyAttribute(MetadataEntry entry, LogItem.Entry item) {
        int number = item.tag().chunk();
        return item.tag().isDeletion() ? entry.withoutAttribute(number) : entry.withAttribute(number, item.data());
    }

    final void extendTo(int count) {
        while (entries.size() < count) {
            entries.add(MetadataEntry.BLANK);
        }
    }
}

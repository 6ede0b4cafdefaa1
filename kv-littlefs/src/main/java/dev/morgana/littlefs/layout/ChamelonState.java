package dev.morgana.littlefs.layout;

/**
 * The state of a pair by the rules of chamelon (R3 to R5 of the chamelon page): ids never shift, a delete empties its id, of
 * two kinds of struct the skip list wins, the first hard tail counts. Chamelon writes the attributes of an entry before its
 * name.
 */
final class ChamelonState extends PairStateBuilder {
    @Override
    void applySplice(Tag tag) {
        if (tag.is(TagType.DELETE) && tag.id() < entries.size()) {
            entries.set(tag.id(), MetadataEntry.BLANK);
        }
    }

    @Override
    boolean hasEntry(int id) {
        if (id < ENTRIES_MAX) {
            extendTo(id + 1);
        }
        return id < ENTRIES_MAX;
    }

    @Override
    MetadataEntry applyStruct(MetadataEntry entry, LogItem.Entry item) {
        EntryStruct struct = EntryStruct.decode(item.tag(), item.data());
        boolean hidden = entry.struct() instanceof EntryStruct.Ctz && !(struct instanceof EntryStruct.Ctz);
        return hidden ? entry : entry.withStruct(struct, item.offset());
    }

    @Override
    void applyTail(LogItem.Entry item) {
        if (tail == null && item.tag().is(TagType.HARD_TAIL) && item.data().length == BlockPair.BYTES) {
            BlockPair next = BlockPair.decode(item.data());
            tail = next.isNone() ? null : new Tail(next, true, item.offset());
        }
    }
}

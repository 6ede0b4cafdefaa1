package dev.morgana.littlefs.layout;

/** The state of a pair by the rules of littlefs: creates and deletes shift the entries above them. */
final class LittlefsState extends PairStateBuilder {
    @Override
    void applySplice(Tag tag) {
        int id = tag.id();
        if (tag.is(TagType.CREATE) && id < ENTRIES_MAX && entries.size() < ENTRIES_MAX) {
            extendTo(id);
            entries.add(id, MetadataEntry.BLANK);
        } else if (tag.is(TagType.DELETE) && id < entries.size()) {
            entries.remove(id);
        }
    }

    @Override
    boolean hasEntry(int id) {
        return id < entries.size();
    }

    @Override
    MetadataEntry applyStruct(MetadataEntry entry, LogItem.Entry item) {
        EntryStruct struct = item.tag().isDeletion() ? null : EntryStruct.decode(item.tag(), item.data());
        return entry.withStruct(struct, item.offset());
    }

    @Override
    void applyTail(LogItem.Entry item) {
        if (item.data().length == BlockPair.BYTES) {
            BlockPair next = BlockPair.decode(item.data());
            tail = next.isNone() ? null : new Tail(next, (item.tag().chunk() & 1) != 0, item.offset());
        }
    }
}

package dev.morgana.littlefs.layout;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a pair: a file, a directory or a superblock. Immutable; the arrays in it are shared and must not be changed.
 *
 * @param nameType the eleven bits of the name tag's type, or {@link #NO_NAME}
 * @param name the name
 * @param struct what it holds, or null; an entry without is not visible
 * @param attributes the user attributes by number
 * @param offset where its struct, or else its name, stands in the block
 */
public record MetadataEntry(
        int nameType, FileName name, @Nullable EntryStruct struct, SortedMap<Integer, byte[]> attributes, int offset) {
    /** The name type of an entry without a name. */
    public static final int NO_NAME = -1;

    /** An entry that has nothing yet. */
    public static final MetadataEntry BLANK =
            new MetadataEntry(NO_NAME, FileName.EMPTY, null, Collections.emptySortedMap(), 0);

    /** This entry with a kind and a name. */
    public MetadataEntry withName(int type, FileName newName, int at) {
        return new MetadataEntry(type, newName, struct, attributes, at);
    }

    /** This entry with another struct, or without one. */
    public MetadataEntry withStruct(@Nullable EntryStruct newStruct, int at) {
        return new MetadataEntry(nameType, name, newStruct, attributes, at);
    }

    /** This entry with an attribute set. */
    public MetadataEntry withAttribute(int number, byte[] value) {
        TreeMap<Integer, byte[]> changed = new TreeMap<>(attributes);
        changed.put(number, value);
        return new MetadataEntry(nameType, name, struct, Collections.unmodifiableSortedMap(changed), offset);
    }

    /** This entry without an attribute. */
    public MetadataEntry withoutAttribute(int number) {
        TreeMap<Integer, byte[]> changed = new TreeMap<>(attributes);
        changed.remove(number);
        return new MetadataEntry(nameType, name, struct, Collections.unmodifiableSortedMap(changed), offset);
    }

    /** Whether the name says regular file. */
    public boolean isFile() {
        return nameType == TagType.FILE_NAME.code();
    }

    /** Whether the name says directory. */
    public boolean isDirectory() {
        return nameType == TagType.DIRECTORY_NAME.code();
    }

    /** Whether the name says superblock, with the right magic. */
    public boolean isSuperblock() {
        return nameType == TagType.SUPERBLOCK_NAME.code() && name.equals(Superblock.NAME);
    }

    /** Whether a listing shows it, unless a pending move hides it. */
    public boolean isVisible() {
        return struct != null && (isFile() || isDirectory());
    }

    /** The superblock, if this is its entry and the struct has the right form. */
    public Optional<Superblock> superblock() {
        return isSuperblock() && struct instanceof EntryStruct.Inline inline
                ? Superblock.decode(inline.content())
                : Optional.empty();
    }

    /** Adds everything of this entry to a log, the name first. */
    void addTo(List<PairChange> log, int id) {
        if (nameType != NO_NAME) {
            log.add(PairChange.of(nameType, id, name.toBytes()));
        }
        if (struct != null) {
            log.add(PairChange.of(struct.type(), id, struct.encode()));
        }
        attributes.forEach((number, value) -> log.add(PairChange.attribute(number, id, value)));
    }

    /** The bytes that this entry takes in a compacted log. */
    public int compactedLength() {
        List<PairChange> log = new ArrayList<>();
        addTo(log, 0);
        return log.stream().mapToInt(PairChange::length).sum();
    }
}

package dev.morgana.littlefs.chamelon;

import dev.morgana.littlefs.layout.FileName;
import dev.morgana.littlefs.layout.MetadataEntry;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one atomic change does to a directory.
 *
 * @param removed the names that go; one that is not there is no error
 * @param added the entries that come, under names that are not there or among those that go; that of a superblock comes in place
 *     of the one that the root has
 */
public record DirectoryChange(Set<FileName> removed, List<MetadataEntry> added) {
    public DirectoryChange {
        removed = Set.copyOf(removed);
        added = List.copyOf(added);
    }

    /** Puts an entry in place of what has its name. */
    public static DirectoryChange put(MetadataEntry entry) {
        return new DirectoryChange(Set.of(entry.name()), List.of(entry));
    }

    /** Takes a name out. */
    public static DirectoryChange remove(FileName name) {
        return new DirectoryChange(Set.of(name), List.of());
    }

    /** The superblock's entry among those that come. */
    Optional<MetadataEntry> superblock() {
        return added.stream().filter(MetadataEntry::isSuperblock).findFirst();
    }

    /** The entries that come, without the superblock's. */
    List<MetadataEntry> entries() {
        return added.stream().filter(entry -> !entry.isSuperblock()).toList();
    }
}

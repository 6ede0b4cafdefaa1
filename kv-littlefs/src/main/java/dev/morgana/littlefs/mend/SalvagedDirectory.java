package dev.morgana.littlefs.mend;

import dev.morgana.littlefs.layout.FileName;
import dev.morgana.littlefs.layout.MetadataEntry;
import java.util.TreeMap;

/**
 * A directory as far as it could be read.
 *
 * @param files the entries of files, by name
 * @param directories the directories in it, by name
 */
record SalvagedDirectory(TreeMap<FileName, MetadataEntry> files, TreeMap<FileName, Below> directories) {
    /**
     * A directory in another one.
     *
     * @param entry its entry, whose struct does not count any more
     * @param content what it holds
     */
    record Below(MetadataEntry entry, SalvagedDirectory content) {}

    SalvagedDirectory() {
        this(new TreeMap<>(), new TreeMap<>());
    }

    /** Whether there is something of a name. */
    boolean has(FileName name) {
        return files.containsKey(name) || directories.containsKey(name);
    }

    boolean isEmpty() {
        return files.isEmpty() && directories.isEmpty();
    }
}

package dev.morgana.lsm.tree;

import dev.morgana.lsm.layout.MetaEntry;
import dev.morgana.lsm.layout.SkipList;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files of one state of the tree (section 11). A higher number is newer: a key is what the highest-numbered file with a
 * record of it says. It never changes.
 */
public final class FileTable {
    private final @Nullable LsmFile[] files;
    private final int[] flags;

    /** A table without any file. */
    FileTable(int length) {
        this(new LsmFile[length], new int[length]);
    }

    private FileTable(@Nullable LsmFile[] files, int[] flags) {
        this.files = files;
        this.flags = flags;
    }

    /** How many files there may be. */
    public int length() {
        return files.length;
    }

    /** A file, or null if it is empty. */
    public @Nullable LsmFile file(int number) {
        return files[number];
    }

    /** A file that is not empty. */
    LsmFile present(int number) {
        LsmFile file = files[number];
        if (file == null) {
            throw new AssertionError("file " + number + " is empty");
        }
        return file;
    }

    /** The flags of a file. */
    public int flags(int number) {
        return flags[number];
    }

    /** The numbers of the files that are not empty, ascending: the oldest first. */
    public List<Integer> numbers() {
        List<Integer> numbers = new ArrayList<>();
        for (int number = 0; number < files.length; number++) {
            if (files[number] != null) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    /** The files that are not empty, the newest first. */
    public List<LsmFile> newestFirst() {
        List<LsmFile> found = new ArrayList<>();
        for (int number = files.length - 1; number >= 0; number--) {
            LsmFile file = files[number];
            if (file != null) {
                found.add(file);
            }
        }
        return found;
    }

    /** The numbers of the files with a flag, ascending. */
    List<Integer> flagged(int flag) {
        return numbers().stream().filter(number -> (flags[number] & flag) != 0).toList();
    }

    /** Tells whether a compaction is under way. Sources without a destination are files like any other. */
    boolean isCompacting() {
        return !flagged(MetaEntry.DESTINATION).isEmpty();
    }

    /** This table with a file replaced; null makes it empty. */
    FileTable with(int number, @Nullable LsmFile file, int newFlags) {
        @Nullable LsmFile[] changed = files.clone();
        int[] changedFlags = flags.clone();
        changed[number] = file;
        changedFlags[number] = file == null ? 0 : newFlags;
        return new FileTable(changed, changedFlags);
    }

    FileTable with(int number, @Nullable LsmFile file) {
        return with(number, file, 0);
    }

    FileTable without(List<Integer> numbers) {
        FileTable table = this;
        for (int number : numbers) {
            table = table.with(number, null);
        }
        return table;
    }

    /** The files from the oldest, numbered anew without gaps, from a number on. */
    FileTable renumbered(List<Integer> chosen, int from) {
        FileTable table = without(chosen);
        int next = from;
        for (int number : chosen) {
            table = table.with(next++, files[number], flags[number]);
        }
        return table;
    }

    /** What the meta log needs to be told to get from a table to this one. */
    List<MetaEntry> changesSince(FileTable before) {
        List<MetaEntry> changes = new ArrayList<>();
        for (int number = 0; number < files.length; number++) {
            MetaEntry entry = entry(number);
            if (!entry.equals(before.entry(number))) {
                changes.add(entry);
            }
        }
        return changes;
    }

    /** The entries of all files that are not empty. */
    List<MetaEntry> entries() {
        return numbers().stream().map(this::entry).toList();
    }

    private MetaEntry entry(int number) {
        LsmFile file = files[number];
        return file == null
                ? new MetaEntry(number, 0, SkipList.NONE, 0)
                : new MetaEntry(number, flags[number], file.lastPage(), file.first());
    }
}

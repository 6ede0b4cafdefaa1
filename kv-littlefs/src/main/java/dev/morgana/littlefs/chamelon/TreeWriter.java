package dev.morgana.littlefs.chamelon;

import dev.morgana.littlefs.file.FileContent;
import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.EntryStruct;
import dev.morgana.littlefs.layout.FileName;
import dev.morgana.littlefs.layout.MetadataEntry;
import dev.morgana.littlefs.layout.TagType;
import dev.morgana.littlefs.log.Directory;
import dev.morgana.littlefs.log.DirectoryEntry;
import dev.morgana.littlefs.log.FileSystem;
import dev.morgana.littlefs.log.Walk;
import dev.morgana.littlefs.pair.MetadataPair;
import dev.morgana.spi.backend.CallerStream;
import dev.morgana.spi.backend.PositionedStream;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.StoreException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Changes the tree of a file system in chamelon's dialect. Each change happens with one write to one pair, whatever else is
 * written before and after it; only moves between directories copy first and remove then. For one writer at a time.
 */
public final class TreeWriter {
    private final FileSystem fileSystem;
    private final FreeBlocks free;
    private final SoftThread thread;
    private final DirectoryForm form;

    /** More than one where the stream of a value makes changes of its own. */
    private int running;

    private TreeWriter(FileSystem fileSystem, FreeBlocks free, SoftThread thread, DirectoryForm form) {
        this.fileSystem = fileSystem;
        this.free = free;
        this.thread = thread;
        this.form = form;
    }

    /**
     * A writer whose images chamelon and the C implementation read alike.
     *
     * @param programSize commits end at multiples of it
     */
    public static TreeWriter sorted(FileSystem fileSystem, int programSize) {
        FreeBlocks free = new WindowAllocator(fileSystem);
        SoftThread thread = new SoftThread(fileSystem);
        return new TreeWriter(fileSystem, free, thread, new SortedForm(fileSystem, free, thread, programSize));
    }

    /** A writer of another form, for models of chamelon. */
    public static TreeWriter of(FileSystem fileSystem, FreeBlocks free, DirectoryForm form) {
        return new TreeWriter(fileSystem, free, new SoftThread(fileSystem), form);
    }

    /** A step that changes the tree. */
    @FunctionalInterface
    public interface Step {
        void run() throws StoreException;
    }

    /**
     * Runs a change. If it fails, the medium tells what has happened.
     *
     * @throws StoreException what the change throws
     */
    public void run(Step step) throws StoreException {
        running++;
        try {
            mendThread();
            step.run();
        } catch (StoreException e) {
            fileSystem.invalidate();
            free.forget();
            thread.forget();
            throw e;
        } finally {
            running--;
            if (running == 0) {
                free.settle();
            }
        }
    }

    /** An entry that is to be. */
    public static MetadataEntry entry(FileName name, TagType kind, EntryStruct struct) {
        return MetadataEntry.BLANK.withName(kind.code(), name, 0).withStruct(struct, 0);
    }

    /** Blocks for the directories that a path lacks, the last name aside, the outermost first. */
    public List<BlockPair> reserveParents(Walk walk, int names) throws StoreException {
        List<BlockPair> pairs = new ArrayList<>();
        for (int depth = walk.depth(); depth < names - 1; depth++) {
            pairs.add(takePair());
        }
        return pairs;
    }

    private BlockPair takePair() throws StoreException {
        List<Long> blocks = free.take(2);
        return new BlockPair(blocks.get(0), blocks.get(1));
    }

    /**
     * Writes a value.
     *
     * @param size in bytes
     * @return what its entry is to hold
     * @throws StoreException if there is no space, the value cannot be read, or the device fails
     */
    public EntryStruct value(long size, CallerStream value) throws StoreException {
        return new ValueWriter(fileSystem, free).write(size, value);
    }

    /**
     * Writes a value of unknown size.
     *
     * @param most the largest that is allowed
     * @throws StoreException as {@link #value(long, CallerStream)} does
     */
    public EntryStruct value(CallerStream value, long most) throws StoreException {
        return new ValueWriter(fileSystem, free).write(value, most);
    }

    /**
     * Makes an empty directory that nothing refers to yet.
     *
     * @param walk how far its path leads now
     * @return what its entry is to hold
     * @throws StoreException if there is no space or the device fails
     */
    public EntryStruct.Directory emptyDirectory(Walk walk) throws StoreException {
        BlockPair pair = takePair();
        form.create(pair, List.of(), following(lastExisting(walk)));
        return new EntryStruct.Directory(pair);
    }

    /** The directory that is or would be the parent of the first missing name, or of what stands at the end. */
    private static Directory lastExisting(Walk walk) {
        return walk.isComplete() ? walk.parent() : walk.directory();
    }

    private BlockPair following(Directory directory) throws StoreException {
        if (!thread.isWhole()) {
            return BlockPair.NONE;
        }
        List<MetadataPair> pairs = directory.pairs();
        return thread.next(pairs.get(pairs.size() - 1));
    }

    /**
     * Binds a path to an entry, in place of what it has now, and makes the directories that it lacks.
     *
     * @param names of the path; the last one is the entry's
     * @param parents from {@link #reserveParents}
     * @throws StoreException if there is no space or the device fails
     */
    public void bind(Walk walk, List<FileName> names, List<BlockPair> parents, MetadataEntry entry)
            throws StoreException {
        Directory directory = lastExisting(walk);
        Set<BlockPair> leaving = below(walk);
        BlockPair next = following(directory);
        MetadataEntry top = entry;
        BlockPair after = firstOf(entry, next);
        for (int i = parents.size() - 1; i >= 0; i--) {
            form.create(parents.get(i), List.of(top), after);
            after = parents.get(i);
            top = entry(names.get(walk.depth() + i), TagType.DIRECTORY_NAME, new EntryStruct.Directory(parents.get(i)));
        }
        boolean threaded = thread.isWhole() && !after.equals(next);
        form.change(directory, DirectoryChange.put(top), threaded ? after : BlockPair.NONE);
        close(leaving);
    }

    /** Where the thread goes on with an entry: a new directory leads to what follows by itself. */
    private static BlockPair firstOf(MetadataEntry entry, BlockPair next) {
        return entry.struct() instanceof EntryStruct.Directory directory ? directory.pair() : next;
    }

    /** The pairs of a directory that is to be removed or replaced. */
    private Set<BlockPair> below(Walk walk) throws StoreException {
        boolean directory = walk.isComplete() && !walk.endsAtFile();
        return directory && thread.isWhole() ? pairsOf(walk.directory()) : Set.of();
    }

    /** A directory that cannot be read can still be removed; the thread through it is lost then. */
    private Set<BlockPair> pairsOf(Directory directory) throws StoreException {
        try {
            return thread.pairsOf(directory);
        } catch (CorruptStoreException e) {
            return Set.of();
        }
    }

    /**
     * Takes out what a path leads to, a directory with all that is below it.
     *
     * @throws StoreException if the device fails
     */
    public void remove(Walk walk) throws StoreException {
        Set<BlockPair> leaving = below(walk);
        FileName name = walk.found().orElseThrow().entry().name();
        form.change(walk.parent(), DirectoryChange.remove(name), BlockPair.NONE);
        close(leaving);
    }

    /**
     * Takes out everything.
     *
     * @throws StoreException if the device fails
     */
    public void clear(Directory root) throws StoreException {
        Set<FileName> names =
                root.entries().stream().map(entry -> entry.entry().name()).collect(Collectors.toUnmodifiableSet());
        Set<BlockPair> leaving = thread.isWhole() ? pairsOf(root) : Set.of();
        form.change(root, new DirectoryChange(names, List.of()), BlockPair.NONE);
        Set<BlockPair> gone = new HashSet<>(leaving);
        root.at(fileSystem.volume(), fileSystem.volume().root())
                .pairs()
                .forEach(pair -> gone.remove(pair.blocks().ordered()));
        close(gone);
    }

    /**
     * Gives an entry another name in its directory, in place of what has that name.
     *
     * @throws StoreException if there is no space or the device fails
     */
    public void rename(Directory directory, MetadataEntry entry, FileName to) throws StoreException {
        MetadataEntry renamed = entry.withName(entry.nameType(), to, 0);
        form.change(directory, new DirectoryChange(Set.of(entry.name(), to), List.of(renamed)), BlockPair.NONE);
    }

    /**
     * Changes an entry in its place, or the superblock's, which has the attributes of the root directory.
     *
     * @throws StoreException if there is no space or the device fails
     */
    public void replace(Directory directory, MetadataEntry entry) throws StoreException {
        DirectoryChange change =
                entry.isSuperblock() ? new DirectoryChange(Set.of(), List.of(entry)) : DirectoryChange.put(entry);
        form.change(directory, change, BlockPair.NONE);
    }

    /**
     * Copies what an entry holds, a directory with all that is below it.
     *
     * @param walk how far the path leads to which the copy is to be bound
     * @return what the entry of the copy is to hold
     * @throws StoreException if there is no space, something cannot be read, or the device fails
     */
    public EntryStruct copy(DirectoryEntry from, Walk walk) throws StoreException {
        return copy(from, following(lastExisting(walk)));
    }

    private EntryStruct copy(DirectoryEntry from, BlockPair next) throws StoreException {
        if (!from.entry().isDirectory()) {
            FileContent content = FileContent.of(fileSystem.volume(), from);
            PositionedStream stream = new PositionedStream(content.size(), content::read, () -> {});
            return value(
                    content.size(), new CallerStream("copy of " + from.entry().name(), stream));
        }
        List<MetadataEntry> copies = new ArrayList<>();
        BlockPair after = next;
        List<DirectoryEntry> entries = Directory.of(fileSystem.volume(), from).entries();
        for (int i = entries.size() - 1; i >= 0; i--) {
            MetadataEntry entry = entries.get(i).entry();
            EntryStruct struct = copy(entries.get(i), after);
            after = firstOf(entry.withStruct(struct, 0), after);
            copies.add(0, entry.withStruct(struct, 0));
        }
        BlockPair pair = takePair();
        form.create(pair, copies, after);
        return new EntryStruct.Directory(pair);
    }

    /** Takes pairs off the thread. They are out of the tree already, so that a power loss before this only leaves orphans. */
    private void close(Set<BlockPair> leaving) throws StoreException {
        if (!leaving.isEmpty() && thread.isWhole()) {
            form.redirect(thread.around(leaving));
        }
    }

    /** What an interrupted removal has left on the thread goes before its blocks are used for something else. */
    private void mendThread() throws StoreException {
        if (thread.isToBeMended()) {
            close(thread.orphans());
        }
    }
}

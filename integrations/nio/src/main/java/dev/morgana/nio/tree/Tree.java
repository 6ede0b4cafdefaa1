package dev.morgana.nio.tree;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Usage;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.Entry;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.RenameMode;
import dev.morgana.spi.store.TreeRules;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.ReadOnlyFileSystemException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The files and folders of a store. Safe for use by many threads, which take turns. A change of names is durable when the call
 * returned; the content of a file when it was synced.
 *
 * <p>What {@code java.nio.file} has an exception for is thrown as that, with the key as the file; the rest is the store's own
 * {@link StoreException}.
 */
public final class Tree {
    /** The kind of space that all formats name so. */
    private static final String FREE = "free";

    private final Object lock = new Object();
    private final KeyValueStore store;
    private final boolean readOnly;
    private final Folders folders;
    private final OpenFiles files;
    private final Times times;
    private final List<ChangeListener> listeners = new CopyOnWriteArrayList<>();

    /**
     * The tree of a store, which nobody else changes meanwhile.
     *
     * @param clock the time of changes
     */
    public Tree(KeyValueStore store, InstantSource clock) {
        this.store = store;
        this.readOnly = store.info().readOnly();
        this.folders = new Folders(store);
        this.times = new Times(store, clock);
        this.files = new OpenFiles(store, lock, new Surroundings());
    }

    /** The store beneath. */
    public KeyValueStore store() {
        return store;
    }

    /** Whether every change is refused. */
    public boolean isReadOnly() {
        return readOnly;
    }

    /** Tells a listener of every change from now on. */
    public void addListener(ChangeListener listener) {
        listeners.add(listener);
    }

    /** Tells a listener no more. */
    public void removeListener(ChangeListener listener) {
        listeners.remove(listener);
    }

    private void tell(ChangeListener.Change change, Key key) {
        listeners.forEach(listener -> listener.changed(change, key));
    }

    private final class Surroundings implements OpenFile.Surroundings {
        @Override
        public void checkSize(Key key, long size) throws IOException {
            SizeCheck.check(store.info(), key, size);
        }

        @Override
        public void written(Key key) {
            times.changed(key);
        }

        @Override
        public void published(Key key) throws IOException {
            times.published(key);
            tell(ChangeListener.Change.MODIFIED, key);
        }
    }

    /** What is at a key, or empty if nothing is. */
    public Optional<Kind> kind(Key key) throws IOException {
        synchronized (lock) {
            return folders.kind(key);
        }
    }

    /**
     * What is told of a file or folder.
     *
     * @throws NoSuchFileException if there is none
     */
    public FileStatus status(Key key) throws IOException {
        synchronized (lock) {
            Kind kind = existing(key);
            Optional<OpenFile> open = files.at(key);
            long size =
                    kind == Kind.DICTIONARY ? 0 : open.isPresent() ? open.get().size() : store.size(key);
            return new FileStatus(kind, size, times.of(key, kind));
        }
    }

    private Kind existing(Key key) throws IOException {
        Optional<Kind> kind = folders.kind(key);
        if (kind.isEmpty()) {
            for (int depth = key.depth() - 1; depth > 0; depth--) {
                refuseFile(key.ancestor(depth), folders.kind(key.ancestor(depth)));
            }
            throw new NoSuchFileException(key.toString());
        }
        return kind.get();
    }

    /**
     * The children of a folder, in the order of their keys.
     *
     * @throws NoSuchFileException if there is none
     * @throws NotDirectoryException if it is a file
     */
    public List<Entry> list(Key folder) throws IOException {
        synchronized (lock) {
            if (existing(folder) == Kind.VALUE) {
                throw new NotDirectoryException(folder.toString());
            }
            return folders.list(folder);
        }
    }

    /**
     * Opens a file.
     *
     * @return the file; {@linkplain #close(OpenFile) close} it
     * @throws NoSuchFileException if there is none and it is not to be made, or its folder does not exist
     * @throws FileAlreadyExistsException if it must not exist and does
     * @throws FileSystemException for these, and if it is a folder
     */
    public OpenFile open(Key key, OpenRequest request) throws IOException {
        synchronized (lock) {
            if (request.writes() || request.deletes()) {
                requireWritable();
            }
            Optional<Kind> kind = folders.kind(key);
            if (kind.isPresent() && request.createsNew()) {
                throw new FileAlreadyExistsException(key.toString());
            }
            if (kind.equals(Optional.of(Kind.DICTIONARY))) {
                throw new FileSystemException(key.toString(), null, "Is a directory");
            }
            if (kind.isEmpty()) {
                requireFolder(key.parent());
                if (!request.creates()) {
                    throw new NoSuchFileException(key.toString());
                }
                store.set(key, new byte[0]);
                appeared(key);
            }
            OpenFile file = files.open(key, request.writes());
            if (request.truncates()) {
                file.resize(0);
            }
            return file;
        }
    }

    private void requireWritable() {
        if (readOnly) {
            throw new ReadOnlyFileSystemException();
        }
    }

    /** The folder that something is to be in. */
    private void requireFolder(Key folder) throws IOException {
        refuseFile(folder, Optional.of(existing(folder)));
    }

    private static void refuseFile(Key folder, Optional<Kind> kind) throws FileSystemException {
        if (kind.equals(Optional.of(Kind.VALUE))) {
            throw new FileSystemException(folder.toString(), null, "Not a directory");
        }
    }

    private void appeared(Key key) {
        times.changed(key);
        times.changed(key.parent());
        tell(ChangeListener.Change.CREATED, key);
    }

    private void went(Key key) {
        folders.keep(key.parent());
        times.removed(key);
        times.changed(key.parent());
        tell(ChangeListener.Change.REMOVED, key);
    }

    /** Ends the use of a file. What was not synced is given up with the last user. */
    public void close(OpenFile file) {
        synchronized (lock) {
            files.close(file);
        }
    }

    /**
     * Makes a folder.
     *
     * @throws FileAlreadyExistsException if there is something
     * @throws NoSuchFileException if its own folder does not exist
     * @throws FileSystemException for these, and if that is a file
     */
    public void createFolder(Key key) throws IOException {
        synchronized (lock) {
            requireWritable();
            if (folders.kind(key).isPresent()) {
                throw new FileAlreadyExistsException(key.toString());
            }
            requireFolder(key.parent());
            TreeRules.checkWritable(key);
            folders.create(key);
            appeared(key);
        }
    }

    /**
     * Removes a file or an empty folder.
     *
     * @throws NoSuchFileException if there is none
     * @throws DirectoryNotEmptyException if it is a folder with something in it
     * @throws FileSystemException for these, and for the root
     */
    public void remove(Key key) throws IOException {
        synchronized (lock) {
            requireWritable();
            Kind kind = existing(key);
            if (key.isRoot()) {
                throw new FileSystemException("/", null, "Device or resource busy");
            }
            if (kind == Kind.VALUE) {
                files.removing(key, () -> store.remove(key));
            } else {
                removeEmpty(key);
            }
            went(key);
        }
    }

    private void removeEmpty(Key key) throws IOException {
        if (!folders.list(key).isEmpty()) {
            throw new DirectoryNotEmptyException(key.toString());
        }
        folders.remove(key);
    }

    /**
     * Moves a file or folder with everything below it. A file at the target is replaced atomically, where the store can.
     *
     * @throws NoSuchFileException if there is none, or the folder of the target does not exist
     * @throws FileAlreadyExistsException if the target must not exist and does
     * @throws DirectoryNotEmptyException if the target is a folder with something in it
     * @throws FileSystemException for these, and if a folder would go into itself or take the place of what it may not
     */
    public void move(Key source, Key target, Replace replace) throws IOException {
        synchronized (lock) {
            requireWritable();
            Kind kind = existing(source);
            if (source.equals(target)) {
                return;
            }
            if (source.isPrefixOf(target)) {
                throw new FileSystemException(
                        source.toString(), target.toString(), "Invalid argument: a folder cannot go into itself");
            }
            requireFolder(target.parent());
            Optional<Kind> there = folders.kind(target);
            if (there.isPresent()) {
                makeWay(kind, target, there.get(), replace);
            }
            // A file that is replaced may be open, and is kept for those who have it.
            files.removing(target, () -> rename(source, target));
            files.moved(source, target);
            folders.moved(source, target);
            times.moved(source, target);
            tell(ChangeListener.Change.REMOVED, source);
            tell(there.isPresent() ? ChangeListener.Change.MODIFIED : ChangeListener.Change.CREATED, target);
            folders.keep(source.parent());
            times.changed(source.parent());
            times.changed(target.parent());
        }
    }

    /** A folder that the store does not know is there by being remembered alone. */
    private void rename(Key source, Key target) throws StoreException {
        if (store.kind(source).isPresent()) {
            store.rename(source, target, RenameMode.EXACT);
        }
    }

    private void makeWay(Kind comes, Key target, Kind there, Replace replace) throws IOException {
        if (replace == Replace.NOTHING) {
            throw new FileAlreadyExistsException(target.toString());
        }
        if (replace == Replace.SAME_KIND && comes != there) {
            String reason = there == Kind.VALUE ? "Not a directory" : "Is a directory";
            throw new FileSystemException(target.toString(), null, reason);
        }
        if (there == Kind.DICTIONARY) {
            removeEmpty(target);
        } else if (comes == Kind.DICTIONARY) {
            files.removing(target, () -> store.remove(target));
        }
    }

    /** Sets the time of the last change. */
    public void setModified(Key key, Instant time) throws IOException {
        synchronized (lock) {
            requireWritable();
            times.set(key, existing(key), time);
        }
    }

    /** The bytes that are free now, without what collecting garbage would free; none where the format cannot tell. */
    public long free() throws IOException {
        Optional<Usage> usage = store.facet(Usage.class);
        long free = 0;
        if (usage.isPresent()) {
            for (Usage.Share share : usage.get().usage()) {
                free += share.kind().equals(FREE) ? share.bytes() : 0;
            }
        }
        return free;
    }

    /** Makes durable what was written to open files. */
    public void sync() throws IOException {
        synchronized (lock) {
            for (OpenFile file : files.all()) {
                file.sync();
            }
            store.flush();
        }
    }
}

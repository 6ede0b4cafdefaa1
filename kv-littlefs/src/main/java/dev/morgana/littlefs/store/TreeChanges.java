package dev.morgana.littlefs.store;

import dev.morgana.littlefs.layout.FileName;
import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.littlefs.log.Creation;
import dev.morgana.littlefs.log.Directory;
import dev.morgana.littlefs.log.FilePath;
import dev.morgana.littlefs.log.FileSystem;
import dev.morgana.littlefs.log.Located;
import dev.morgana.littlefs.log.Place;
import dev.morgana.littlefs.log.Removal;
import dev.morgana.littlefs.log.Renaming;
import dev.morgana.littlefs.log.ValueDraft;
import dev.morgana.spi.error.InvalidRequestException;
import dev.morgana.spi.error.LimitExceededException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.BeyondEnd;
import dev.morgana.spi.store.RenameMode;
import dev.morgana.spi.store.TreeRules;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** What changes of a tree of keys are in terms of the file system. For one writer, under the lock. */
final class TreeChanges {
    private final FileSystem fileSystem;
    private final LittleFsStore store;
    private final Creation creation;
    private final Removal removal;

    TreeChanges(FileSystem fileSystem, LittleFsStore store) {
        this.fileSystem = fileSystem;
        this.store = store;
        this.creation = new Creation(fileSystem);
        this.removal = new Removal(fileSystem);
    }

    /** Gives a draft its bytes. */
    interface Filler {
        void fill(ValueDraft draft) throws StoreException;
    }

    /** Something that needs a place in an existing directory. */
    private interface Making {
        void make(Place place) throws StoreException;
    }

    /** Binds a key to a value of at least this size. */
    void set(Key key, boolean replaceDictionary, long size, Filler filler) throws StoreException {
        Optional<Kind> kind = TreeRules.checkSet(store, key, replaceDictionary);
        if (kind.isEmpty()) {
            create(key, size, filler);
            return;
        }
        try (ValueDraft draft = ValueDraft.empty(fileSystem)) {
            draft.requireRoom(size);
            fileSystem.repair();
            filler.fill(draft);
            if (kind.get() == Kind.VALUE) {
                draft.replace(store.file(key)); // looked up again: a stream may have changed the store
            } else {
                removeBelow(key);
                FilePath.ToDirectory emptied = directory(key);
                draft.replace(emptied.entry().orElseThrow(), emptied.directory());
            }
        }
    }

    /** Makes a value of at least this size where there is none, and its parents. */
    void create(Key key, long size, Filler filler) throws StoreException {
        checkNames(key);
        try (ValueDraft draft = ValueDraft.empty(fileSystem)) {
            draft.requireRoom(size);
            fileSystem.repair();
            filler.fill(draft);
            withParents(key, draft::create);
        }
    }

    void write(Key key, long offset, ByteBuffer source, BeyondEnd rule) throws StoreException {
        Optional<Kind> kind = TreeRules.checkSet(store, key, false);
        long size = kind.isPresent() ? store.size(key) : 0;
        if (offset > size && rule == BeyondEnd.REFUSE) {
            throw PeerError.INVAL.on(new InvalidRequestException(
                    "offset " + offset + " is behind the end of " + key + ", which has " + size + " bytes"));
        }
        if (!source.hasRemaining()) {
            return;
        }
        long from = rule == BeyondEnd.APPEND ? Math.min(offset, size) : offset;
        long end = from + source.remaining();
        if (kind.isEmpty()) {
            create(key, end, draft -> draft.write(from, source));
            return;
        }
        ValueDraft.checkSize(fileSystem.volume(), end);
        fileSystem.repair();
        try (ValueDraft draft = ValueDraft.of(fileSystem, store.file(key))) {
            draft.write(from, source);
            draft.replace(store.file(key));
        }
    }

    boolean remove(Key key) throws StoreException {
        if (store.kind(key).isEmpty()) {
            return false;
        }
        fileSystem.repair();
        if (FilePath.resolve(fileSystem.volume(), key) instanceof FilePath.ToFile file) {
            removal.file(file.entry());
        } else {
            removeBelow(key);
            removeEmpty(key);
        }
        return true;
    }

    void clear() throws StoreException {
        if (!directory(Key.ROOT).directory().entries().isEmpty()) {
            fileSystem.repair();
            removeBelow(Key.ROOT);
        }
    }

    private void removeEmpty(Key key) throws StoreException {
        FilePath.ToDirectory directory = directory(key);
        removal.directory(directory.entry().orElseThrow(), directory.directory());
    }

    private FilePath.ToDirectory directory(Key key) throws StoreException {
        return (FilePath.ToDirectory) FilePath.resolve(fileSystem.volume(), key);
    }

    /** Removes what is below a dictionary, entry by entry; each is found anew, since every commit may move the others. */
    private void removeBelow(Key dictionary) throws StoreException {
        Deque<Key> pending = new ArrayDeque<>(List.of(dictionary));
        while (!pending.isEmpty()) {
            Key current = pending.peek();
            List<Located> entries = directory(current).directory().entries();
            if (entries.isEmpty()) {
                pending.pop();
                if (!current.equals(dictionary)) {
                    removeEmpty(current);
                }
                continue;
            }
            Located last = entries.get(entries.size() - 1);
            if (last.entry().isDirectory()) {
                pending.push(current.child(last.entry().name().toBytes()));
            } else {
                removal.file(last);
            }
        }
    }

    void rename(Key source, Key target, RenameMode mode) throws StoreException {
        Optional<Key> exact = TreeRules.renameTarget(store, source, target, mode);
        if (exact.isEmpty()) {
            return;
        }
        if (store.kind(exact.get()).isEmpty()) {
            checkNames(exact.get());
        }
        fileSystem.repair();
        Renaming renaming = new Renaming(fileSystem);
        if (FilePath.resolve(fileSystem.volume(), exact.get()) instanceof FilePath.ToFile replaced) {
            renaming.replace(located(source), parent(exact.get()), replaced.entry(), null);
        } else {
            withParents(exact.get(), place -> renaming.move(located(source), place));
        }
    }

    private Located located(Key key) throws StoreException {
        FilePath.Target target = FilePath.resolve(fileSystem.volume(), key);
        return target instanceof FilePath.ToFile file
                ? file.entry()
                : ((FilePath.ToDirectory) target).entry().orElseThrow();
    }

    private Directory parent(Key key) throws StoreException {
        return directory(key.parent()).directory();
    }

    /** Makes an empty dictionary; its parent is there, and its name fits. */
    void makeDirectory(Key key) throws StoreException {
        fileSystem.repair();
        createDirectory(key);
    }

    private void createDirectory(Key key) throws StoreException {
        creation.directory(place(key));
    }

    private Place place(Key key) throws StoreException {
        return parent(key).place(new FileName(key.nameBytes()));
    }

    /** Makes missing parents first; if then something fails, they go again, unless the change was done all the same. */
    private void withParents(Key key, Making making) throws StoreException {
        List<Key> made = new ArrayList<>();
        try {
            for (int depth = 1; depth < key.depth(); depth++) {
                Key parent = key.ancestor(depth);
                if (FilePath.resolve(fileSystem.volume(), parent) instanceof FilePath.ToNothing) {
                    createDirectory(parent);
                    made.add(0, parent);
                }
            }
            making.make(place(key));
        } catch (StoreException e) {
            undo(made, e);
            throw e;
        }
    }

    private void undo(List<Key> made, StoreException cause) {
        try {
            for (Key parent : made) {
                fileSystem.repair();
                if (!directory(parent).directory().entries().isEmpty()) {
                    return;
                }
                removeEmpty(parent);
            }
        } catch (StoreException e) {
            cause.addSuppressed(e);
        }
    }

    /** Every new name must fit before the first one is made. */
    void checkNames(Key key) throws LimitExceededException {
        long most = fileSystem.volume().entryNameMax();
        for (int depth = 0; depth < key.depth(); depth++) {
            if (key.segment(depth).length > most) {
                throw PeerError.NAMETOOLONG.on(
                        new LimitExceededException("nameMax (bytes)", most, key.segment(depth).length, key.toString()));
            }
        }
    }
}

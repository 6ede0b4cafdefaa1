package dev.morgana.littlefs.store;

import dev.morgana.littlefs.file.Creation;
import dev.morgana.littlefs.file.FileContent;
import dev.morgana.littlefs.file.Removal;
import dev.morgana.littlefs.file.Renaming;
import dev.morgana.littlefs.file.ValueDraft;
import dev.morgana.littlefs.layout.FileName;
import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.littlefs.log.Directory;
import dev.morgana.littlefs.log.DirectoryEntry;
import dev.morgana.littlefs.log.FileSystem;
import dev.morgana.littlefs.log.InsertionPoint;
import dev.morgana.littlefs.log.Walk;
import dev.morgana.spi.backend.CallerStream;
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
final class TreeChanges implements Changes {
    private final FileSystem fileSystem;
    private final Creation creation;
    private final Removal removal;
    private final Operations operations;

    TreeChanges(FileSystem fileSystem) {
        this.fileSystem = fileSystem;
        this.creation = new Creation(fileSystem);
        this.removal = new Removal(fileSystem);
        this.operations = new Operations(fileSystem);
    }

    /** Gives a draft its bytes. */
    private interface Filler {
        void fill(ValueDraft draft) throws StoreException;
    }

    /** Something that needs a place in an existing directory. */
    private interface Making {
        void make(InsertionPoint place) throws StoreException;
    }

    @Override
    public void set(KeyLookup at, boolean replaceDictionary, byte[] value) throws StoreException {
        set(at, replaceDictionary, value.length, draft -> draft.write(0, ByteBuffer.wrap(value)));
    }

    /** A stream that knows how much it has at least, as those of files do, is refused before anything is written. */
    @Override
    public void set(KeyLookup at, boolean replaceDictionary, CallerStream value) throws StoreException {
        set(at, replaceDictionary, value.available(), draft -> draft.write(value));
    }

    @Override
    public void allocate(KeyLookup at, long size) throws StoreException {
        TreeRules.checkCreate(at);
        create(at, size, draft -> draft.lengthen(size));
    }

    @Override
    public void createDirectory(KeyLookup at) throws StoreException {
        checkNames(at.key());
        operations.createDirectory(at.path());
    }

    @Override
    public void setAttribute(KeyLookup at, int type, byte[] value) throws StoreException {
        operations.setAttribute(at.path(), type, value);
    }

    @Override
    public boolean removeAttribute(KeyLookup at, int type) throws StoreException {
        return operations.removeAttribute(at.path(), type);
    }

    /** Binds a key to a value of at least this size. */
    private void set(KeyLookup at, boolean replaceDictionary, long size, Filler filler) throws StoreException {
        Optional<Kind> kind = TreeRules.checkSet(at, replaceDictionary);
        if (kind.isEmpty()) {
            create(at, size, filler);
            return;
        }
        try (ValueDraft draft = ValueDraft.empty(fileSystem)) {
            draft.requireRoom(size);
            fileSystem.repair();
            filler.fill(draft);
            if (kind.get() == Kind.VALUE) {
                draft.replace(at.file());
            } else {
                removeBelow(at);
                Walk emptied = at.walk();
                draft.replace(emptied.found().orElseThrow(), emptied.directory());
            }
        }
    }

    /** Makes a value of at least this size where there is none, and its parents. */
    private void create(KeyLookup at, long size, Filler filler) throws StoreException {
        checkNames(at.key());
        try (ValueDraft draft = ValueDraft.empty(fileSystem)) {
            draft.requireRoom(size);
            fileSystem.repair();
            filler.fill(draft);
            TreeRules.checkAncestors(at);
            if (at.kind().isPresent()) {
                draft.replace(at.file()); // The stream that the value comes from has set the key too.
            } else {
                withParents(at, draft::create);
            }
        }
    }

    @Override
    public void write(KeyLookup at, long offset, ByteBuffer source, BeyondEnd rule) throws StoreException {
        Optional<Kind> kind = TreeRules.checkSet(at, false);
        long size = kind.isPresent() ? FileContent.sizeOf(fileSystem.volume(), at.file()) : 0;
        long from = Changes.start(at.key(), size, offset, rule);
        if (!source.hasRemaining()) {
            return;
        }
        long end = from + source.remaining();
        if (kind.isEmpty()) {
            create(at, end, draft -> draft.write(from, source));
            return;
        }
        ValueDraft.checkSize(fileSystem.volume(), end);
        fileSystem.repair();
        try (ValueDraft draft = ValueDraft.of(fileSystem, at.file())) {
            draft.write(from, source);
            draft.replace(at.file());
        }
    }

    @Override
    public boolean remove(KeyLookup at) throws StoreException {
        if (at.kind().isEmpty()) {
            return false;
        }
        fileSystem.repair();
        if (!at.walk().endsAtFile()) {
            removeBelow(at);
        }
        operations.remove(at.path());
        return true;
    }

    @Override
    public void clear() throws StoreException {
        KeyLookup root = lookup(Key.ROOT);
        if (!root.walk().directory().entries().isEmpty()) {
            fileSystem.repair();
            removeBelow(root);
        }
    }

    private KeyLookup lookup(Key key) {
        return new KeyLookup(fileSystem, key);
    }

    /** Removes what is below a dictionary, entry by entry; each is found anew, since every commit may move the others. */
    private void removeBelow(KeyLookup dictionary) throws StoreException {
        Deque<KeyLookup> pending = new ArrayDeque<>(List.of(dictionary));
        while (!pending.isEmpty()) {
            KeyLookup current = pending.peek();
            List<DirectoryEntry> entries = current.walk().directory().entries();
            if (entries.isEmpty()) {
                pending.pop();
                if (current != dictionary) {
                    operations.remove(current.path());
                }
                continue;
            }
            DirectoryEntry last = entries.get(entries.size() - 1);
            if (last.entry().isDirectory()) {
                pending.push(current.child(last.entry().name().toBytes()));
            } else {
                removal.file(last);
            }
        }
    }

    @Override
    public void rename(KeyLookup source, KeyLookup target, RenameMode mode) throws StoreException {
        Optional<Key> exact = TreeRules.renameTarget(source, target, mode);
        if (exact.isEmpty()) {
            return;
        }
        KeyLookup at = exact.get().equals(target.key()) ? target : lookup(exact.get());
        if (at.kind().isEmpty()) {
            checkNames(at.key());
        }
        fileSystem.repair();
        Renaming renaming = new Renaming(fileSystem);
        Walk replaced = at.walk();
        if (replaced.isComplete() && replaced.endsAtFile()) {
            renaming.replace(entry(source), replaced.parent(), replaced.found().orElseThrow(), null);
        } else {
            withParents(at, place -> renaming.move(entry(source), place));
        }
    }

    private static DirectoryEntry entry(KeyLookup at) throws StoreException {
        return at.walk().found().orElseThrow();
    }

    /**
     * Makes missing parents first; if then something fails, they go again, unless the change was done all the same. Below a
     * directory that was just made, nothing has to be looked up.
     */
    private void withParents(KeyLookup at, Making making) throws StoreException {
        List<Key> made = new ArrayList<>();
        try {
            Walk walk = at.walk();
            Directory parent = walk.directory();
            List<FileName> names = at.path().names();
            for (int depth = walk.depth(); depth < names.size() - 1; depth++) {
                parent = creation.directory(parent.place(names.get(depth)));
                made.add(0, at.key().ancestor(depth + 1));
            }
            making.make(parent.place(names.get(names.size() - 1)));
        } catch (StoreException e) {
            undo(made, e);
            throw e;
        }
    }

    private void undo(List<Key> made, StoreException cause) {
        try {
            for (Key parent : made) {
                fileSystem.repair();
                KeyLookup at = lookup(parent);
                if (!at.directory().entries().isEmpty()) {
                    return;
                }
                operations.remove(at.path());
            }
        } catch (StoreException e) {
            cause.addSuppressed(e);
        }
    }

    /** Every new name must fit before the first one is made. */
    private void checkNames(Key key) throws LimitExceededException {
        long most = fileSystem.volume().entryNameMax();
        for (int depth = 0; depth < key.depth(); depth++) {
            if (key.segment(depth).length > most) {
                throw PeerError.NAMETOOLONG.on(
                        new LimitExceededException("nameMax (bytes)", most, key.segment(depth).length, key.toString()));
            }
        }
    }
}

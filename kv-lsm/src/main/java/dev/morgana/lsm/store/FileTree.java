package dev.morgana.lsm.store;

import dev.morgana.lsm.layout.FilePath;
import dev.morgana.spi.adapter.FlatTree;
import dev.morgana.spi.backend.ArgumentChecks;
import dev.morgana.spi.backend.Facets;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.facet.Compaction;
import dev.morgana.spi.facet.Dump;
import dev.morgana.spi.facet.Usage;
import dev.morgana.spi.facet.Wear;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.BeyondEnd;
import dev.morgana.spi.store.Entry;
import dev.morgana.spi.store.Facet;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.Lookup;
import dev.morgana.spi.store.RenameMode;
import dev.morgana.spi.store.SetOption;
import dev.morgana.spi.store.StoreInfo;
import dev.morgana.spi.store.TreeRules;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Files as a tree: the key {@code /a/b} is the file {@code /a/b}. Its rules are those of every tree over flat keys; what is its
 * own is writing a part of a value, moving and replacing without values in memory, and the tools.
 */
public final class FileTree implements KeyValueStore {
    private static final List<Class<? extends Facet>> OF_THE_DATABASE =
            List.of(Compaction.class, Dump.class, Usage.class, Wear.class);

    private final FileDatabase files;
    private final FlatFiles flat;
    private final KeyValueStore tree;
    private final Facets facets;

    /** Serialises changes, since most are a check followed by a change. */
    private final Object writing = new Object();

    /** A tree that owns the database, with a facet that leads to it. */
    public FileTree(FileDatabase files, Facet database) {
        this.files = files;
        this.flat = new FlatFiles(files);
        this.tree = FlatTree.over(flat);
        Check check = new FileCheck(files);
        this.facets = Facets.of(database, check, new FileRepair(check, files));
    }

    @Override
    public StoreInfo info() {
        return flat.info();
    }

    @Override
    public <F extends Facet> Optional<F> facet(Class<F> type) {
        files.ekv().info(); // a closed store must not answer
        if (OF_THE_DATABASE.contains(type)) {
            return files.ekv().facet(type);
        }
        Optional<F> own = facets.facet(type);
        return own.isPresent() ? own : tree.facet(type);
    }

    @Override
    public Optional<Kind> kind(Key key) throws StoreException {
        return tree.kind(key);
    }

    @Override
    public byte[] get(Key key) throws StoreException {
        return tree.get(key);
    }

    @Override
    public InputStream open(Key key) throws StoreException {
        return tree.open(key);
    }

    @Override
    public int read(Key key, long offset, ByteBuffer target) throws StoreException {
        return tree.read(key, offset, target);
    }

    @Override
    public Stream<Entry> list(Key dictionary) throws StoreException {
        return tree.list(dictionary);
    }

    @Override
    public long size(Key key) throws StoreException {
        return tree.size(key);
    }

    @Override
    public long totalSize(Key key) throws StoreException {
        return tree.totalSize(key);
    }

    @Override
    public Optional<Instant> lastModified(Key key) throws StoreException {
        return tree.lastModified(key);
    }

    @Override
    public byte[] digest(Key key) throws StoreException {
        return tree.digest(key);
    }

    @Override
    public void set(Key key, byte[] value, SetOption... options) throws StoreException {
        synchronized (writing) {
            tree.set(key, value, options);
        }
    }

    @Override
    public void set(Key key, InputStream value, SetOption... options) throws StoreException {
        synchronized (writing) {
            boolean replace = List.of(options).contains(SetOption.REPLACE_DICTIONARY);
            if (replace && TreeRules.checkSet(Lookup.in(tree, key), true).equals(Optional.of(Kind.DICTIONARY))) {
                flat.putInPlaceOf(key, value);
            } else {
                tree.set(key, value, options);
            }
        }
    }

    /** Writes the chunks concerned alone, in one transaction. */
    @Override
    public void write(Key key, long offset, ByteBuffer source, BeyondEnd rule) throws StoreException {
        ArgumentChecks.requireOffset(offset);
        synchronized (writing) {
            files.ekv().requireWritable("write");
            Optional<Kind> kind = TreeRules.checkSet(Lookup.in(tree, key), false);
            long size = kind.isPresent() ? tree.size(key) : 0;
            long start = TreeRules.writeStart(key, size, offset, rule);
            if (!source.hasRemaining()) {
                return;
            }
            flat.requireKey(key.toBytes());
            FilePath path = FlatFiles.path(key.toBytes());
            files.writing(change -> {
                change.write(path, start, source);
                return true;
            });
        }
    }

    @Override
    public void allocate(Key key, long size) throws StoreException {
        synchronized (writing) {
            tree.allocate(key, size);
        }
    }

    @Override
    public boolean remove(Key key) throws StoreException {
        synchronized (writing) {
            return tree.remove(key);
        }
    }

    @Override
    public void clear() throws StoreException {
        synchronized (writing) {
            tree.clear();
        }
    }

    @Override
    public void rename(Key source, Key target, RenameMode mode) throws StoreException {
        synchronized (writing) {
            files.ekv().requireWritable("rename");
            Optional<Key> exact = TreeRules.renameTarget(Lookup.in(tree, source), Lookup.in(tree, target), mode);
            if (exact.isPresent()) {
                flat.move(source, exact.get());
            }
        }
    }

    @Override
    public void flush() throws StoreException {
        tree.flush();
    }

    @Override
    public void close() {
        tree.close();
    }
}

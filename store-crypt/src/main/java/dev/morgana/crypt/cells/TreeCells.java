package dev.morgana.crypt.cells;

import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.NoSuchKeyException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.error.ValueExpectedException;
import dev.morgana.spi.facet.Timestamps;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.Entry;
import dev.morgana.spi.store.KeyValueStore;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The sealed values of a tree. A dictionary is no value: it reads as a name that is not bound. */
public final class TreeCells implements Cells {
    private final KeyValueStore tree;
    private final HiddenKeys keys;

    public TreeCells(KeyValueStore tree, HiddenKeys keys) {
        this.tree = tree;
        this.keys = keys;
    }

    /** Reads something of a value. */
    private interface Reading<T> {
        T read() throws StoreException;
    }

    private static <T> Optional<T> ifValue(Reading<T> reading) throws StoreException {
        try {
            return Optional.of(reading.read());
        } catch (NoSuchKeyException | ValueExpectedException e) {
            return Optional.empty();
        }
    }

    private Key key(byte[] name) {
        return keys.inner(Key.ofBytes(name));
    }

    @Override
    public KeyValueStore store() {
        return tree;
    }

    @Override
    public byte[] rawKey(byte[] name) {
        return key(name).toBytes();
    }

    @Override
    public Optional<byte[]> get(byte[] name) throws StoreException {
        return ifValue(() -> tree.get(key(name)));
    }

    @Override
    public Optional<InputStream> open(byte[] name) throws StoreException {
        return ifValue(() -> tree.open(key(name)));
    }

    @Override
    public OptionalInt read(byte[] name, long offset, ByteBuffer target) throws StoreException {
        Optional<Integer> count = ifValue(() -> tree.read(key(name), offset, target));
        return count.isPresent() ? OptionalInt.of(count.get()) : OptionalInt.empty();
    }

    @Override
    public OptionalLong size(byte[] name) throws StoreException {
        Optional<Long> size = ifValue(() -> tree.size(key(name)));
        return size.isPresent() ? OptionalLong.of(size.get()) : OptionalLong.empty();
    }

    @Override
    public void put(byte[] name, byte[] sealed) throws StoreException {
        tree.set(key(name), sealed);
    }

    @Override
    public void put(byte[] name, InputStream sealed) throws StoreException {
        tree.set(key(name), sealed);
    }

    @Override
    public void rewrite(byte[] name, InputStream sealed) throws StoreException {
        Key key = key(name);
        Optional<Instant> time = tree.lastModified(key);
        tree.set(key, sealed);
        Optional<Timestamps> timestamps = tree.facet(Timestamps.class);
        if (time.isPresent() && timestamps.isPresent()) {
            timestamps.get().setLastModified(key, time.get());
        }
    }

    @Override
    public boolean remove(byte[] name) throws StoreException {
        return tree.remove(key(name));
    }

    @Override
    public Optional<byte[]> anyRawKey() throws StoreException {
        try (Stream<Entry> entries = tree.list(Key.ROOT)) {
            return entries.map(entry -> entry.key().toBytes())
                    .filter(raw -> !OwnNames.contain(raw))
                    .findFirst();
        }
    }

    @Override
    public void removeStrangers() throws StoreException {
        List<Key> strangers = new ArrayList<>();
        try (Stream<Entry> entries = tree.list(Key.ROOT)) {
            entries.map(Entry::key)
                    .filter(key -> !OwnNames.contain(key.toBytes()) && !keys.isOurs(Key.ROOT, key.nameBytes()))
                    .forEach(strangers::add);
        }
        for (Key stranger : strangers) {
            tree.remove(stranger);
        }
    }

    @Override
    public void visit(Visitor visitor) throws StoreException {
        visitBelow(Key.ROOT, visitor);
    }

    /** Visits the name of each value below a dictionary. */
    public void visitBelow(Key dictionary, Visitor visitor) throws StoreException {
        for (Entry entry : children(dictionary, visitor)) {
            if (entry.kind() == Kind.VALUE) {
                visitor.visit(entry.key().toBytes());
            } else {
                visitBelow(entry.key(), visitor);
            }
        }
    }

    /** The children of a dictionary but the layer's own values, in the order of the inner store. */
    public List<Entry> children(Key dictionary) throws StoreException {
        return children(dictionary, name -> {});
    }

    private List<Entry> children(Key dictionary, Visitor visitor) throws StoreException {
        List<Entry> children = new ArrayList<>();
        try (Stream<Entry> entries = tree.list(keys.inner(dictionary))) {
            for (Entry entry : (Iterable<Entry>) entries::iterator) {
                byte[] innerName = entry.key().nameBytes();
                if (!dictionary.isRoot() || !OwnNames.contain(innerName)) {
                    child(dictionary, innerName, visitor).ifPresent(key -> children.add(new Entry(key, entry.kind())));
                }
            }
        }
        return children;
    }

    private Optional<Key> child(Key dictionary, byte[] innerName, Visitor visitor) throws StoreException {
        try {
            return Optional.of(keys.outer(dictionary, innerName));
        } catch (CorruptStoreException e) {
            visitor.damaged(e);
            return Optional.empty();
        }
    }
}

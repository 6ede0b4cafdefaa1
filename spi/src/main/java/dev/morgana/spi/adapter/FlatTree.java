package dev.morgana.spi.adapter;

import dev.morgana.spi.backend.ArgumentChecks;
import dev.morgana.spi.backend.CallerStream;
import dev.morgana.spi.error.DeviceIoException;
import dev.morgana.spi.error.DictionaryExpectedException;
import dev.morgana.spi.error.LimitExceededException;
import dev.morgana.spi.error.NoSuchKeyException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.error.ValueExpectedException;
import dev.morgana.spi.facet.AtomicBatch;
import dev.morgana.spi.facet.Change;
import dev.morgana.spi.facet.OrderedScan;
import dev.morgana.spi.facet.RawKeys;
import dev.morgana.spi.facet.Transactions;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.BeyondEnd;
import dev.morgana.spi.store.Capability;
import dev.morgana.spi.store.Entry;
import dev.morgana.spi.store.Facet;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.Lookup;
import dev.morgana.spi.store.RenameMode;
import dev.morgana.spi.store.SetOption;
import dev.morgana.spi.store.StoreInfo;
import dev.morgana.spi.store.TreeRules;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A flat store as a tree: the raw key of {@code /a/b} is {@code a/b}. Dictionaries are there as long as a key lies below
 * them. Raw keys that are no normal form (empty, {@code a//b}, a trailing {@code '/'}) do not show; the flat store itself is
 * the facet {@link RawKeys}, and every facet of the flat store is a facet of the tree.
 *
 * <p>Where a foreign image binds both {@code a} and {@code a/b}, {@code a} is a value, and {@code a/b} is readable by its
 * exact key.
 *
 * <p>What is a dictionary is looked up in the order of keys where the flat store has {@link OrderedScan}, and elsewhere counted once
 * and kept. So the flat store is changed through this tree and its facets alone.
 *
 * <p>Each value is as atomic as the flat store makes it. What changes several raw keys (removing, replacing or moving a
 * dictionary, moving a value) is atomic where the flat store has {@link AtomicBatch} and the batch is within its limits; else
 * it is done key by key, new ones before old ones go: after a power loss in the middle of replacing a dictionary, keys below
 * the new value may be left, hidden by it until it is removed.
 */
public final class FlatTree implements KeyValueStore {
    private final FlatStore flat;
    private final FlatKeys keys;
    private final Ancestors ancestors;

    /** Serialises changes, since most are a check followed by a change. */
    private final Object writing = new Object();

    private FlatTree(FlatStore flat) {
        this.flat = flat;
        this.keys = new FlatKeys(flat);
        this.ancestors = new Ancestors(keys);
    }

    /**
     * The tree over a flat store.
     *
     * @param flat the store; closing the tree closes it
     * @return the tree
     */
    public static KeyValueStore over(FlatStore flat) {
        return new FlatTree(flat);
    }

    @Override
    public StoreInfo info() {
        StoreInfo info = flat.info();
        Set<Capability> capabilities = EnumSet.noneOf(Capability.class);
        capabilities.addAll(info.capabilities());
        capabilities.removeAll(
                EnumSet.of(Capability.EXPLICIT_DICTIONARIES, Capability.TIMESTAMPS, Capability.PARTIAL_WRITE));
        if (flat.facet(AtomicBatch.class).isPresent()) {
            capabilities.add(Capability.ATOMIC_RENAME);
        }
        return new StoreInfo(
                info.format(),
                info.version(),
                info.geometry(),
                info.readOnly(),
                info.limits(),
                capabilities,
                info.properties());
    }

    @Override
    public <F extends Facet> Optional<F> facet(Class<F> type) {
        if (type == RawKeys.class) {
            FlatStore watched = new WatchedFlat(flat, ancestors);
            RawKeys raw = () -> watched;
            return Optional.of(type.cast(raw));
        }
        if (type == AtomicBatch.class) {
            return flat.facet(AtomicBatch.class).map(batch -> type.cast(watched(batch)));
        }
        return flat.facet(type);
    }

    private AtomicBatch watched(AtomicBatch batch) {
        return changes -> ancestors.during(() -> {
            batch.apply(changes);
            ancestors.forget();
        });
    }

    /** Tells whether any path lies below a key, and with it whether the key is a dictionary. */
    private boolean anyBelow(Key key) throws StoreException {
        Optional<Boolean> ordered = keys.lookBelow(key);
        if (ordered.isPresent()) {
            return ordered.get();
        }
        // A transaction changes keys without telling, so that nothing may be kept beside it.
        return flat.facet(Transactions.class).isPresent() ? keys.visitsAny(key) : ancestors.anyBelow(key);
    }

    @Override
    public Optional<Kind> kind(Key key) throws StoreException {
        if (key.isRoot()) {
            flat.info(); // a closed store must not answer
            return Optional.of(Kind.DICTIONARY);
        }
        if (flat.contains(key.toBytes())) {
            return Optional.of(Kind.VALUE);
        }
        return anyBelow(key) ? Optional.of(Kind.DICTIONARY) : Optional.empty();
    }

    @Override
    public byte[] get(Key key) throws StoreException {
        Optional<byte[]> value = key.isRoot() ? Optional.empty() : flat.get(key.toBytes());
        if (value.isEmpty()) {
            throw noValue(key);
        }
        return value.get();
    }

    @Override
    public InputStream open(Key key) throws StoreException {
        Optional<InputStream> value = key.isRoot() ? Optional.empty() : flat.open(key.toBytes());
        if (value.isEmpty()) {
            throw noValue(key);
        }
        return value.get();
    }

    @Override
    public int read(Key key, long offset, ByteBuffer target) throws StoreException {
        ArgumentChecks.requireOffset(offset);
        OptionalInt count = key.isRoot() ? OptionalInt.empty() : flat.read(key.toBytes(), offset, target);
        if (count.isEmpty()) {
            throw noValue(key);
        }
        return count.getAsInt();
    }

    @Override
    public long size(Key key) throws StoreException {
        OptionalLong size = key.isRoot() ? OptionalLong.empty() : flat.size(key.toBytes());
        if (size.isEmpty()) {
            throw noValue(key);
        }
        return size.getAsLong();
    }

    /** Why a key has no value. It is not looked up again: a writer may have bound it meanwhile. */
    private StoreException noValue(Key key) throws StoreException {
        flat.info(); // a closed store must not answer
        return key.isRoot() || anyBelow(key) ? new ValueExpectedException(key) : new NoSuchKeyException(key);
    }

    @Override
    public Stream<Entry> list(Key dictionary) throws StoreException {
        Map<Key, Kind> children = new TreeMap<>();
        int depth = dictionary.depth() + 1;
        if (!dictionary.isRoot() && flat.contains(dictionary.toBytes())) {
            throw new DictionaryExpectedException(dictionary, dictionary);
        }
        keys.visitBelow(dictionary, key -> {
            Kind kind = key.depth() == depth ? Kind.VALUE : Kind.DICTIONARY;
            children.merge(key.ancestor(depth), kind, (a, b) -> a == Kind.VALUE ? a : b);
            return true;
        });
        if (children.isEmpty() && !dictionary.isRoot()) {
            throw new NoSuchKeyException(dictionary);
        }
        return children.entrySet().stream().map(child -> new Entry(child.getKey(), child.getValue()));
    }

    @Override
    public long totalSize(Key key) throws StoreException {
        if (!key.isRoot()) {
            OptionalLong size = flat.size(key.toBytes());
            if (size.isPresent()) {
                return size.getAsLong();
            }
        }
        long[] sum = new long[1];
        boolean[] any = new boolean[1];
        keys.visitBelow(key, below -> {
            any[0] = true;
            sum[0] += flat.size(below.toBytes()).orElse(0);
            return true;
        });
        if (!any[0] && !key.isRoot()) {
            throw new NoSuchKeyException(key);
        }
        return sum[0];
    }

    @Override
    public Optional<Instant> lastModified(Key key) throws StoreException {
        if (kind(key).isEmpty()) {
            throw new NoSuchKeyException(key);
        }
        return Optional.empty();
    }

    @Override
    public byte[] digest(Key key) throws StoreException {
        return ValueDigest.of(flat.info().format(), key, open(key));
    }

    @Override
    public void set(Key key, byte[] value, SetOption... options) throws StoreException {
        synchronized (writing) {
            Optional<Kind> before = checkSet(key, options);
            if (before.equals(Optional.of(Kind.DICTIONARY))) {
                replaceDictionary(key, value);
            } else {
                bind(key, before.isEmpty(), () -> flat.put(key.toBytes(), value));
            }
        }
    }

    @Override
    public void set(Key key, InputStream value, SetOption... options) throws StoreException {
        synchronized (writing) {
            Optional<Kind> before = checkSet(key, options);
            if (before.equals(Optional.of(Kind.DICTIONARY))) {
                replaceDictionary(key, new CallerStream("value of " + key, value).readAllBytes());
            } else {
                bind(key, before.isEmpty(), () -> flat.put(key.toBytes(), value));
            }
        }
    }

    private Optional<Kind> checkSet(Key key, SetOption... options) throws StoreException {
        return TreeRules.checkSet(Lookup.in(this, key), Arrays.asList(options).contains(SetOption.REPLACE_DICTIONARY));
    }

    /** Binds one key. */
    private void bind(Key key, boolean isNew, Ancestors.Change put) throws StoreException {
        ancestors.during(() -> {
            put.make();
            if (isNew) {
                ancestors.added(key);
            }
        });
    }

    /** The value goes in first: from then on it hides what is left of the dictionary. */
    private void replaceDictionary(Key key, byte[] value) throws StoreException {
        List<Change> changes = new ArrayList<>();
        changes.add(new Change.Put(key.toBytes(), value));
        rawKeysBelow(key).forEach(child -> changes.add(new Change.Remove(child)));
        applyTogetherOrEach(changes);
    }

    /** Makes changes that bind keys which were not bound, and free keys which were. */
    private void applyTogetherOrEach(List<Change> changes) throws StoreException {
        ancestors.during(() -> {
            if (!appliedTogether(changes)) {
                for (Change change : changes) {
                    if (change instanceof Change.Put put) {
                        flat.put(put.key(), put.value());
                    } else {
                        flat.remove(change.key());
                    }
                }
            }
            for (Change change : changes) {
                Key path = Key.ofBytes(change.key());
                if (change instanceof Change.Put) {
                    ancestors.added(path);
                } else {
                    ancestors.removed(path);
                }
            }
        });
    }

    /** Makes the changes in one batch, unless the store has none or they are too many for it. */
    private boolean appliedTogether(List<Change> changes) throws StoreException {
        Optional<AtomicBatch> batch = flat.facet(AtomicBatch.class);
        if (batch.isEmpty()) {
            return false;
        }
        try {
            batch.get().apply(changes);
            return true;
        } catch (LimitExceededException e) {
            return false; // a key or value beyond its limit fails again, alone and before anything else was changed
        }
    }

    @Override
    public void write(Key key, long offset, ByteBuffer source, BeyondEnd rule) throws StoreException {
        ArgumentChecks.requireOffset(offset);
        synchronized (writing) {
            boolean isNew = TreeRules.checkSet(Lookup.in(this, key), false).isEmpty();
            byte[] raw = key.toBytes();
            long size = flat.size(raw).orElse(0);
            long start = TreeRules.writeStart(key, size, offset, rule);
            if (!source.hasRemaining()) {
                return;
            }
            byte[] part = new byte[source.remaining()];
            source.get(part);
            bind(
                    key,
                    isNew,
                    () -> putAndClose(raw, Splice.into(() -> flat.open(raw).orElseThrow(), size, start, part)));
        }
    }

    private void putAndClose(byte[] raw, InputStream value) throws StoreException {
        try (value) {
            flat.put(raw, value);
        } catch (StoreException e) {
            throw e;
        } catch (IOException e) {
            throw new DeviceIoException(flat.info().format(), "closing the old value failed", 0, 0, e);
        }
    }

    @Override
    public void allocate(Key key, long size) throws StoreException {
        ArgumentChecks.requireSize(size);
        synchronized (writing) {
            TreeRules.checkCreate(Lookup.in(this, key));
            bind(key, true, () -> flat.put(key.toBytes(), new ZeroStream(size)));
        }
    }

    @Override
    public boolean remove(Key key) throws StoreException {
        ArgumentChecks.requireRemovable(key);
        synchronized (writing) {
            if (removed(key)) {
                return true;
            }
            List<byte[]> below = rawKeysBelow(key);
            applyTogetherOrEach(below.stream().<Change>map(Change.Remove::new).toList());
            return !below.isEmpty();
        }
    }

    private boolean removed(Key key) throws StoreException {
        boolean[] bound = new boolean[1];
        ancestors.during(() -> {
            bound[0] = flat.remove(key.toBytes());
            if (bound[0]) {
                ancestors.removed(key);
            }
        });
        return bound[0];
    }

    private List<byte[]> rawKeysBelow(Key key) throws StoreException {
        List<byte[]> below = new ArrayList<>();
        keys.visitBelow(key, found -> below.add(found.toBytes()));
        return below;
    }

    @Override
    public void clear() throws StoreException {
        synchronized (writing) {
            ancestors.during(() -> {
                flat.clear();
                ancestors.forget();
            });
        }
    }

    @Override
    public void rename(Key source, Key target, RenameMode mode) throws StoreException {
        synchronized (writing) {
            Optional<Key> exact = TreeRules.renameTarget(Lookup.in(this, source), Lookup.in(this, target), mode);
            if (exact.isPresent()) {
                move(source, exact.get());
            }
        }
    }

    private void move(Key source, Key target) throws StoreException {
        List<byte[]> from = flat.contains(source.toBytes()) ? List.of(source.toBytes()) : rawKeysBelow(source);
        boolean replaces = flat.contains(target.toBytes());
        ancestors.during(() -> {
            moveRaw(from, source, target);
            for (byte[] raw : from) {
                if (!replaces) {
                    ancestors.added(Key.ofBytes(moved(raw, source, target)));
                }
                ancestors.removed(Key.ofBytes(raw));
            }
        });
    }

    private void moveRaw(List<byte[]> from, Key source, Key target) throws StoreException {
        if (flat.facet(AtomicBatch.class).isPresent() && appliedTogether(moves(from, source, target))) {
            return;
        }
        for (byte[] raw : from) {
            putAndClose(moved(raw, source, target), flat.open(raw).orElseThrow());
        }
        for (byte[] raw : from) {
            flat.remove(raw);
        }
    }

    private List<Change> moves(List<byte[]> from, Key source, Key target) throws StoreException {
        List<Change> changes = new ArrayList<>();
        for (byte[] raw : from) {
            changes.add(new Change.Put(moved(raw, source, target), flat.get(raw).orElseThrow()));
            changes.add(new Change.Remove(raw));
        }
        return changes;
    }

    private static byte[] moved(byte[] raw, Key source, Key target) {
        return TreeRules.moved(Key.ofBytes(raw), source, target).toBytes();
    }

    @Override
    public void flush() throws StoreException {
        flat.flush();
    }

    @Override
    public void close() {
        flat.close();
    }
}

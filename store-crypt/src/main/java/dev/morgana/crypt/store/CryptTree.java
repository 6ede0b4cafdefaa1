package dev.morgana.crypt.store;

import dev.morgana.crypt.cells.HiddenKeys;
import dev.morgana.crypt.cells.OwnNames;
import dev.morgana.crypt.cells.TreeCells;
import dev.morgana.crypt.cells.Work;
import dev.morgana.crypt.seal.Sealer;
import dev.morgana.crypt.vault.Rotation;
import dev.morgana.crypt.vault.SealedWriter;
import dev.morgana.crypt.vault.Vault;
import dev.morgana.crypt.vault.VersionIndex;
import dev.morgana.spi.adapter.Splice;
import dev.morgana.spi.adapter.ValueDigest;
import dev.morgana.spi.backend.ArgumentChecks;
import dev.morgana.spi.backend.CallerStream;
import dev.morgana.spi.error.DeviceIoException;
import dev.morgana.spi.error.DictionaryExpectedException;
import dev.morgana.spi.error.InvalidRequestException;
import dev.morgana.spi.error.NoSuchKeyException;
import dev.morgana.spi.error.ReadOnlyStoreException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.error.ValueExpectedException;
import dev.morgana.spi.facet.Dictionaries;
import dev.morgana.spi.facet.FileHandles;
import dev.morgana.spi.facet.Timestamps;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.BeyondEnd;
import dev.morgana.spi.store.Capability;
import dev.morgana.spi.store.Entry;
import dev.morgana.spi.store.Facet;
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
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A tree with encrypted values. Dictionaries are those of the inner tree. A value is bound to its path, so what is moved is
 * written again under its new one.
 */
final class CryptTree implements KeyValueStore {
    private static final Set<Capability> LOST = EnumSet.of(Capability.ATOMIC_RENAME, Capability.PARTIAL_WRITE);

    private final KeyValueStore inner;
    private final TreeCells cells;
    private final HiddenKeys keys;
    private final Vault vault;
    private final SealedWriter writer;
    private final Rotation rotation;
    private final Bounds bounds;
    private final SealedFacets facets;
    private final SealedFiles files;
    private volatile boolean closed;

    CryptTree(TreeCells cells, HiddenKeys keys, Vault vault, SealedWriter writer, Rotation rotation) {
        this.inner = cells.store();
        this.cells = cells;
        this.keys = keys;
        this.vault = vault;
        this.writer = writer;
        this.rotation = rotation;
        this.bounds = Bounds.tree(inner.info().limits(), keys.hide());
        this.facets = new SealedFacets(vault, writer, rotation, bounds);
        this.files = new SealedFiles(new OpenTree(this, vault, bounds, () -> !closed));
    }

    HiddenKeys keys() {
        return keys;
    }

    Vault vault() {
        return vault;
    }

    Bounds bounds() {
        return bounds;
    }

    @Override
    public StoreInfo info() {
        return facets.info(LOST);
    }

    @Override
    public <F extends Facet> Optional<F> facet(Class<F> type) {
        if (type == Dictionaries.class) {
            return inner.facet(Dictionaries.class).map(own -> type.cast(new CryptDictionaries(this, own)));
        }
        if (type == Timestamps.class) {
            return inner.facet(Timestamps.class).map(own -> type.cast(new CryptTimes(this, own)));
        }
        if (type == FileHandles.class) {
            return Optional.of(type.cast(files));
        }
        return facets.facet(type);
    }

    @Override
    public Optional<Kind> kind(Key key) throws StoreException {
        return isOwn(key) ? Optional.empty() : inner.kind(keys.inner(key));
    }

    /** Whether a key is the layer's own, or would lie below one; such a key is not bound. A closed store has no answer. */
    private boolean isOwn(Key key) {
        inner.info();
        return !key.isRoot() && OwnNames.contain(key.segment(0));
    }

    /** Refuses to write a key of the layer's own, or below one. */
    void checkOwn(Key key) throws InvalidRequestException {
        if (!key.isRoot()) {
            OwnNames.refuse(key.segment(0));
        }
    }

    /** Why a key has no value. */
    private StoreException noValue(Key key) throws StoreException {
        return kind(key).equals(Optional.of(Kind.DICTIONARY))
                ? new ValueExpectedException(key)
                : new NoSuchKeyException(key);
    }

    private byte[] name(Key key) throws StoreException {
        if (key.isRoot() || isOwn(key)) {
            throw noValue(key);
        }
        return key.toBytes();
    }

    @Override
    public byte[] get(Key key) throws StoreException {
        Optional<byte[]> value = vault.get(name(key));
        if (value.isEmpty()) {
            throw noValue(key);
        }
        return value.get();
    }

    @Override
    public InputStream open(Key key) throws StoreException {
        Optional<InputStream> value = vault.open(name(key));
        if (value.isEmpty()) {
            throw noValue(key);
        }
        return value.get();
    }

    @Override
    public int read(Key key, long offset, ByteBuffer target) throws StoreException {
        ArgumentChecks.requireOffset(offset);
        OptionalInt count = vault.read(name(key), offset, target);
        if (count.isEmpty()) {
            throw noValue(key);
        }
        return count.getAsInt();
    }

    @Override
    public long size(Key key) throws StoreException {
        OptionalLong size = vault.size(name(key));
        if (size.isEmpty()) {
            throw noValue(key);
        }
        return size.getAsLong();
    }

    @Override
    public Stream<Entry> list(Key dictionary) throws StoreException {
        requireBound(dictionary);
        if (kind(dictionary).equals(Optional.of(Kind.VALUE))) {
            throw new DictionaryExpectedException(dictionary, dictionary);
        }
        List<Entry> children = cells.children(dictionary);
        if (keys.hide()) {
            children.sort((a, b) -> a.key().compareTo(b.key()));
        }
        return children.stream();
    }

    private void requireBound(Key key) throws StoreException {
        if (kind(key).isEmpty()) {
            throw new NoSuchKeyException(key);
        }
    }

    @Override
    public long totalSize(Key key) throws StoreException {
        requireBound(key);
        if (kind(key).equals(Optional.of(Kind.VALUE))) {
            return size(key);
        }
        long[] sum = new long[1];
        cells.visitBelow(key, name -> sum[0] += vault.size(name).orElse(0));
        return sum[0];
    }

    @Override
    public Optional<Instant> lastModified(Key key) throws StoreException {
        requireBound(key);
        return inner.lastModified(keys.inner(key));
    }

    @Override
    public byte[] digest(Key key) throws StoreException {
        return ValueDigest.of(inner.info().format(), key, open(key));
    }

    @Override
    public void set(Key key, byte[] value, SetOption... options) throws StoreException {
        synchronized (vault) {
            checkSet(key, options);
            bounds.checkValue(value.length);
            Sealer.Fresh fresh = vault.writing().begin(key.toBytes());
            replace(key, fresh, () -> inner.set(keys.inner(key), fresh.seal(value), options));
            files.changed(key, false);
        }
    }

    @Override
    public void set(Key key, InputStream value, SetOption... options) throws StoreException {
        synchronized (vault) {
            checkSet(key, options);
            Sealer.Fresh fresh = vault.writing().begin(key.toBytes());
            InputStream checked = bounds.checked(new CallerStream("value of " + key, value));
            replace(key, fresh, () -> inner.set(keys.inner(key), fresh.seal(checked), options));
            files.changed(key, false);
        }
    }

    private void checkSet(Key key, SetOption... options) throws StoreException {
        checkOwn(key);
        TreeRules.checkSet(Lookup.in(this, key), Arrays.asList(options).contains(SetOption.REPLACE_DICTIONARY));
        bounds.checkKey(key);
    }

    /** Puts a value where there is another one, or a dictionary whose values go with it. */
    private void replace(Key key, Sealer.Fresh fresh, Work work) throws StoreException {
        VersionIndex.Change put = SealedWriter.versioned(key.toBytes(), fresh);
        if (kind(key).equals(Optional.of(Kind.DICTIONARY))) {
            writer.replaceAll(prefix(key), put, work);
        } else {
            writer.change(List.of(put), work);
        }
    }

    /** How the names of all that lies below a dictionary begin. */
    private static byte[] prefix(Key dictionary) {
        byte[] path = dictionary.toBytes();
        byte[] prefix = Arrays.copyOf(path, path.length + 1);
        prefix[path.length] = '/';
        return prefix;
    }

    @Override
    public void write(Key key, long offset, ByteBuffer source, BeyondEnd rule) throws StoreException {
        ArgumentChecks.requireOffset(offset);
        synchronized (vault) {
            checkSet(key);
            long size = vault.size(key.toBytes()).orElse(0);
            long start = TreeRules.writeStart(key, size, offset, rule);
            if (!source.hasRemaining()) {
                return;
            }
            byte[] part = new byte[source.remaining()];
            source.get(part);
            long end = start > Long.MAX_VALUE - part.length ? Long.MAX_VALUE : start + part.length;
            bounds.checkValue(Math.max(size, end));
            setAndClose(key, Splice.into(() -> open(key), size, start, part));
        }
    }

    private void setAndClose(Key key, InputStream value) throws StoreException {
        try (value) {
            set(key, value);
        } catch (StoreException e) {
            throw e;
        } catch (IOException e) {
            throw new DeviceIoException(inner.info().format(), "closing the old value failed", 0, 0, e);
        }
    }

    @Override
    public void allocate(Key key, long size) throws StoreException {
        ArgumentChecks.requireSize(size);
        synchronized (vault) {
            checkOwn(key);
            TreeRules.checkCreate(Lookup.in(this, key));
            bounds.checkValue(size);
            set(key, Splice.zeros(size));
        }
    }

    @Override
    public boolean remove(Key key) throws StoreException {
        ArgumentChecks.requireRemovable(key);
        synchronized (vault) {
            Optional<Kind> kind = kind(key);
            if (kind.equals(Optional.of(Kind.VALUE))) {
                writer.remove(key.toBytes());
            } else if (kind.isPresent()) {
                writer.removeAll(prefix(key), () -> inner.remove(keys.inner(key)));
            }
            files.changed(key, true);
            return kind.isPresent();
        }
    }

    @Override
    public void clear() throws StoreException {
        synchronized (vault) {
            if (inner.info().readOnly()) {
                throw new ReadOnlyStoreException("clear");
            }
            cells.removeStrangers();
            for (Entry entry : cells.children(Key.ROOT)) {
                remove(entry.key());
            }
        }
    }

    @Override
    public void rename(Key source, Key target, RenameMode mode) throws StoreException {
        synchronized (vault) {
            checkOwn(target);
            Optional<Key> exact = TreeRules.renameTarget(Lookup.in(this, source), Lookup.in(this, target), mode);
            if (exact.isPresent()) {
                new Move(this, cells, source, exact.get()).run(bounds);
            }
        }
    }

    List<Entry> children(Key dictionary) throws StoreException {
        return cells.children(dictionary);
    }

    @Override
    public void flush() throws StoreException {
        files.flush();
        inner.flush();
    }

    @Override
    public void close() {
        closed = true;
        rotation.close();
    }
}

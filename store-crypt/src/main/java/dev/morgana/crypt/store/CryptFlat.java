package dev.morgana.crypt.store;

import dev.morgana.crypt.cells.FlatCells;
import dev.morgana.crypt.cells.Name;
import dev.morgana.crypt.cells.OwnNames;
import dev.morgana.crypt.seal.Names;
import dev.morgana.crypt.vault.Rotation;
import dev.morgana.crypt.vault.SealedWriter;
import dev.morgana.crypt.vault.Vault;
import dev.morgana.spi.backend.ArgumentChecks;
import dev.morgana.spi.backend.CallerStream;
import dev.morgana.spi.error.ReadOnlyStoreException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.AtomicBatch;
import dev.morgana.spi.facet.Change;
import dev.morgana.spi.facet.OrderedScan;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.Facet;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.spi.store.StoreInfo;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** A flat store with encrypted values. */
final class CryptFlat implements FlatStore, AtomicBatch {
    private final FlatStore inner;
    private final FlatCells cells;
    private final Vault vault;
    private final SealedWriter writer;
    private final Rotation rotation;
    private final boolean hidden;
    private final Bounds bounds;
    private final SealedFacets facets;

    CryptFlat(FlatCells cells, Vault vault, SealedWriter writer, Rotation rotation, Optional<Names> names) {
        this.inner = cells.store();
        this.cells = cells;
        this.vault = vault;
        this.writer = writer;
        this.rotation = rotation;
        this.hidden = names.isPresent();
        this.bounds = Bounds.flat(inner.info().limits(), hidden);
        this.facets = new SealedFacets(vault, writer, rotation, bounds);
    }

    @Override
    public StoreInfo info() {
        return facets.info(Set.of());
    }

    @Override
    public <F extends Facet> Optional<F> facet(Class<F> type) {
        if (type == AtomicBatch.class) {
            return cells.batch().map(batch -> type.cast(this));
        }
        if (type == OrderedScan.class && !hidden) {
            return inner.facet(OrderedScan.class).map(scan -> type.cast(new SealedScan(scan, vault)));
        }
        return facets.facet(type);
    }

    @Override
    public Optional<byte[]> get(byte[] key) throws StoreException {
        return isOwn(key) ? Optional.empty() : vault.get(key);
    }

    /** Whether a key is the layer's own, which is not bound for others. A closed store has no answer. */
    private boolean isOwn(byte[] key) {
        inner.info();
        return OwnNames.contain(key);
    }

    @Override
    public Optional<InputStream> open(byte[] key) throws StoreException {
        return isOwn(key) ? Optional.empty() : vault.open(key);
    }

    @Override
    public OptionalInt read(byte[] key, long offset, ByteBuffer target) throws StoreException {
        ArgumentChecks.requireOffset(offset);
        return isOwn(key) ? OptionalInt.empty() : vault.read(key, offset, target);
    }

    @Override
    public boolean contains(byte[] key) throws StoreException {
        return !isOwn(key) && cells.size(key).isPresent();
    }

    @Override
    public OptionalLong size(byte[] key) throws StoreException {
        return isOwn(key) ? OptionalLong.empty() : vault.size(key);
    }

    @Override
    public Stream<byte[]> keys() throws StoreException {
        if (!hidden) {
            return inner.keys().filter(key -> !OwnNames.contain(key));
        }
        List<byte[]> keys = new ArrayList<>();
        cells.visit(keys::add); // so that a name that cannot be revealed fails the call, and not the stream
        return keys.stream();
    }

    @Override
    public void put(byte[] key, byte[] value) throws StoreException {
        checkPut(key, value.length);
        writer.put(key.clone(), value);
    }

    @Override
    public void put(byte[] key, InputStream value) throws StoreException {
        checkPut(key, 0);
        writer.put(key.clone(), bounds.checked(new CallerStream("value of " + Key.escape(key), value)));
    }

    private void checkPut(byte[] key, long size) throws StoreException {
        OwnNames.refuse(key);
        bounds.checkName(key);
        bounds.checkValue(size);
    }

    @Override
    public boolean remove(byte[] key) throws StoreException {
        return !isOwn(key) && writer.remove(key.clone());
    }

    @Override
    public void clear() throws StoreException {
        if (inner.info().readOnly()) {
            throw new ReadOnlyStoreException("clear");
        }
        cells.removeStrangers();
        List<byte[]> names = new ArrayList<>();
        cells.visit(names::add);
        for (byte[] name : names) {
            writer.remove(name);
        }
    }

    @Override
    public void apply(List<Change> changes) throws StoreException {
        Map<Name, Change> last = new LinkedHashMap<>();
        for (Change change : changes) {
            checkPut(change.key(), change instanceof Change.Put put ? put.value().length : 0);
            last.remove(new Name(change.key()));
            last.put(new Name(change.key()), change);
        }
        if (!last.isEmpty()) {
            writer.apply(List.copyOf(last.values()));
        }
    }

    @Override
    public void flush() throws StoreException {
        inner.flush();
    }

    @Override
    public void close() {
        rotation.close();
    }
}

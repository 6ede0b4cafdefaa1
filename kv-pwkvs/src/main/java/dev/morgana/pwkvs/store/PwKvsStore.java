package dev.morgana.pwkvs.store;

import dev.morgana.pwkvs.layout.EntryHeader;
import dev.morgana.pwkvs.layout.PeerStatus;
import dev.morgana.pwkvs.sector.Kvs;
import dev.morgana.spi.backend.ArgumentChecks;
import dev.morgana.spi.backend.CallerStream;
import dev.morgana.spi.backend.Facets;
import dev.morgana.spi.backend.PositionedStream;
import dev.morgana.spi.backend.StoreLife;
import dev.morgana.spi.error.ReadOnlyStoreException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.Facet;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.spi.store.StoreInfo;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** A pw_kvs as a flat store. */
public final class PwKvsStore implements FlatStore {
    private final Kvs kvs;
    private final StoreLife life;
    private final Facets facets;

    /** A store that shares the life of its device. */
    public PwKvsStore(Kvs kvs, StoreLife life) {
        this.kvs = kvs;
        this.life = life;
        this.facets = ImageTools.of(kvs, life).and(Facets.of(new MaintenanceFacet(kvs, life)));
    }

    @Override
    public StoreInfo info() {
        return life.looking(() -> Descriptions.of(kvs));
    }

    @Override
    public <F extends Facet> Optional<F> facet(Class<F> type) {
        life.requireOpen();
        return facets.facet(type);
    }

    /** No key of another length can be bound, so it need not be looked for. */
    private static boolean canBe(byte[] key) {
        return key.length > 0 && key.length <= EntryHeader.KEY_MAX;
    }

    private void requireWritable(String operation) throws StoreException {
        life.requireOpen();
        if (kvs.settings().readOnly()) {
            throw PeerStatus.PERMISSION_DENIED.on(new ReadOnlyStoreException(operation));
        }
    }

    @Override
    public Optional<byte[]> get(byte[] key) throws StoreException {
        return life.changing(
                () -> canBe(key) ? kvs.get(key, Integer.MAX_VALUE, 0).map(Kvs.Part::bytes) : Optional.empty());
    }

    @Override
    public Optional<InputStream> open(byte[] key) throws StoreException {
        return get(key).map(this::stream);
    }

    /** A value as it was when it was opened; it ends with its store. */
    private InputStream stream(byte[] value) {
        return new PositionedStream(value.length, (position, target) -> copy(value, position, target), () -> {});
    }

    private int copy(byte[] value, long position, ByteBuffer target) {
        life.requireOpen();
        int from = (int) Math.min(position, value.length);
        int count = Math.min(target.remaining(), value.length - from);
        target.put(value, from, count);
        return count;
    }

    @Override
    public OptionalInt read(byte[] key, long offset, ByteBuffer target) throws StoreException {
        ArgumentChecks.requireOffset(offset);
        Optional<byte[]> value = get(key); // whole, since only that can be verified
        if (value.isEmpty()) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(copy(value.get(), offset, target));
    }

    @Override
    public OptionalLong size(byte[] key) throws StoreException {
        Optional<Integer> size = life.changing(() -> canBe(key) ? kvs.valueSize(key) : Optional.empty());
        return size.map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    @Override
    public Stream<byte[]> keys() throws StoreException {
        return life.changing(kvs::keys).stream();
    }

    @Override
    public void put(byte[] key, byte[] value) throws StoreException {
        requireWritable("put");
        life.change(() -> kvs.put(key, value));
    }

    @Override
    public void put(byte[] key, InputStream value) throws StoreException {
        requireWritable("put");
        int most = kvs.settings().sectorSize();
        CallerStream stream = new CallerStream("value of " + Key.escape(key), value);
        put(key, stream.readNBytes(most + 1)); // one byte more than can be is refused like any other
    }

    @Override
    public boolean remove(byte[] key) throws StoreException {
        requireWritable("remove");
        return life.changing(() -> canBe(key) && kvs.delete(key));
    }

    @Override
    public void clear() throws StoreException {
        requireWritable("clear");
        life.change(kvs::clear);
    }

    @Override
    public void flush() throws StoreException {
        life.requireOpen(); // every change is durable when its call returns
    }

    @Override
    public void close() {
        life.close();
    }
}

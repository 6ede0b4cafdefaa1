package dev.morgana.pwkvs.store;

import dev.morgana.pwkvs.layout.EntryHeader;
import dev.morgana.pwkvs.layout.PeerStatus;
import dev.morgana.pwkvs.sector.Kvs;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.DeviceIoException;
import dev.morgana.spi.error.ReadOnlyStoreException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.store.Facet;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.spi.store.StoreInfo;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A pw_kvs as a flat store. */
public final class PwKvsStore implements FlatStore {
    private final Kvs kvs;
    private final StoreLock lock;
    private final List<Facet> facets;

    /**
     * Opens a store that owns the device of its partition. What the device says against being closed goes to the consumer.
     *
     * @throws StoreException it cannot be opened; a store for reading opens as long as anything can be read
     */
    public PwKvsStore(Kvs kvs, Consumer<DeviceException> closeFailures) throws StoreException {
        this.kvs = kvs;
        this.lock = new StoreLock(kvs.flash().device(), closeFailures);
        this.facets = new ArrayList<>(LogTools.of(kvs, lock));
        facets.add(new Upkeep(kvs, lock));
        try {
            kvs.init();
        } catch (CorruptStoreException e) {
            if (!kvs.settings().readOnly()) {
                throw e;
            }
        }
    }

    @Override
    public StoreInfo info() {
        lock.requireOpen();
        return Descriptions.of(kvs);
    }

    @Override
    public <F extends Facet> Optional<F> facet(Class<F> type) {
        lock.requireOpen();
        return facets.stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    /** No key of another length can be bound, so it need not be looked for. */
    private static boolean canBe(byte[] key) {
        return key.length > 0 && key.length <= EntryHeader.KEY_MAX;
    }

    private void requireWritable(String operation) throws StoreException {
        lock.requireOpen();
        if (kvs.settings().readOnly()) {
            throw PeerStatus.PERMISSION_DENIED.on(new ReadOnlyStoreException(operation));
        }
    }

    @Override
    public Optional<byte[]> get(byte[] key) throws StoreException {
        return lock.holding(
                () -> canBe(key) ? kvs.get(key, Integer.MAX_VALUE, 0).map(Kvs.Part::bytes) : Optional.empty());
    }

    @Override
    public Optional<InputStream> open(byte[] key) throws StoreException {
        return get(key).map(value -> new ValueStream(value, lock));
    }

    @Override
    public OptionalInt read(byte[] key, long offset, ByteBuffer target) throws StoreException {
        if (offset < 0) {
            throw new IllegalArgumentException("offset " + offset + " is negative");
        }
        Optional<byte[]> value = get(key); // whole, since only that can be verified
        if (value.isEmpty()) {
            return OptionalInt.empty();
        }
        int from = (int) Math.min(offset, value.get().length);
        int count = Math.min(target.remaining(), value.get().length - from);
        target.put(value.get(), from, count);
        return OptionalInt.of(count);
    }

    @Override
    public OptionalLong size(byte[] key) throws StoreException {
        Optional<Integer> size = lock.holding(() -> canBe(key) ? kvs.valueSize(key) : Optional.empty());
        return size.map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    @Override
    public Stream<byte[]> keys() throws StoreException {
        return lock.holding(kvs::keys).stream();
    }

    @Override
    public void put(byte[] key, byte[] value) throws StoreException {
        requireWritable("put");
        lock.holding(() -> {
            kvs.put(key, value);
            return true;
        });
    }

    @Override
    public void put(byte[] key, InputStream value) throws StoreException {
        requireWritable("put");
        int most = kvs.settings().sectorSize();
        try {
            put(key, value.readNBytes(most + 1)); // one byte more than can be is refused like any other
        } catch (StoreException e) {
            throw e;
        } catch (IOException e) {
            throw new DeviceIoException("stream", "read failed", 0, most, e);
        }
    }

    @Override
    public boolean remove(byte[] key) throws StoreException {
        requireWritable("remove");
        return lock.holding(() -> canBe(key) && kvs.delete(key));
    }

    @Override
    public void clear() throws StoreException {
        requireWritable("clear");
        lock.holding(() -> {
            kvs.clear();
            return true;
        });
    }

    @Override
    public void flush() throws StoreException {
        lock.requireOpen(); // every change is durable when its call returns
    }

    @Override
    public void close() {
        lock.close();
    }
}

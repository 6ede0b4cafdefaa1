package dev.morgana.embedkv.store;

import dev.morgana.embedkv.record.Binding;
import dev.morgana.embedkv.record.Member;
import dev.morgana.embedkv.record.Settings;
import dev.morgana.embedkv.record.Volume;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.ReadOnlyStoreException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.store.Facet;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.spi.store.StoreInfo;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** An open store. */
public final class EmbedKvStore implements FlatStore {
    private static final int PIECE_BYTES = 64 * 1024;

    private final Volume volume;
    private final Settings settings;
    private final StoreLock lock;
    private final Snapshots snapshots = new Snapshots();
    private final Scans scans;
    private final Tools tools;

    /** A store that owns the devices of its volume. What they say against being closed goes to the consumer. */
    public EmbedKvStore(Volume volume, Settings settings, Consumer<DeviceException> closeFailures) {
        this.volume = volume;
        this.settings = settings;
        List<BlockDevice> devices =
                volume.members().stream().map(Member::device).toList();
        this.lock = new StoreLock(devices, closeFailures);
        this.scans = new Scans(volume, lock, snapshots);
        this.tools = new Tools(devices, settings, lock, () -> {
            volume.recover();
            return volume;
        });
    }

    @Override
    public StoreInfo info() {
        try {
            return lock.reading(() -> Descriptions.of(volume, settings.readOnly()));
        } catch (StoreException e) {
            throw new AssertionError("nothing is read", e);
        }
    }

    @Override
    public <F extends Facet> Optional<F> facet(Class<F> type) {
        lock.requireOpen();
        return type.isInstance(scans) ? Optional.of(type.cast(scans)) : tools.facet(type);
    }

    @Override
    public Optional<byte[]> get(byte[] key) throws StoreException {
        return lock.reading(() -> {
            Optional<Binding> binding = volume.find(key);
            return binding.isEmpty()
                    ? Optional.empty()
                    : Optional.of(binding.get().readAll());
        });
    }

    @Override
    public Optional<InputStream> open(byte[] key) throws StoreException {
        byte[] copy = key.clone();
        return lock.reading(() -> volume.find(copy).map(binding -> {
            ValueStream stream =
                    new ValueStream(lock, binding, expected -> volume.find(copy).orElse(null) == expected);
            return new BufferedInputStream(stream, PIECE_BYTES);
        }));
    }

    @Override
    public OptionalInt read(byte[] key, long offset, ByteBuffer target) throws StoreException {
        if (offset < 0) {
            throw new IllegalArgumentException("offset " + offset + " is negative");
        }
        return lock.reading(() -> {
            Optional<Binding> binding = volume.find(key);
            return binding.isEmpty()
                    ? OptionalInt.empty()
                    : OptionalInt.of(binding.get().reader().read(offset, target));
        });
    }

    @Override
    public OptionalLong size(byte[] key) throws StoreException {
        return find(key).map(binding -> OptionalLong.of(binding.size())).orElse(OptionalLong.empty());
    }

    /** What a key is bound to. */
    Optional<Binding> find(byte[] key) throws StoreException {
        return lock.reading(() -> volume.find(key));
    }

    @Override
    public Stream<byte[]> keys() throws StoreException {
        List<byte[]> keys = lock.reading(() -> List.copyOf(volume.index().keySet()));
        return keys.stream().map(byte[]::clone);
    }

    @Override
    public void put(byte[] key, byte[] value) throws StoreException {
        put(key, value, 0);
    }

    /** Binds a key to a value, with the caller's 32 bits. */
    void put(byte[] key, byte[] value, long userFlags) throws StoreException {
        put(key, new ByteArrayInputStream(value), OptionalLong.of(value.length), userFlags);
    }

    @Override
    public void put(byte[] key, InputStream value) throws StoreException {
        put(key, value, OptionalLong.empty(), 0);
    }

    private void put(byte[] key, InputStream value, OptionalLong size, long userFlags) throws StoreException {
        byte[] copy = key.clone();
        lock.writing(() -> {
            requireWritable("put");
            Volume.Staged staged = volume.stage(copy, value, size, userFlags);
            return lock.publishing(() -> {
                preserve(copy);
                volume.publish(staged);
                return true;
            });
        });
    }

    /** A value that cannot be read any more is no loss to those who read on. */
    private void preserve(byte[] key) {
        volume.find(key).ifPresent(snapshots::preserve);
    }

    @Override
    public boolean remove(byte[] key) throws StoreException {
        return lock.publishing(() -> {
            requireWritable("remove");
            preserve(key);
            return volume.delete(key);
        });
    }

    @Override
    public void clear() throws StoreException {
        lock.publishing(() -> {
            requireWritable("clear");
            volume.index().values().forEach(snapshots::preserve);
            volume.clear();
            return true;
        });
    }

    private void requireWritable(String operation) throws ReadOnlyStoreException {
        if (settings.readOnly()) {
            throw new ReadOnlyStoreException(operation);
        }
    }

    @Override
    public void flush() throws StoreException {
        lock.writing(() -> {
            volume.settle();
            return true;
        });
    }

    @Override
    public void close() {
        lock.close();
    }

    /** Reads and recovers everything again. */
    void recover() throws StoreException {
        lock.publishing(() -> {
            requireWritable("recover");
            volume.recover();
            return true;
        });
    }

    /** The volume, for the tools of this package; under the lock. */
    Volume volume() {
        return volume;
    }

    StoreLock lock() {
        return lock;
    }
}

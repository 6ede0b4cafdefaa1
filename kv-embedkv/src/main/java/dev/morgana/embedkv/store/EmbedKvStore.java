package dev.morgana.embedkv.store;

import dev.morgana.embedkv.layout.StorageHeader;
import dev.morgana.embedkv.record.Binding;
import dev.morgana.embedkv.record.Member;
import dev.morgana.embedkv.record.Settings;
import dev.morgana.embedkv.record.Volume;
import dev.morgana.spi.backend.ArgumentChecks;
import dev.morgana.spi.backend.CallerStream;
import dev.morgana.spi.backend.Facets;
import dev.morgana.spi.backend.PositionedStream;
import dev.morgana.spi.backend.StoreLife;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.InvalidRequestException;
import dev.morgana.spi.error.ReadOnlyStoreException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
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
    private final StoreLife life;
    private final Snapshots snapshots = new Snapshots();
    private final Facets facets;

    /** A store that owns the devices of its volume. What they say against being closed goes to the consumer. */
    public EmbedKvStore(Volume volume, Settings settings, Consumer<DeviceException> closeFailures) {
        this.volume = volume;
        this.settings = settings;
        List<BlockDevice> devices =
                volume.members().stream().map(Member::device).toList();
        this.life = StoreLife.shared(devices, closeFailures);
        this.facets = Facets.of(new Scans(volume, life, snapshots)).and(ImageTools.of(devices, settings, life, () -> {
            volume.recover();
            return volume;
        }));
    }

    @Override
    public StoreInfo info() {
        return life.looking(() -> Descriptions.of(volume, settings.readOnly()));
    }

    @Override
    public <F extends Facet> Optional<F> facet(Class<F> type) {
        life.requireOpen();
        return facets.facet(type);
    }

    @Override
    public Optional<byte[]> get(byte[] key) throws StoreException {
        return life.reading(() -> {
            Optional<Binding> binding = volume.find(key);
            return binding.isEmpty()
                    ? Optional.empty()
                    : Optional.of(binding.get().readAll());
        });
    }

    @Override
    public Optional<InputStream> open(byte[] key) throws StoreException {
        byte[] copy = key.clone();
        return life.reading(() -> volume.find(copy).map(binding -> open(copy, binding)));
    }

    /** A value as long as its key is bound to it: the format keeps no old values. */
    private InputStream open(byte[] key, Binding binding) {
        Binding.Reader reader = binding.reader();
        PositionedStream.Source source = (position, target) -> life.reading(() -> {
            if (volume.find(key).orElse(null) != binding) {
                throw new InvalidRequestException("the value of " + Key.escape(key) + " was replaced or removed");
            }
            return reader.read(position, target);
        });
        return new BufferedInputStream(new PositionedStream(binding.size(), source, () -> {}), PIECE_BYTES);
    }

    @Override
    public OptionalInt read(byte[] key, long offset, ByteBuffer target) throws StoreException {
        ArgumentChecks.requireOffset(offset);
        return life.reading(() -> {
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
    public Optional<Binding> find(byte[] key) throws StoreException {
        return life.reading(() -> volume.find(key));
    }

    @Override
    public Stream<byte[]> keys() throws StoreException {
        List<byte[]> keys = life.reading(() -> List.copyOf(volume.index().keySet()));
        return keys.stream().map(byte[]::clone);
    }

    @Override
    public void put(byte[] key, byte[] value) throws StoreException {
        put(key, value, 0);
    }

    /** Binds a key to a value, with the caller's 32 bits. */
    public void put(byte[] key, byte[] value, long userFlags) throws StoreException {
        put(key, stream(key, new ByteArrayInputStream(value)), OptionalLong.of(value.length), userFlags);
    }

    @Override
    public void put(byte[] key, InputStream value) throws StoreException {
        put(key, stream(key, value), OptionalLong.empty(), 0);
    }

    private static CallerStream stream(byte[] key, InputStream value) {
        return new CallerStream("value of " + Key.escape(key), value);
    }

    private void put(byte[] key, CallerStream value, OptionalLong size, long userFlags) throws StoreException {
        byte[] copy = key.clone();
        life.preparing(() -> {
            requireWritable("put");
            Volume.Staged staged = volume.stage(copy, value, size, userFlags);
            life.change(() -> {
                preserve(copy);
                volume.publish(staged);
            });
            return true;
        });
    }

    /** A value that cannot be read any more is no loss to those who read on. */
    private void preserve(byte[] key) {
        volume.find(key).ifPresent(snapshots::preserve);
    }

    @Override
    public boolean remove(byte[] key) throws StoreException {
        return life.changing(() -> {
            requireWritable("remove");
            preserve(key);
            return volume.delete(key);
        });
    }

    @Override
    public void clear() throws StoreException {
        life.change(() -> {
            requireWritable("clear");
            volume.index().values().forEach(snapshots::preserve);
            volume.clear();
        });
    }

    private void requireWritable(String operation) throws ReadOnlyStoreException {
        if (settings.readOnly()) {
            throw new ReadOnlyStoreException(operation);
        }
    }

    @Override
    public void flush() throws StoreException {
        life.preparing(() -> {
            volume.settle();
            return true;
        });
    }

    @Override
    public void close() {
        life.close();
    }

    /** Reads and recovers everything again. */
    public void recover() throws StoreException {
        life.change(() -> {
            requireWritable("recover");
            volume.recover();
        });
    }

    /** The header of the first replica that takes part. */
    public StorageHeader header() {
        life.requireOpen();
        return volume.header();
    }

    /** How many replicas there are, those that do not take part included. */
    public int replicas() {
        life.requireOpen();
        return volume.members().size();
    }
}

package com.example.toy.store;

import com.example.toy.layout.Header;
import com.example.toy.layout.Records;
import com.example.toy.snapshot.Half;
import com.example.toy.snapshot.Halves;
import dev.morgana.spi.backend.ArgumentChecks;
import dev.morgana.spi.backend.CallerStream;
import dev.morgana.spi.backend.Facets;
import dev.morgana.spi.backend.PositionedStream;
import dev.morgana.spi.backend.StoreLife;
import dev.morgana.spi.backend.ToolInspection;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.LimitExceededException;
import dev.morgana.spi.error.ReadOnlyStoreException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.store.Facet;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.spi.store.StoreInfo;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** An open store: all records are in memory, and each change writes all of them to the half that does not count. */
public final class ToyStore implements FlatStore {
    private final Halves halves;
    private final boolean readOnly;
    private final StoreLife life;
    private final Facets facets;

    /** The records that count, replaced as a whole, so that readers of the old ones go on. */
    private NavigableMap<byte[], byte[]> records;

    private long generation;
    private int half;

    private ToyStore(Halves halves, boolean readOnly, int half, Half.Valid newest) {
        this.halves = halves;
        this.readOnly = readOnly;
        this.half = half;
        this.generation = newest.generation();
        this.records = newest.content();
        this.life = life(halves);
        this.facets = facets(halves, life);
    }

    /** Nobody can do anything about a device that does not close well, so nobody is told. */
    private static StoreLife life(Halves halves) {
        return StoreLife.shared(List.of(halves.device()), failure -> {});
    }

    private static Facets facets(Halves halves, StoreLife life) {
        return Facets.of(new ToyCheck(halves, life));
    }

    /**
     * Opens a store that owns the device of its halves.
     *
     * @throws CorruptStoreException if no half holds a snapshot
     * @throws StoreException for this, or if the device fails
     */
    public static ToyStore open(Halves halves, boolean readOnly) throws StoreException {
        Half first = halves.examine(0);
        Half second = halves.examine(1);
        int half = first.generation() > second.generation() ? 0 : 1;
        if ((half == 0 ? first : second) instanceof Half.Valid newest) {
            return new ToyStore(halves, readOnly, half, newest);
        }
        for (Half each : List.of(first, second)) {
            if (each instanceof Half.Broken broken) {
                throw broken.reason();
            }
        }
        throw noSnapshot(halves);
    }

    static CorruptStoreException noSnapshot(Halves halves) {
        return new CorruptStoreException(halves.position(0, "snapshot header"), "a header", "nothing");
    }

    /** The tools for a device that may hold no snapshot; the inspection owns the device. */
    public static Inspection inspect(Halves halves) {
        StoreLife life = life(halves);
        StoreLife.Action<StoreInfo> info = () -> {
            Half first = halves.examine(0);
            if (first instanceof Half.Broken broken && !(halves.examine(1) instanceof Half.Valid)) {
                throw broken.reason();
            }
            return Descriptions.of(halves, true);
        };
        return new ToolInspection(life, info, facets(halves, life));
    }

    @Override
    public StoreInfo info() {
        return life.looking(() -> Descriptions.of(halves, readOnly));
    }

    @Override
    public <F extends Facet> Optional<F> facet(Class<F> type) {
        life.requireOpen();
        return facets.facet(type);
    }

    private Optional<byte[]> find(byte[] key) {
        return life.looking(() -> Optional.ofNullable(records.get(key)));
    }

    @Override
    public Optional<byte[]> get(byte[] key) {
        return find(key).map(byte[]::clone);
    }

    @Override
    public Optional<InputStream> open(byte[] key) {
        return find(key)
                .map(value -> new PositionedStream(
                        value.length,
                        (position, target) -> {
                            life.requireOpen();
                            return copy(value, position, target);
                        },
                        () -> {}));
    }

    @Override
    public OptionalInt read(byte[] key, long offset, ByteBuffer target) {
        ArgumentChecks.requireOffset(offset);
        Optional<byte[]> value = find(key);
        return value.isEmpty() ? OptionalInt.empty() : OptionalInt.of(copy(value.get(), offset, target));
    }

    private static int copy(byte[] value, long offset, ByteBuffer target) {
        int from = (int) Math.min(offset, value.length);
        int count = Math.min(value.length - from, target.remaining());
        target.put(value, from, count);
        return count;
    }

    @Override
    public OptionalLong size(byte[] key) {
        Optional<byte[]> value = find(key);
        return value.isEmpty() ? OptionalLong.empty() : OptionalLong.of(value.get().length);
    }

    @Override
    public Stream<byte[]> keys() {
        return life.looking(() -> List.copyOf(records.keySet())).stream().map(byte[]::clone);
    }

    /** What becomes of the records. */
    private interface Change {
        /** Changes a copy; returns whether it did. */
        boolean make(NavigableMap<byte[], byte[]> copy);
    }

    private boolean change(String operation, Change change) throws StoreException {
        return life.changing(() -> {
            if (readOnly) {
                throw new ReadOnlyStoreException(operation);
            }
            NavigableMap<byte[], byte[]> copy = Records.none();
            copy.putAll(records);
            if (!change.make(copy)) {
                return false;
            }
            if (generation == Header.MAX_GENERATION) {
                throw new LimitExceededException("generation", Header.MAX_GENERATION, Header.MAX_GENERATION);
            }
            halves.write(1 - half, generation + 1, copy);
            records = copy;
            half = 1 - half;
            generation++;
            return true;
        });
    }

    @Override
    public void put(byte[] key, byte[] value) throws StoreException {
        if (key.length > Records.MAX_KEY) {
            throw new LimitExceededException("key (bytes)", Records.MAX_KEY, key.length, Key.escape(key));
        }
        byte[] ownKey = key.clone();
        byte[] ownValue = value.clone();
        change("put", copy -> {
            copy.put(ownKey, ownValue);
            return true;
        });
    }

    /** The stream is read before the change begins, one byte further than could fit. */
    @Override
    public void put(byte[] key, InputStream value) throws StoreException {
        CallerStream stream = new CallerStream("value of " + Key.escape(key), value);
        put(key, stream.readNBytes(halves.capacity() + 1));
    }

    @Override
    public boolean remove(byte[] key) throws StoreException {
        return change("remove", copy -> copy.remove(key) != null);
    }

    @Override
    public void clear() throws StoreException {
        change("clear", copy -> {
            boolean any = !copy.isEmpty();
            copy.clear();
            return any;
        });
    }

    /** Every change is durable when its call returns. */
    @Override
    public void flush() {
        life.requireOpen();
    }

    @Override
    public void close() {
        life.close();
    }
}

package dev.morgana.tck.reference;

import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DeviceIoException;
import dev.morgana.spi.store.Facet;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.spi.store.Limits;
import dev.morgana.spi.store.StoreInfo;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A map as a flat store without any facet; counts how many keys were looked at one after the other. */
final class CountingFlat implements FlatStore {
    private final NavigableMap<byte[], byte[]> values = new TreeMap<>(Arrays::compareUnsigned);
    private long visited;
    private boolean failing;

    /** Keys that {@link #keys()} gave away. */
    long visited() {
        return visited;
    }

    /** Whether changes fail from now on, after they were made, as with a device that fails late. */
    void failAfterChanges(boolean fail) {
        failing = fail;
    }

    private void changed() throws DeviceIoException {
        if (failing) {
            throw new DeviceIoException("counting", "told to fail", 0, 0, new IOException("told to fail"));
        }
    }

    @Override
    public Optional<byte[]> get(byte[] key) {
        return Optional.ofNullable(values.get(key)).map(byte[]::clone);
    }

    @Override
    public Optional<InputStream> open(byte[] key) {
        return get(key).map(ByteArrayInputStream::new);
    }

    @Override
    public OptionalInt read(byte[] key, long offset, ByteBuffer target) {
        throw new UnsupportedOperationException("not needed");
    }

    @Override
    public OptionalLong size(byte[] key) {
        byte[] value = values.get(key);
        return value == null ? OptionalLong.empty() : OptionalLong.of(value.length);
    }

    @Override
    public Stream<byte[]> keys() {
        return Map.copyOf(values).keySet().stream().peek(key -> visited++);
    }

    @Override
    public void put(byte[] key, byte[] value) throws DeviceIoException {
        values.put(key.clone(), value.clone());
        changed();
    }

    @Override
    public void put(byte[] key, InputStream value) throws DeviceIoException {
        try {
            put(key, value.readAllBytes());
        } catch (DeviceIoException e) {
            throw e;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public boolean remove(byte[] key) throws DeviceIoException {
        boolean bound = values.remove(key) != null;
        changed();
        return bound;
    }

    @Override
    public void clear() throws DeviceIoException {
        values.clear();
        changed();
    }

    @Override
    public StoreInfo info() {
        return new StoreInfo(
                "counting",
                "",
                new Geometry(1, 1, 512, 1, ErasedState.ONES),
                false,
                new Limits(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty()),
                Set.of(),
                Map.of());
    }

    @Override
    public <F extends Facet> Optional<F> facet(Class<F> type) {
        return Optional.empty();
    }

    @Override
    public void flush() {
        // Nothing is kept back.
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}

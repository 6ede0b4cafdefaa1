package dev.morgana.interop.cli;

import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.InvalidRequestException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.StoreLayerProvider;
import dev.morgana.spi.store.Facet;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.spi.store.Store;
import dev.morgana.spi.store.StoreInfo;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** A layer over flat stores that changes every byte of a value, so that a verb which goes around it is found out. */
public final class XorLayer implements StoreLayerProvider {
    private static final Option<Long> MASK =
            Option.integer("mask").range(1, 255).describe("what each byte is changed by");

    @Override
    public String layer() {
        return "xor";
    }

    @Override
    public String description() {
        return "changes every byte of a value";
    }

    @Override
    public List<Option<?>> options() {
        return List.of(MASK);
    }

    @Override
    public void initialize(Store inner, Options options) {
        // it keeps nothing of its own
    }

    @Override
    public Store wrap(Store inner, Options options) throws StoreException {
        long mask = options.optional(MASK)
                .orElseThrow(() -> new InvalidOptionException(MASK.name(), "is needed; mask=90 would do"));
        if (inner instanceof FlatStore flat) {
            return new Masked(flat, (byte) mask);
        }
        throw new InvalidRequestException(
                "xor is a layer over flat stores, not over " + inner.info().format());
    }

    private record Masked(FlatStore inner, byte mask) implements FlatStore {
        private byte[] masked(byte[] value) {
            byte[] changed = value.clone();
            for (int i = 0; i < changed.length; i++) {
                changed[i] ^= mask;
            }
            return changed;
        }

        @Override
        public StoreInfo info() {
            return inner.info();
        }

        @Override
        public <F extends Facet> Optional<F> facet(Class<F> type) {
            return Optional.empty();
        }

        @Override
        public Optional<byte[]> get(byte[] key) throws StoreException {
            return inner.get(key).map(this::masked);
        }

        @Override
        public Optional<InputStream> open(byte[] key) throws StoreException {
            return get(key).map(ByteArrayInputStream::new);
        }

        @Override
        public OptionalInt read(byte[] key, long offset, ByteBuffer target) throws StoreException {
            Optional<byte[]> value = get(key);
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
            return inner.size(key);
        }

        @Override
        public Stream<byte[]> keys() throws StoreException {
            return inner.keys();
        }

        @Override
        public void put(byte[] key, byte[] value) throws StoreException {
            inner.put(key, masked(value));
        }

        @Override
        public void put(byte[] key, InputStream value) throws StoreException {
            try {
                put(key, value.readAllBytes());
            } catch (StoreException e) {
                throw e;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public boolean remove(byte[] key) throws StoreException {
            return inner.remove(key);
        }

        @Override
        public void clear() throws StoreException {
            inner.clear();
        }

        @Override
        public void flush() throws StoreException {
            inner.flush();
        }

        @Override
        public void close() {
            inner.close();
        }
    }
}

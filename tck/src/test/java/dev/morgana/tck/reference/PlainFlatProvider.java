package dev.morgana.tck.reference;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.AtomicBatch;
import dev.morgana.spi.facet.OrderedScan;
import dev.morgana.spi.facet.Transactions;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.Identification;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.provider.StoreProvider;
import dev.morgana.spi.store.Capability;
import dev.morgana.spi.store.Facet;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.spi.store.Store;
import dev.morgana.spi.store.StoreInfo;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/** The flat reference store less what not every flat store has: batches, scans, transactions. */
record PlainFlatProvider(StoreProvider inner) implements StoreProvider {
    PlainFlatProvider() {
        this(new ReferenceFlatProvider());
    }

    @Override
    public String format() {
        return inner.format();
    }

    @Override
    public String description() {
        return inner.description();
    }

    @Override
    public List<Option<?>> options() {
        return inner.options();
    }

    @Override
    public Optional<Identification> probe(List<BlockDevice> devices) throws StoreException {
        return inner.probe(devices);
    }

    @Override
    public void format(List<BlockDevice> devices, Options options) throws StoreException {
        inner.format(devices, options);
    }

    @Override
    public Store open(List<BlockDevice> devices, Options options) throws StoreException {
        return new PlainFlat((FlatStore) inner.open(devices, options));
    }

    @Override
    public Inspection inspect(List<BlockDevice> devices, Options options) throws StoreException {
        return inner.inspect(devices, options);
    }

    private record PlainFlat(FlatStore inner) implements FlatStore {
        private static final Set<Class<?>> HIDDEN = Set.of(AtomicBatch.class, OrderedScan.class, Transactions.class);

        @Override
        public StoreInfo info() {
            StoreInfo info = inner.info();
            Set<Capability> capabilities = new HashSet<>(info.capabilities());
            capabilities.remove(Capability.ATOMIC_TREE_REMOVE);
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
            return inner.facet(type).filter(facet -> !HIDDEN.contains(type));
        }

        @Override
        public Optional<byte[]> get(byte[] key) throws StoreException {
            return inner.get(key);
        }

        @Override
        public Optional<InputStream> open(byte[] key) throws StoreException {
            return inner.open(key);
        }

        @Override
        public OptionalInt read(byte[] key, long offset, ByteBuffer target) throws StoreException {
            return inner.read(key, offset, target);
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
            inner.put(key, value);
        }

        @Override
        public void put(byte[] key, InputStream value) throws StoreException {
            inner.put(key, value);
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

package dev.morgana.embedkv.store;

import dev.morgana.embedkv.layout.StorageHeader;
import dev.morgana.embedkv.record.Binding;
import dev.morgana.spi.error.StoreException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The peers' calls on a store of ours. */
public final class StoreSession implements Session {
    private final EmbedKvStore store;

    /** A session that owns the store. */
    public StoreSession(EmbedKvStore store) {
        this.store = store;
    }

    @Override
    public StorageHeader header() {
        store.lock().requireOpen();
        return store.volume().header();
    }

    @Override
    public int replicas() {
        store.lock().requireOpen();
        return store.volume().members().size();
    }

    @Override
    public void recover() throws StoreException {
        store.recover();
    }

    /** The index is built by opening and recovery, and kept right by each change. */
    @Override
    public void buildIndex() {
        store.lock().requireOpen();
    }

    @Override
    public Optional<byte[]> get(byte[] key) throws StoreException {
        return store.get(key);
    }

    @Override
    public void put(byte[] key, byte[] value, long userFlags) throws StoreException {
        store.put(key, value, userFlags);
    }

    @Override
    public boolean delete(byte[] key) throws StoreException {
        return store.remove(key);
    }

    @Override
    public List<byte[]> keys() throws StoreException {
        try (Stream<byte[]> keys = store.keys()) {
            return keys.toList();
        }
    }

    @Override
    public OptionalLong userFlags(byte[] key) throws StoreException {
        Optional<Binding> found = store.find(key);
        return found.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(found.get().userFlags());
    }

    @Override
    public OptionalLong generation(byte[] key) throws StoreException {
        Optional<Binding> found = store.find(key);
        return found.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(found.get().generation());
    }

    @Override
    public void close() {
        store.close();
    }
}

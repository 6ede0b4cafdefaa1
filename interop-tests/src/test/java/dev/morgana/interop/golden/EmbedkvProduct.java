package dev.morgana.interop.golden;

import dev.morgana.embedkv.EmbedKv;
import dev.morgana.embedkv.EmbedKvHeader;
import dev.morgana.spi.error.StoreException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The calls of the traces on the product, which recovers and builds its index when it is opened. */
record EmbedkvProduct(EmbedKv store) implements EmbedkvCalls {
    @Override
    public EmbedKvHeader header() {
        return store.header();
    }

    @Override
    public int replicas() {
        return store.replicas();
    }

    @Override
    public void recover() {
        // opening has done it
    }

    @Override
    public void buildIndex() {
        // opening has done it
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
        return store.delete(key);
    }

    @Override
    public List<byte[]> keys() throws StoreException {
        return store.keys();
    }

    @Override
    public OptionalLong userFlags(byte[] key) throws StoreException {
        return store.userFlags(key);
    }

    @Override
    public OptionalLong generation(byte[] key) throws StoreException {
        return store.generation(key);
    }

    @Override
    public void close() {
        store.close();
    }
}

package dev.morgana.tck.store;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.BeyondEnd;
import dev.morgana.spi.store.Entry;
import dev.morgana.spi.store.Facet;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.RenameMode;
import dev.morgana.spi.store.SetOption;
import dev.morgana.spi.store.StoreInfo;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** A right store; each test spoils one method. */
class SpoiltTree implements KeyValueStore {
    final KeyValueStore inner;

    SpoiltTree(KeyValueStore inner) {
        this.inner = inner;
    }

    @Override
    public StoreInfo info() {
        return inner.info();
    }

    @Override
    public <F extends Facet> Optional<F> facet(Class<F> type) {
        return inner.facet(type);
    }

    @Override
    public Optional<Kind> kind(Key key) throws StoreException {
        return inner.kind(key);
    }

    @Override
    public byte[] get(Key key) throws StoreException {
        return inner.get(key);
    }

    @Override
    public InputStream open(Key key) throws StoreException {
        return inner.open(key);
    }

    @Override
    public int read(Key key, long offset, ByteBuffer target) throws StoreException {
        return inner.read(key, offset, target);
    }

    @Override
    public Stream<Entry> list(Key dictionary) throws StoreException {
        return inner.list(dictionary);
    }

    @Override
    public long size(Key key) throws StoreException {
        return inner.size(key);
    }

    @Override
    public long totalSize(Key key) throws StoreException {
        return inner.totalSize(key);
    }

    @Override
    public Optional<Instant> lastModified(Key key) throws StoreException {
        return inner.lastModified(key);
    }

    @Override
    public byte[] digest(Key key) throws StoreException {
        return inner.digest(key);
    }

    @Override
    public void set(Key key, byte[] value, SetOption... options) throws StoreException {
        inner.set(key, value, options);
    }

    @Override
    public void set(Key key, InputStream value, SetOption... options) throws StoreException {
        inner.set(key, value, options);
    }

    @Override
    public void write(Key key, long offset, ByteBuffer source, BeyondEnd rule) throws StoreException {
        inner.write(key, offset, source, rule);
    }

    @Override
    public void allocate(Key key, long size) throws StoreException {
        inner.allocate(key, size);
    }

    @Override
    public boolean remove(Key key) throws StoreException {
        return inner.remove(key);
    }

    @Override
    public void clear() throws StoreException {
        inner.clear();
    }

    @Override
    public void rename(Key source, Key target, RenameMode mode) throws StoreException {
        inner.rename(source, target, mode);
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

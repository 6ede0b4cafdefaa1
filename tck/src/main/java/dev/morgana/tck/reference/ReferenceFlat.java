package dev.morgana.tck.reference;

import dev.morgana.spi.backend.Facets;
import dev.morgana.spi.error.LimitExceededException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.Facet;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.spi.store.StoreInfo;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The flat store. Reads answer from the records of the moment, which nobody changes in place. */
final class ReferenceFlat implements FlatStore {
    private final Persistent<NavigableMap<byte[], byte[]>> content;
    private final StoreInfo info;
    private final Facets facets;

    ReferenceFlat(Persistent<NavigableMap<byte[], byte[]>> content, StoreInfo info, Tools tools) {
        this.content = content;
        this.info = info;
        FlatTransactions transactions = new FlatTransactions(content);
        this.facets = Facets.of(new FlatScan(content), new FlatBatch(content), transactions, tools);
    }

    /** No records. */
    static NavigableMap<byte[], byte[]> noRecords() {
        return new TreeMap<>(Arrays::compareUnsigned);
    }

    /** Records with one more. */
    static NavigableMap<byte[], byte[]> with(NavigableMap<byte[], byte[]> records, byte[] key, byte[] value) {
        NavigableMap<byte[], byte[]> changed = copy(records);
        changed.put(key.clone(), value.clone());
        return Collections.unmodifiableNavigableMap(changed);
    }

    /** Records with one less; the very same if it was not there. */
    static NavigableMap<byte[], byte[]> without(NavigableMap<byte[], byte[]> records, byte[] key) {
        if (!records.containsKey(key)) {
            return records;
        }
        NavigableMap<byte[], byte[]> changed = copy(records);
        changed.remove(key);
        return Collections.unmodifiableNavigableMap(changed);
    }

    private static NavigableMap<byte[], byte[]> copy(NavigableMap<byte[], byte[]> records) {
        NavigableMap<byte[], byte[]> copy = noRecords();
        copy.putAll(records);
        return copy;
    }

    static void checkLimits(byte[] key, byte[] value) throws LimitExceededException {
        if (key.length > FlatCodec.MAX_KEY_BYTES) {
            throw new LimitExceededException("key (bytes)", FlatCodec.MAX_KEY_BYTES, key.length, Key.escape(key));
        }
        Bytes.checkSize(value.length, FlatCodec.MAX_VALUE_BYTES, Key.escape(key));
    }

    @Override
    public StoreInfo info() {
        content.checkOpen();
        return info;
    }

    @Override
    public <F extends Facet> Optional<F> facet(Class<F> type) {
        content.checkOpen();
        return facets.facet(type);
    }

    private byte @Nullable [] find(byte[] key) {
        return content.content().get(key);
    }

    @Override
    public Optional<byte[]> get(byte[] key) {
        return Optional.ofNullable(find(key)).map(byte[]::clone);
    }

    @Override
    public Optional<InputStream> open(byte[] key) {
        return Optional.ofNullable(find(key)).map(value -> new ValueStream(content::isClosed, value));
    }

    @Override
    public OptionalInt read(byte[] key, long offset, ByteBuffer target) {
        byte[] value = find(key);
        return value == null ? OptionalInt.empty() : OptionalInt.of(Bytes.copy(value, offset, target));
    }

    @Override
    public OptionalLong size(byte[] key) {
        byte[] value = find(key);
        return value == null ? OptionalLong.empty() : OptionalLong.of(value.length);
    }

    @Override
    public Stream<byte[]> keys() {
        return content.content().keySet().stream().map(byte[]::clone);
    }

    @Override
    public void put(byte[] key, byte[] value) throws StoreException {
        checkLimits(key, value);
        content.update("put", records -> with(records, key, value));
    }

    @Override
    public void put(byte[] key, InputStream value) throws StoreException {
        // Read before the writer's turn begins, since the stream may read from this store.
        put(key, Bytes.of(value, FlatCodec.MAX_VALUE_BYTES, Key.escape(key)));
    }

    @Override
    public boolean remove(byte[] key) throws StoreException {
        boolean[] found = new boolean[1];
        content.update("remove", records -> {
            found[0] = records.containsKey(key);
            return without(records, key);
        });
        return found[0];
    }

    @Override
    public void clear() throws StoreException {
        content.update("clear", records -> noRecords());
    }

    @Override
    public void flush() {
        content.checkOpen();
    }

    @Override
    public void close() {
        content.close();
    }
}

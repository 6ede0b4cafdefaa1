package dev.morgana.tck.reference;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Cursor;
import dev.morgana.spi.facet.Direction;
import dev.morgana.spi.facet.KeyRange;
import dev.morgana.spi.facet.WriteTransaction;
import java.util.NavigableMap;
import java.util.Optional;

/** Records in the making. The writer's turn is this transaction's until it ends. */
final class FlatWriteTransaction implements WriteTransaction {
    private final Persistent<NavigableMap<byte[], byte[]>> store;
    private NavigableMap<byte[], byte[]> records;
    private boolean ended;

    /** Takes over the turn that the caller has begun, and what the store holds meanwhile. */
    FlatWriteTransaction(Persistent<NavigableMap<byte[], byte[]>> store, NavigableMap<byte[], byte[]> records) {
        this.store = store;
        this.records = records;
    }

    @Override
    public synchronized Optional<byte[]> get(byte[] key) {
        checkOpen();
        return Optional.ofNullable(records.get(key)).map(byte[]::clone);
    }

    @Override
    public synchronized Cursor scan(KeyRange range, Direction direction) {
        checkOpen();
        return new RecordCursor(records, range, direction, this::checkOpen);
    }

    @Override
    public synchronized void put(byte[] key, byte[] value) throws StoreException {
        checkOpen();
        ReferenceFlat.checkLimits(key, value);
        records = ReferenceFlat.with(records, key, value);
    }

    @Override
    public synchronized boolean remove(byte[] key) {
        checkOpen();
        boolean found = records.containsKey(key);
        records = ReferenceFlat.without(records, key);
        return found;
    }

    @Override
    public synchronized void commit() throws StoreException {
        checkOpen();
        store.commit(records);
        end();
    }

    private synchronized void checkOpen() {
        store.checkOpen();
        if (ended) {
            throw new IllegalStateException("transaction has ended");
        }
    }

    private void end() {
        ended = true;
        store.end();
    }

    @Override
    public synchronized void close() {
        if (!ended) {
            end();
        }
    }
}

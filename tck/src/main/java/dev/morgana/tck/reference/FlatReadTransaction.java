package dev.morgana.tck.reference;

import dev.morgana.spi.facet.Cursor;
import dev.morgana.spi.facet.Direction;
import dev.morgana.spi.facet.KeyRange;
import dev.morgana.spi.facet.ReadTransaction;
import java.util.NavigableMap;
import java.util.Optional;

/** The records of one moment. */
final class FlatReadTransaction implements ReadTransaction {
    private final Persistent<NavigableMap<byte[], byte[]>> store;
    private final NavigableMap<byte[], byte[]> records;
    private volatile boolean ended;

    FlatReadTransaction(Persistent<NavigableMap<byte[], byte[]>> store, NavigableMap<byte[], byte[]> records) {
        this.store = store;
        this.records = records;
    }

    @Override
    public Optional<byte[]> get(byte[] key) {
        checkOpen();
        return Optional.ofNullable(records.get(key)).map(byte[]::clone);
    }

    @Override
    public Cursor scan(KeyRange range, Direction direction) {
        checkOpen();
        return new RecordCursor(records, range, direction, this::checkOpen);
    }

    private void checkOpen() {
        store.checkOpen();
        if (ended) {
            throw new IllegalStateException("transaction has ended");
        }
    }

    @Override
    public void close() {
        ended = true;
    }
}

package dev.morgana.tck.reference;

import dev.morgana.spi.facet.Cursor;
import dev.morgana.spi.facet.Direction;
import dev.morgana.spi.facet.KeyRange;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/** A walk over records that nobody changes. */
final class RecordCursor implements Cursor {
    private final Iterator<Map.Entry<byte[], byte[]>> records;
    private final Runnable checkOwner;
    private Map.@Nullable Entry<byte[], byte[]> current;
    private boolean closed;

    /**
     * Creates a cursor.
     *
     * @param checkOwner fails with {@link IllegalStateException} once the store or transaction has ended
     */
    RecordCursor(NavigableMap<byte[], byte[]> records, KeyRange range, Direction direction, Runnable checkOwner) {
        NavigableMap<byte[], byte[]> ordered = direction == Direction.FORWARD ? records : records.descendingMap();
        this.records = ordered.entrySet().stream()
                .filter(candidate -> range.contains(candidate.getKey()))
                .iterator();
        this.checkOwner = checkOwner;
    }

    @Override
    public boolean next() {
        checkOpen();
        current = records.hasNext() ? records.next() : null;
        return current != null;
    }

    @Override
    public byte[] key() {
        return current().getKey().clone();
    }

    @Override
    public long size() {
        return current().getValue().length;
    }

    @Override
    public byte[] value() {
        return current().getValue().clone();
    }

    private Map.Entry<byte[], byte[]> current() {
        checkOpen();
        if (current == null) {
            throw new IllegalStateException("cursor is at no record");
        }
        return current;
    }

    private void checkOpen() {
        checkOwner.run();
        if (closed) {
            throw new IllegalStateException("cursor is closed");
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}

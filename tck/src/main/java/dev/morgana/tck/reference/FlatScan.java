package dev.morgana.tck.reference;

import dev.morgana.spi.facet.Cursor;
import dev.morgana.spi.facet.Direction;
import dev.morgana.spi.facet.KeyRange;
import dev.morgana.spi.facet.OrderedScan;
import java.util.NavigableMap;

/** Scans of the records as they are when the scan begins. */
final class FlatScan implements OrderedScan {
    private final Persistent<NavigableMap<byte[], byte[]>> content;

    FlatScan(Persistent<NavigableMap<byte[], byte[]>> content) {
        this.content = content;
    }

    @Override
    public Cursor scan(KeyRange range, Direction direction) {
        return new RecordCursor(content.content(), range, direction, content::checkOpen);
    }
}

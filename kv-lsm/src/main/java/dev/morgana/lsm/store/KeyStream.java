package dev.morgana.lsm.store;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Cursor;
import java.io.UncheckedIOException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The keys along a cursor, which is closed at the end or with the stream. */
final class KeyStream extends Spliterators.AbstractSpliterator<byte[]> {
    private final Cursor cursor;

    private KeyStream(Cursor cursor) {
        super(Long.MAX_VALUE, Spliterator.DISTINCT | Spliterator.NONNULL | Spliterator.ORDERED);
        this.cursor = cursor;
    }

    static Stream<byte[]> over(Cursor cursor) {
        return StreamSupport.stream(new KeyStream(cursor), false).onClose(cursor::close);
    }

    @Override
    public boolean tryAdvance(Consumer<? super byte[]> action) {
        try {
            if (cursor.next()) {
                action.accept(cursor.key());
                return true;
            }
        } catch (StoreException e) {
            throw new UncheckedIOException(e);
        }
        return false;
    }
}

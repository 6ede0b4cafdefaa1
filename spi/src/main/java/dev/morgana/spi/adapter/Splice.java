package dev.morgana.spi.adapter;

import dev.morgana.spi.error.StoreException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A value with a part replaced, as a stream, for stores that write values as a whole. */
public final class Splice {
    /** Opens the old value. */
    @FunctionalInterface
    public interface Opener {
        /**
         * Opens it, from its beginning.
         *
         * @return the bytes; the splice closes the stream
         * @throws StoreException if the medium is damaged or fails
         */
        InputStream open() throws StoreException;
    }

    private Splice() {}

    /**
     * What is before the part, a gap of zeros where the part lies past the end, the part, and what is behind it.
     *
     * @param old opens the old value, as often as needed: at most twice
     * @param size the size of the old value in bytes; 0 if there is none, which is then not opened
     * @param start where the part goes, in bytes from the beginning
     * @param part the bytes
     * @return the new value; it fails with an {@link java.io.EOFException} if the old value is shorter than said. Close it
     * @throws StoreException if the old value cannot be opened
     */
    public static InputStream into(Opener old, long size, long start, byte[] part) throws StoreException {
        List<InputStream> pieces = new ArrayList<>();
        long head = Math.min(start, size);
        if (head > 0) {
            pieces.add(new SliceStream(old.open(), 0, head));
        }
        pieces.add(new ZeroStream(start - head));
        pieces.add(new ByteArrayInputStream(part));
        long behind = start + part.length;
        if (behind < size) {
            pieces.add(new SliceStream(old.open(), behind, size - behind));
        }
        return new SequenceInputStream(Collections.enumeration(pieces));
    }

    /**
     * Zeros, for the value of {@link dev.morgana.spi.store.KeyValueStore#allocate}.
     *
     * @param size how many bytes
     * @return the stream; it takes no memory
     */
    public static InputStream zeros(long size) {
        return new ZeroStream(size);
    }
}

package dev.morgana.embedkv.record;

import dev.morgana.spi.error.StoreException;

/** A value on its way to the medium, in parts as large as blocks take them. */
interface ValueSource {
    /** The next bytes, as many as asked for unless the value ends before. */
    byte[] next(int most) throws StoreException;

    /** Tells whether there are further bytes. */
    boolean hasMore() throws StoreException;
}

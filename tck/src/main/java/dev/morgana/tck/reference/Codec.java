package dev.morgana.tck.reference;

import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.Position;
import java.nio.ByteBuffer;

/**
 * Content to payload and back.
 *
 * @param <C> the content, immutable
 */
interface Codec<C> {
    /** The payload; equal contents give equal bytes. */
    byte[] encode(C content);

    /**
     * The content of a payload.
     *
     * @param payload the bytes; their checksum was right, which does not make them well-formed
     * @param at where the payload begins
     * @throws CorruptStoreException if they are not what {@link #encode} makes
     */
    C decode(ByteBuffer payload, Position at) throws CorruptStoreException;
}

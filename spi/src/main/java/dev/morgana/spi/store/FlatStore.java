package dev.morgana.spi.store;

import dev.morgana.spi.error.StoreException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * A map from byte keys to byte values. Keys are any bytes; {@link dev.morgana.spi.adapter.FlatTree} gives them the shape of a
 * tree.
 *
 * <p>Arrays given are copied or no longer used when a call returns; arrays answered belong to the caller. Each call may fail
 * with {@link dev.morgana.spi.error.CorruptStoreException} and {@link dev.morgana.spi.error.DeviceException}; calls that
 * change something also with {@link dev.morgana.spi.error.ReadOnlyStoreException},
 * {@link dev.morgana.spi.error.NoSpaceException} and {@link dev.morgana.spi.error.LimitExceededException} (key or value too
 * large, or a key that the format cannot have, such as an empty one). After a failure the store is as it was before.
 */
public interface FlatStore extends Store {
    /**
     * A whole value in memory.
     *
     * @param key the key
     * @return the bytes, or empty if the key is not bound
     * @throws StoreException if the medium is damaged or fails
     */
    Optional<byte[]> get(byte[] key) throws StoreException;

    /**
     * A value as a stream. It gives the value as it was when opened, or fails with an {@link java.io.IOException} where the
     * format cannot keep it once it was replaced. Close it.
     *
     * @param key the key
     * @return the bytes in order, or empty if the key is not bound
     * @throws StoreException if the medium is damaged or fails
     */
    Optional<InputStream> open(byte[] key) throws StoreException;

    /**
     * Reads a part of a value.
     *
     * @param key the key
     * @param offset the first byte, from 0
     * @param target filled from its position, to its limit or to the end of the value
     * @return the number of bytes read, 0 at and past the end; empty if the key is not bound
     * @throws StoreException if the medium is damaged or fails
     * @throws IllegalArgumentException if the offset is negative
     */
    OptionalInt read(byte[] key, long offset, ByteBuffer target) throws StoreException;

    /**
     * Tells whether a key is bound, also to a value that cannot be read.
     *
     * @param key the key
     * @return whether it is
     * @throws StoreException if the medium is damaged or fails so that this cannot be told
     */
    default boolean contains(byte[] key) throws StoreException {
        return size(key).isPresent();
    }

    /**
     * The size of a value.
     *
     * @param key the key
     * @return in bytes, or empty if the key is not bound
     * @throws StoreException if the medium is damaged or fails
     */
    OptionalLong size(byte[] key) throws StoreException;

    /**
     * Every key, once, as of the call. The order is unspecified; see {@link dev.morgana.spi.facet.OrderedScan}.
     *
     * @return the keys; close the stream, at the latest when done. A failure of the medium in the middle is an
     *     {@link java.io.UncheckedIOException}
     * @throws StoreException if the medium is damaged or fails
     */
    Stream<byte[]> keys() throws StoreException;

    /**
     * Binds a key to a value, replacing the old one as a whole.
     *
     * @param key the key
     * @param value the bytes
     * @throws StoreException see above
     */
    void put(byte[] key, byte[] value) throws StoreException;

    /**
     * Binds a key to the bytes of a stream, in bounded memory as far as the format allows. The stream is read to its end
     * before the old value is given up, and it may read from this store. It is not closed.
     *
     * @param key the key
     * @param value the bytes
     * @throws dev.morgana.spi.error.CallerStreamException if the stream fails; its error is the cause. What is itself a
     *     {@link StoreException}, since the stream reads a store, is passed on as it is
     * @throws StoreException see above
     */
    void put(byte[] key, InputStream value) throws StoreException;

    /**
     * Removes a key.
     *
     * @param key the key
     * @return whether it was bound
     * @throws StoreException see above
     */
    boolean remove(byte[] key) throws StoreException;

    /**
     * Removes every key. A power loss may leave some of them, each with its value.
     *
     * @throws StoreException see above
     */
    void clear() throws StoreException;
}

package dev.morgana.spi.store;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A tree of keys, read. Each call may fail with {@link dev.morgana.spi.error.CorruptStoreException} where the medium is
 * damaged, and with {@link dev.morgana.spi.error.DeviceException} where it fails; those are not repeated below.
 */
public interface ReadableStore extends Store {
    /**
     * Tells whether a key is bound, and to what. A missing parent, or one that is a value, is no error.
     *
     * @param key the key; the root is always a dictionary
     * @return the kind, or empty if nothing is bound to the key
     * @throws StoreException if the medium is damaged or fails
     */
    Optional<Kind> kind(Key key) throws StoreException;

    /**
     * A whole value in memory.
     *
     * @param key the key
     * @return the bytes; the caller may change them
     * @throws dev.morgana.spi.error.NoSuchKeyException if nothing is bound to the key
     * @throws dev.morgana.spi.error.ValueExpectedException if it is a dictionary
     * @throws dev.morgana.spi.error.LimitExceededException if the value is larger than an array can be; use {@link #open}
     * @throws StoreException for any of these
     */
    byte[] get(Key key) throws StoreException;

    /**
     * A value as a stream, which may be larger than memory. The stream gives the value as it was when opened, or fails with
     * an {@link java.io.IOException} where the format cannot keep it once it was replaced. Close it.
     *
     * @param key the key
     * @return the bytes in order
     * @throws dev.morgana.spi.error.NoSuchKeyException if nothing is bound to the key
     * @throws dev.morgana.spi.error.ValueExpectedException if it is a dictionary
     * @throws StoreException for any of these
     */
    InputStream open(Key key) throws StoreException;

    /**
     * Reads a part of a value.
     *
     * @param key the key
     * @param offset the first byte, from 0
     * @param target filled from its position, to its limit or to the end of the value; its position moves behind the last
     *     byte read
     * @return the number of bytes read; 0 if the offset is at or past the end, or the target has no room
     * @throws dev.morgana.spi.error.NoSuchKeyException if nothing is bound to the key
     * @throws dev.morgana.spi.error.ValueExpectedException if it is a dictionary
     * @throws StoreException for any of these
     * @throws IllegalArgumentException if the offset is negative
     */
    int read(Key key, long offset, ByteBuffer target) throws StoreException;

    /**
     * The direct children of a dictionary, in the order of their keys, each once. The listing is a snapshot: changes made
     * after the call do not show in it.
     *
     * @param dictionary the key
     * @return absolute keys and kinds; close the stream, at the latest when done. A failure of the medium in the middle is
     *     an {@link java.io.UncheckedIOException}
     * @throws dev.morgana.spi.error.NoSuchKeyException if nothing is bound to the key
     * @throws dev.morgana.spi.error.DictionaryExpectedException if it is a value
     * @throws StoreException for any of these
     */
    Stream<Entry> list(Key dictionary) throws StoreException;

    /**
     * The size of a value.
     *
     * @param key the key
     * @return in bytes
     * @throws dev.morgana.spi.error.NoSuchKeyException if nothing is bound to the key
     * @throws dev.morgana.spi.error.ValueExpectedException if it is a dictionary; see {@link #totalSize}
     * @throws StoreException for any of these
     */
    long size(Key key) throws StoreException;

    /**
     * The size of a value, or the sum over everything below a dictionary.
     *
     * @param key the key
     * @return in bytes, values only
     * @throws dev.morgana.spi.error.NoSuchKeyException if nothing is bound to the key
     * @throws StoreException for any of these
     */
    long totalSize(Key key) throws StoreException;

    /**
     * When a value was last changed.
     *
     * @param key the key
     * @return the time stored with it, or empty where none is stored; for a dictionary always empty
     * @throws dev.morgana.spi.error.NoSuchKeyException if nothing is bound to the key
     * @throws StoreException for any of these
     */
    Optional<Instant> lastModified(Key key) throws StoreException;

    /**
     * The SHA-256 digest of a value.
     *
     * @param key the key
     * @return 32 bytes
     * @throws dev.morgana.spi.error.NoSuchKeyException if nothing is bound to the key
     * @throws dev.morgana.spi.error.ValueExpectedException if it is a dictionary
     * @throws StoreException for any of these
     */
    byte[] digest(Key key) throws StoreException;
}

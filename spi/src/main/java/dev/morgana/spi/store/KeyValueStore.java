package dev.morgana.spi.store;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import java.io.InputStream;
import java.nio.ByteBuffer;

/**
 * A tree of keys, read and written. When a call fails, the store is as it was before it, unless the call says otherwise.
 *
 * <p>Each call that changes something may fail with {@link dev.morgana.spi.error.ReadOnlyStoreException},
 * {@link dev.morgana.spi.error.NoSpaceException}, {@link dev.morgana.spi.error.CorruptStoreException} and
 * {@link dev.morgana.spi.error.DeviceException}; those are not repeated below. A key with a segment {@code .} or {@code ..}
 * cannot be written: {@link dev.morgana.spi.error.InvalidRequestException}. Names and values beyond the store's
 * {@linkplain StoreInfo#limits() limits} are {@link dev.morgana.spi.error.LimitExceededException}.
 */
public interface KeyValueStore extends ReadableStore {
    /**
     * Binds a key to a value, replacing the old one as a whole. Missing parents appear.
     *
     * @param key the key
     * @param value the bytes; the caller may change them afterwards
     * @param options see {@link SetOption}
     * @throws dev.morgana.spi.error.DictionaryExpectedException if a parent is a value
     * @throws dev.morgana.spi.error.ValueExpectedException if the key is a dictionary (unless
     *     {@link SetOption#REPLACE_DICTIONARY}), or the root
     * @throws StoreException for any of these
     */
    void set(Key key, byte[] value, SetOption... options) throws StoreException;

    /**
     * Binds a key to the bytes of a stream, as {@link #set(Key, byte[], SetOption...)} does, in bounded memory as far as the
     * format allows. The stream is read to its end before the old value is given up, and it may read from this store. It is
     * not closed.
     *
     * @param key the key
     * @param value the bytes
     * @param options see {@link SetOption}
     * @throws dev.morgana.spi.error.DictionaryExpectedException if a parent is a value
     * @throws dev.morgana.spi.error.ValueExpectedException if the key is a dictionary (unless
     *     {@link SetOption#REPLACE_DICTIONARY}), or the root
     * @throws dev.morgana.spi.error.CallerStreamException if the stream fails; its error is the cause. What is itself a
     *     {@link StoreException}, since the stream reads a store, is passed on as it is
     * @throws StoreException for any of these
     */
    void set(Key key, InputStream value, SetOption... options) throws StoreException;

    /**
     * Replaces a part of a value, or makes it longer. Bytes behind the part stay. A missing key counts as an empty value and
     * appears, with its parents. The change is atomic, like {@link #set}. With nothing to write nothing changes.
     *
     * @param key the key
     * @param offset where the first byte goes, from 0
     * @param source the bytes from its position to its limit; on return its position is at the limit
     * @param rule what an offset past the end means
     * @throws dev.morgana.spi.error.DictionaryExpectedException if a parent is a value
     * @throws dev.morgana.spi.error.ValueExpectedException if the key is a dictionary
     * @throws dev.morgana.spi.error.InvalidRequestException if the offset is past the end and the rule is
     *     {@link BeyondEnd#REFUSE}
     * @throws StoreException for any of these
     * @throws IllegalArgumentException if the offset is negative
     */
    void write(Key key, long offset, ByteBuffer source, BeyondEnd rule) throws StoreException;

    /**
     * Binds a key to zeros.
     *
     * @param key the key
     * @param size how many bytes, from 0
     * @throws dev.morgana.spi.error.KeyExistsException if the key is bound
     * @throws dev.morgana.spi.error.DictionaryExpectedException if a parent is a value
     * @throws StoreException for any of these
     * @throws IllegalArgumentException if the size is negative
     */
    void allocate(Key key, long size) throws StoreException;

    /**
     * Removes what a key is bound to; a dictionary with everything below it. A power loss may leave a part of a dictionary,
     * unless the store has {@link Capability#ATOMIC_TREE_REMOVE}; each value then is there as it was or gone.
     *
     * @param key the key
     * @return whether something was bound to it
     * @throws dev.morgana.spi.error.InvalidRequestException if the key is the root; see {@link #clear()}
     * @throws StoreException for any of these
     */
    boolean remove(Key key) throws StoreException;

    /**
     * Removes everything. As with {@link #remove}, a power loss may leave a part.
     *
     * @throws StoreException if the medium fails
     */
    void clear() throws StoreException;

    /**
     * Moves a value or a dictionary. Missing parents of the target appear. A value at the target is replaced by a value, with
     * its time and attributes kept from the source.
     *
     * <table>
     * <caption>Outcome by what the source (rows) and the target (columns) are</caption>
     * <tr><th></th><th>missing</th><th>value</th><th>dictionary</th></tr>
     * <tr><td>missing</td><td colspan="3">NoSuchKey of the source</td></tr>
     * <tr><td>value</td><td>moved</td><td>replaced</td><td>moved into it</td></tr>
     * <tr><td>dictionary</td><td>moved</td><td>ValueExpected of the source</td><td>moved into it</td></tr>
     * </table>
     *
     * "Moved into it" is the rule of {@link RenameMode#INTO_DICTIONARY}: the target is then its child with the source's
     * name, where an existing value is replaced by a value, and an existing dictionary is ValueExpected. With
     * {@link RenameMode#EXACT} an existing dictionary is KeyExists. A value renamed to itself stays as it is. Every check
     * comes before any change. A store without {@link Capability#ATOMIC_RENAME} may after a power loss hold source, target
     * or both, each whole.
     *
     * @param source the key to move
     * @param target where to
     * @param mode what a dictionary at the target means
     * @throws dev.morgana.spi.error.NoSuchKeyException if nothing is bound to the source
     * @throws dev.morgana.spi.error.ValueExpectedException if a dictionary would replace a value, or a value a dictionary
     * @throws dev.morgana.spi.error.KeyExistsException if the mode is EXACT and the target is a dictionary
     * @throws dev.morgana.spi.error.RenameIntoSelfException if the source is a dictionary and the target is it, or below it
     * @throws dev.morgana.spi.error.DictionaryExpectedException if a parent of the target is a value, the source included
     * @throws dev.morgana.spi.error.InvalidRequestException if the source is the root
     * @throws StoreException for any of these
     */
    void rename(Key source, Key target, RenameMode mode) throws StoreException;
}

package dev.morgana.littlefs.store;

import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.spi.backend.CallerStream;
import dev.morgana.spi.error.InvalidRequestException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.BeyondEnd;
import dev.morgana.spi.store.RenameMode;
import dev.morgana.spi.store.TreeRules;
import java.nio.ByteBuffer;

/** What changes a tree of keys, by the rules of one dialect. For one writer, under the lock. */
interface Changes {
    /** Binds a key to a value. */
    void set(KeyLookup at, boolean replaceDictionary, byte[] value) throws StoreException;

    /** Binds a key to a value that is read to its end. */
    void set(KeyLookup at, boolean replaceDictionary, CallerStream value) throws StoreException;

    /** Binds a key to which nothing is bound to zeros. */
    void allocate(KeyLookup at, long size) throws StoreException;

    /** Writes a part of a value. */
    void write(KeyLookup at, long offset, ByteBuffer source, BeyondEnd rule) throws StoreException;

    /** Removes what is bound to a key; whether there was something. */
    boolean remove(KeyLookup at) throws StoreException;

    /** Removes everything. */
    void clear() throws StoreException;

    /** Binds what is bound to one key to another. */
    void rename(KeyLookup source, KeyLookup target, RenameMode mode) throws StoreException;

    /** Makes a directory of which only the last name is missing. */
    void createDirectory(KeyLookup at) throws StoreException;

    /** Sets an attribute of what is there; its value is no longer than attributes may be. */
    void setAttribute(KeyLookup at, int type, byte[] value) throws StoreException;

    /** Removes an attribute of what is there; whether it had it. */
    boolean removeAttribute(KeyLookup at, int type) throws StoreException;

    /** Where a part of a value begins that is written beyond its end or not. */
    static long start(Key key, long size, long offset, BeyondEnd rule) throws InvalidRequestException {
        try {
            return TreeRules.writeStart(key, size, offset, rule);
        } catch (InvalidRequestException e) {
            throw PeerError.INVAL.on(e);
        }
    }
}

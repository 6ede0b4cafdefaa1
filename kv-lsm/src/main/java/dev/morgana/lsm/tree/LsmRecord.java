package dev.morgana.lsm.tree;

import dev.morgana.spi.error.StoreException;

/** A record: a key with its value, or with the news that it is deleted. */
public interface LsmRecord {
    /** The key; not to be changed. */
    byte[] key();

    /** Whether the key is deleted. */
    boolean isTombstone();

    /** The size of the value, 0 for a tombstone. */
    int valueLength();

    /** Reads a part of the value, which must have it. */
    void read(int offset, byte[] target, int from, int length) throws StoreException;

    /** The whole value, for the caller. */
    default byte[] value() throws StoreException {
        byte[] value = new byte[valueLength()];
        read(0, value, 0, value.length);
        return value;
    }
}

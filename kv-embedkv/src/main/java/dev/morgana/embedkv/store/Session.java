package dev.morgana.embedkv.store;

import dev.morgana.embedkv.layout.StorageHeader;
import dev.morgana.spi.error.StoreException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The peers' calls. */
public interface Session {
    /** The header of the first replica. */
    StorageHeader header();

    /** How many replicas there are. */
    int replicas();

    void recover() throws StoreException;

    void buildIndex() throws StoreException;

    Optional<byte[]> get(byte[] key) throws StoreException;

    void put(byte[] key, byte[] value, long userFlags) throws StoreException;

    /** Answers whether the key was there. */
    boolean delete(byte[] key) throws StoreException;

    /** Ascending. */
    List<byte[]> keys() throws StoreException;

    OptionalLong userFlags(byte[] key) throws StoreException;

    OptionalLong generation(byte[] key) throws StoreException;

    void close();
}

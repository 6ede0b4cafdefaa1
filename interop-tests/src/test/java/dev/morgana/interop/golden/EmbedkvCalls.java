package dev.morgana.interop.golden;

import dev.morgana.embedkv.EmbedKvHeader;
import dev.morgana.spi.error.StoreException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The calls of the traces, on the product or on the model of its peers. */
interface EmbedkvCalls {
    EmbedKvHeader header();

    int replicas();

    void recover() throws StoreException;

    void buildIndex() throws StoreException;

    Optional<byte[]> get(byte[] key) throws StoreException;

    void put(byte[] key, byte[] value, long userFlags) throws StoreException;

    /** Returns whether the key was bound. */
    boolean delete(byte[] key) throws StoreException;

    /** Every key, ascending. */
    List<byte[]> keys() throws StoreException;

    OptionalLong userFlags(byte[] key) throws StoreException;

    OptionalLong generation(byte[] key) throws StoreException;

    void close();
}

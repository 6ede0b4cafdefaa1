package dev.morgana.spi.facet;

import dev.morgana.spi.error.Position;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.Facet;
import java.io.InputStream;
import java.util.List;
import java.util.OptionalLong;

/** Older states that the medium still holds: metadata logs, earlier generations. They go as space is reused. */
public interface History extends Facet {
    /**
     * One state of a key.
     *
     * @param index its number within the list of {@link #versions}, from 0 for the oldest
     * @param position where it is recorded
     * @param label what the format calls it, such as a revision or a generation
     * @param size of the value in bytes, or empty if the key was removed
     * @param current whether this is what the key is bound to now
     */
    record Version(int index, Position position, String label, OptionalLong size, boolean current) {}

    /**
     * The states of one key, oldest first.
     *
     * @param key the key; it need not be bound now
     * @return what is still there, possibly nothing
     * @throws StoreException if the medium is damaged or fails
     */
    List<Version> versions(Key key) throws StoreException;

    /**
     * The value of one state.
     *
     * @param key the key
     * @param version one of {@link #versions} that has a size
     * @return the bytes; close the stream
     * @throws dev.morgana.spi.error.NoSuchKeyException if the key was removed in that state, or it is gone meanwhile
     * @throws StoreException if the medium is damaged or fails
     */
    InputStream open(Key key, Version version) throws StoreException;
}

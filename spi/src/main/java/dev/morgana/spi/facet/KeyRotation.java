package dev.morgana.spi.facet;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.store.Facet;

/**
 * Other keys for an encrypted store. Which of the three is right depends on why: another password for the same people is
 * {@link #changeKey}; a key that somebody may have who should not is {@link #replaceKey}.
 */
public interface KeyRotation extends Facet {
    /**
     * Locks the store with another key or password. Values stay as they are, so this is one small change; who had the old key
     * and kept an old image can still read what was in it, and what is written under the same data key later.
     *
     * @param key the options of the layer that name the new key, such as {@code keyFile}
     * @throws dev.morgana.spi.error.InvalidOptionException if they name none, or one that cannot be read, or something else
     * @throws StoreException for this and what a change may fail with; the old key then still opens the store
     */
    void changeKey(Options key) throws StoreException;

    /**
     * Makes a new data key, writes every value again under it, and forgets the old one. A power loss in the middle leaves
     * every value readable; the rotation goes on when the store is opened for writing, or when it is called again. Every value is
     * read before anything is changed.
     *
     * @return how many values were written
     * @throws dev.morgana.spi.error.NoSpaceException if a value could not be written beside its old form; call again when there is
     *     room
     * @throws StoreException for this and what a change may fail with; what was not yet rewritten stays readable
     */
    long rotate() throws StoreException;

    /**
     * Replaces a key that somebody may have who should not: locks the store with another key, and does what {@link #rotate()}
     * does. Nothing that is current afterwards opens with the old key or with anything that it opened, not even with help of an
     * older header. What the medium keeps of the past, such as blocks that were not erased since, and older images, still do: a
     * new image on an erased medium does not have that, see {@code morgana rekey}. Hidden names keep their form, and whoever had
     * the old key can still read them.
     *
     * <p>The old key opens the store until the first write; from then on the new one does, after a power loss too.
     *
     * @param key the options of the layer that name the new key, such as {@code keyFile}
     * @return how many values were written
     * @throws dev.morgana.spi.error.InvalidOptionException if they name none, or one that cannot be read, or something else
     * @throws dev.morgana.spi.error.NoSpaceException as for {@link #rotate()}, which then goes on
     * @throws StoreException for these and what a change may fail with
     */
    long replaceKey(Options key) throws StoreException;

    /**
     * Whether a key is the one that the store is locked with now, so that it would replace itself. For a password that costs a try.
     *
     * @param key the options of the layer that name the key
     * @return whether it opens the store
     * @throws dev.morgana.spi.error.InvalidOptionException if they name none, or one that cannot be read, or something else
     * @throws StoreException for this
     */
    boolean isCurrentKey(Options key) throws StoreException;

    /**
     * What makes a new store like this one, beside the key: the options with which the layer initialised it, such as whether names
     * are hidden.
     *
     * @return options of the layer
     */
    Options settings();
}

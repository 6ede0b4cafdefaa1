package dev.morgana.cli.extension;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.store.KeyValueStore;

/** What a verb works with. */
public interface VerbContext {
    /**
     * Opens an image as a tree, with the options of the command line. It is locked until it is closed.
     *
     * @param image the image as the command line names it
     * @param readOnly whether nothing is to be written
     * @return the store; close it
     * @throws VerbException if the word names an entry within an image
     * @throws StoreException if the image cannot be opened
     */
    KeyValueStore open(String image, boolean readOnly) throws VerbException, StoreException;

    /**
     * Tells people of what was done; nothing where they want to hear nothing. What was told is printed at once.
     *
     * @param line one line
     */
    void note(String line);

    /**
     * Tells people of something that went wrong without ending the verb, on standard error.
     *
     * @param line one line
     */
    void complain(String line);
}

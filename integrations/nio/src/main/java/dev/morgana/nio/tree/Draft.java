package dev.morgana.nio.tree;

import dev.morgana.spi.key.Key;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The content of an open file, with what was written and is not yet in the store. The key is where the file is at the time of the
 * call. For one thread at a time.
 */
interface Draft {
    /** Reads from a position; 0 at and past the end. */
    int read(Key key, long position, ByteBuffer target) throws IOException;

    /** Writes at a position; a gap before it reads as zeros. */
    void write(Key key, long position, ByteBuffer source) throws IOException;

    /** The size, with what was written. */
    long size(Key key) throws IOException;

    /** Cuts the file off, or makes it longer by zeros. */
    void resize(Key key, long size) throws IOException;

    /** Whether there is something to publish. */
    boolean isChanged();

    /** Puts what was written into the store, as a whole and durably. */
    void publish(Key key) throws IOException;

    /** Prepares for writing. */
    void makeWritable(Key key) throws IOException;

    /** Prepares for the file to go from the store while it is open here. */
    void hold(Key key) throws IOException;

    /** Forgets what was not published. */
    void discard();
}

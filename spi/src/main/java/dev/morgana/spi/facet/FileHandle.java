package dev.morgana.spi.facet;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;

/**
 * An open value with a position. What is written through it becomes visible to others, and durable, by {@link #sync()} or
 * {@link #close()}, as a whole; until then the handle alone sees it. Positions may lie past the end; a write there fills
 * the gap with zeros.
 *
 * <p>Use after close is a {@link java.nio.channels.ClosedChannelException}; writing to a handle opened for reading is a
 * {@link java.nio.channels.NonWritableChannelException}, and the reverse a
 * {@link java.nio.channels.NonReadableChannelException}.
 */
public interface FileHandle extends SeekableByteChannel {
    /**
     * Publishes what was written, durably.
     *
     * @throws java.nio.channels.ClosedChannelException if the handle is closed
     * @throws dev.morgana.spi.error.StoreException if there is no space or the device fails; others then still see the old
     *     value
     * @throws IOException for these
     */
    void sync() throws IOException;
}

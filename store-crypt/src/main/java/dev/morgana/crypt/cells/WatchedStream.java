package dev.morgana.crypt.cells;

import dev.morgana.spi.error.StoreException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream that somebody is told of, and may end. */
public final class WatchedStream extends FilterInputStream {
    /** Is told what was read before the reader gets it. */
    @FunctionalInterface
    public interface Watcher {
        /**
         * Takes the number of bytes that were read, or less than 0 once, at the end.
         *
         * @throws StoreException if the stream must not go on
         */
        void read(int count) throws StoreException;
    }

    private final Watcher watcher;
    private boolean ended;

    public WatchedStream(InputStream stream, Watcher watcher) {
        super(stream);
        this.watcher = watcher;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = in.read(target, offset, length);
        if (!ended) {
            ended = count < 0;
            watcher.read(count);
        }
        return count;
    }
}

package dev.morgana.spi.backend;

import dev.morgana.spi.error.CallerStreamException;
import dev.morgana.spi.error.StoreException;
import java.io.IOException;
import java.io.InputStream;

/**
 * A new value that the caller gives as a stream. What the stream throws becomes a {@link CallerStreamException}, so that it is
 * never taken for a failure of the device; a {@link StoreException} of the stream, which comes from another store or another
 * value of the same one and says what and where, is passed on as it is. The stream stays the caller's, and open. For one thread
 * at a time.
 */
public final class CallerStream extends InputStream {
    private final String what;
    private final InputStream stream;

    /**
     * Reads a caller's stream.
     *
     * @param what what it is to become, for messages, such as {@code value of /etc/config}
     * @param stream the caller's
     */
    public CallerStream(String what, InputStream stream) {
        this.what = what;
        this.stream = stream;
    }

    private interface Step<T> {
        T run() throws IOException;
    }

    private <T> T translating(Step<T> step) throws StoreException {
        try {
            return step.run();
        } catch (StoreException e) {
            throw e;
        } catch (IOException e) {
            throw new CallerStreamException(what, e);
        }
    }

    @Override
    public int read() throws StoreException {
        return translating(stream::read);
    }

    @Override
    public int read(byte[] target) throws StoreException {
        return read(target, 0, target.length);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws StoreException {
        return translating(() -> stream.read(target, offset, length));
    }

    @Override
    public byte[] readNBytes(int most) throws StoreException {
        return translating(() -> stream.readNBytes(most));
    }

    @Override
    public int readNBytes(byte[] target, int offset, int length) throws StoreException {
        return translating(() -> stream.readNBytes(target, offset, length));
    }

    @Override
    public byte[] readAllBytes() throws StoreException {
        return translating(stream::readAllBytes);
    }

    /**
     * What the stream says is there: those of files and arrays say all that is left, so that a value which cannot fit is refused
     * before anything is written; others say less.
     */
    @Override
    public int available() throws StoreException {
        return translating(stream::available);
    }

    /** Does nothing: the stream is the caller's. */
    @Override
    public void close() {
        // the caller closes it
    }
}

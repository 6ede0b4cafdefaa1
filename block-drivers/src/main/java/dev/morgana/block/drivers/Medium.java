package dev.morgana.block.drivers;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Bytes that can be read and written anywhere: all that the author of a driver has to provide. {@link MediumDevice} makes a
 * device of it and keeps the rest of the contract: every range is inside the medium, if possibly empty; nothing is asked after
 * {@link #close()}; an {@link IOException} becomes a {@link dev.morgana.spi.error.DeviceIoException} with the place.
 *
 * <p>Safe for use by many threads, as {@link dev.morgana.spi.block.BlockDevice} demands. A thread's interrupt status must
 * not fail a request.
 */
public interface Medium {
    /**
     * The device's name for messages, such as {@code file:image.bin}.
     *
     * @return one line; always the same
     */
    String name();

    /**
     * The number of bytes.
     *
     * @return always the same
     */
    long size();

    /**
     * The unit in which positions and lengths must come.
     *
     * @return bytes, 1 where any will do
     */
    default int unit() {
        return 1;
    }

    /**
     * The unit of {@link #fill}.
     *
     * @return bytes, 1 where any will do; a multiple of {@link #unit()}
     */
    default int eraseUnit() {
        return unit();
    }

    /**
     * Reads bytes.
     *
     * @param position the first byte
     * @param target filled from its position to its limit
     * @throws IOException if input fails
     */
    void read(long position, ByteBuffer target) throws IOException;

    /**
     * Writes bytes over whatever is there.
     *
     * @param position the first byte
     * @param source the bytes from its position to its limit
     * @throws IOException if output fails
     */
    void write(long position, ByteBuffer source) throws IOException;

    /**
     * Writes one value over a range, in bounded memory.
     *
     * @param position the first byte
     * @param length in bytes
     * @param value what to write
     * @throws IOException if output fails
     */
    void fill(long position, long length, byte value) throws IOException;

    /**
     * Makes everything written so far durable.
     *
     * @throws IOException if the medium cannot promise it
     */
    void sync() throws IOException;

    /**
     * Releases the medium. Called once, while no other request is under way.
     *
     * @throws IOException if the operating system reports a failure; the medium is released all the same
     */
    void close() throws IOException;
}

package dev.morgana.spi.block;

import dev.morgana.spi.error.DeviceException;
import java.io.Closeable;
import java.nio.ByteBuffer;

/**
 * A flash part, or something that stands in for one: an array of equal blocks that are read, programmed and erased.
 *
 * <p><b>Units.</b> Positions are bytes from the start of the device. See {@link Geometry} for alignment. A request that is
 * out of range, not aligned, or crosses a block where the medium forbids it is the caller's bug: an
 * {@link IllegalArgumentException} before any input or output. A request of length 0 within the device does nothing, but
 * still fails on a closed one.
 *
 * <p><b>Buffers</b> are used from their position to their limit; on return the position is at the limit. Any buffer does,
 * heap or direct, of any byte order; a program leaves the content alone. The device keeps no reference to it. After an
 * error the position is unspecified, and a part of the target or of the medium may have been changed.
 *
 * <p><b>Durability.</b> A program or erase is visible to later reads at once, and durable when a later {@link #sync()} has
 * returned. Until then a power loss may take it back or leave it half done: each block keeps a prefix of its operations
 * since the last sync, in the order issued, the last one possibly torn, whatever other blocks keep.
 *
 * <p><b>Threads.</b> Safe for use by many threads. Requests to disjoint ranges do not disturb each other; overlapping ones,
 * at least one of them a program or erase, give unspecified bytes in the common range. A thread's interrupt status neither
 * fails a request nor closes the device. {@link #close()} waits for requests under way; later ones fail with
 * {@link dev.morgana.spi.error.DeviceClosedException}.
 */
public interface BlockDevice extends Closeable {
    /**
     * A short name for messages, such as {@code file:image.bin}.
     *
     * @return one line; the same for the life of the device
     */
    String name();

    /**
     * The units, the size and the erased state.
     *
     * @return the same geometry for the life of this object, also after {@link #close()}
     */
    Geometry geometry();

    /**
     * Tells whether programs and erases are refused.
     *
     * @return the same answer for the life of this object
     */
    boolean isReadOnly();

    /**
     * Reads bytes.
     *
     * @param position the first byte, a multiple of the read size
     * @param target filled from its position to its limit, a multiple of the read size
     * @throws dev.morgana.spi.error.BadBlockException if the medium answers that the block holds no data any more
     * @throws dev.morgana.spi.error.DeviceIoException if input fails
     * @throws dev.morgana.spi.error.DeviceClosedException if the device is closed
     * @throws DeviceException for any of these
     * @throws IllegalArgumentException if the range is outside the device or not aligned
     */
    void read(long position, ByteBuffer target) throws DeviceException;

    /**
     * Programs bytes into erased units. What a unit that was programmed since its last erase then holds is up to the medium:
     * flash refuses or keeps only the bits that both have in common; memory and files take the new bytes.
     *
     * @param position the first byte, a multiple of the program size
     * @param source the bytes from its position to its limit, a multiple of the program size
     * @throws dev.morgana.spi.error.BadBlockException if the medium answers that the block takes no data any more
     * @throws dev.morgana.spi.error.DeviceReadOnlyException if the device is read-only; nothing was written
     * @throws dev.morgana.spi.error.DeviceIoException if output fails
     * @throws dev.morgana.spi.error.DeviceClosedException if the device is closed
     * @throws DeviceException for any of these
     * @throws IllegalArgumentException if the range is outside the device, not aligned, or crosses a block where the medium
     *     forbids it
     */
    void program(long position, ByteBuffer source) throws DeviceException;

    /**
     * Erases one block: it then reads as the {@linkplain Geometry#erased() erased state} says.
     *
     * @param block the number of the block, from 0
     * @throws dev.morgana.spi.error.BadBlockException if the medium answers that the block cannot be erased any more
     * @throws dev.morgana.spi.error.DeviceReadOnlyException if the device is read-only; nothing was written
     * @throws dev.morgana.spi.error.DeviceIoException if output fails
     * @throws dev.morgana.spi.error.DeviceClosedException if the device is closed
     * @throws DeviceException for any of these
     * @throws IllegalArgumentException if there is no such block
     */
    void erase(long block) throws DeviceException;

    /**
     * Makes every program and erase before this call durable before any that comes after it. On a read-only device it does
     * nothing.
     *
     * @throws dev.morgana.spi.error.DeviceIoException if the medium cannot promise it
     * @throws dev.morgana.spi.error.DeviceClosedException if the device is closed
     * @throws DeviceException for any of these
     */
    void sync() throws DeviceException;

    /**
     * The same bytes under another geometry. The two objects share medium, lock and life: closing either closes both. The
     * wanted device may be smaller than this one; bytes behind it are out of its reach. Its erased state replaces this one's.
     *
     * @param wanted the geometry
     * @return this device, if it has that geometry already, or another view of the medium
     * @throws dev.morgana.spi.error.DeviceIoException if the medium is smaller or cannot have these units; the message says
     *     what it can
     * @throws dev.morgana.spi.error.DeviceClosedException if the device is closed
     * @throws DeviceException for any of these
     */
    BlockDevice reshape(Geometry wanted) throws DeviceException;

    /**
     * Releases the medium and its lock, after waiting for requests under way. Does not {@linkplain #sync() sync}: what was
     * not synced is not durable. Closing twice does nothing.
     *
     * @throws DeviceException if the operating system reports a failure; the device is closed all the same
     */
    @Override
    void close() throws DeviceException;
}

package dev.morgana.block.drivers.unix;

import java.nio.ByteBuffer;
import jnr.ffi.annotations.Variadic;
import jnr.ffi.types.off_t;
import jnr.ffi.types.size_t;
import jnr.ffi.types.ssize_t;

/**
 * The functions of the C library that the driver calls, under their own names and with their own meaning. Buffers are direct,
 * so that the address is handed over and no byte is copied. A result of -1 means failure, with the reason in {@code errno}.
 *
 * <p>Public because jnr-ffi implements it; not for users.
 */
public interface Libc {
    /**
     * Opens a file.
     *
     * @param path its path
     * @param flags {@code O_…}
     * @param mode permissions of a file that is made
     * @return a descriptor, or -1
     */
    @Variadic(fixedCount = 2)
    int open(String path, int flags, int mode);

    /**
     * Closes a descriptor.
     *
     * @param descriptor the descriptor
     * @return 0, or -1
     */
    int close(int descriptor);

    /**
     * Reads at a position.
     *
     * @param descriptor the descriptor
     * @param target a direct buffer; filled from its position, which stays
     * @param length at most so many bytes
     * @param position in the file
     * @return bytes read, 0 at the end, or -1
     */
    @ssize_t
    long pread(int descriptor, ByteBuffer target, @size_t long length, @off_t long position);

    /**
     * Writes at a position.
     *
     * @param descriptor the descriptor
     * @param source a direct buffer; written from its position, which stays
     * @param length at most so many bytes
     * @param position in the file
     * @return bytes written, or -1
     */
    @ssize_t
    long pwrite(int descriptor, ByteBuffer source, @size_t long length, @off_t long position);

    /**
     * Makes the data of a file durable.
     *
     * @param descriptor the descriptor
     * @return 0, or -1
     */
    int fdatasync(int descriptor);

    /**
     * Sets the size of a file.
     *
     * @param descriptor the descriptor
     * @param length in bytes
     * @return 0, or -1
     */
    int ftruncate(int descriptor, @off_t long length);

    /**
     * Moves the position of a descriptor.
     *
     * @param descriptor the descriptor
     * @param offset in bytes
     * @param whence {@code SEEK_…}
     * @return the new position, or -1
     */
    @off_t
    long lseek(int descriptor, @off_t long offset, int whence);

    /**
     * Controls a descriptor.
     *
     * @param descriptor the descriptor
     * @param command {@code F_…}
     * @param argument a direct buffer with the structure that the command takes
     * @return what the command says, or -1
     */
    @Variadic(fixedCount = 2)
    int fcntl(int descriptor, int command, ByteBuffer argument);

    /**
     * Controls a device.
     *
     * @param descriptor the descriptor
     * @param request the request's number
     * @param argument a direct buffer with the structure that the request takes and fills
     * @return what the request says, or -1
     */
    @Variadic(fixedCount = 2)
    int ioctl(int descriptor, long request, ByteBuffer argument);
}

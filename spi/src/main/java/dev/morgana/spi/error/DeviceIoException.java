package dev.morgana.spi.error;

import org.jspecify.annotations.Nullable;

/** Input or output failed for a reason of the medium or the operating system. */
public final class DeviceIoException extends DeviceException {
    private final long offset;
    private final long length;

    /**
     * Creates the error.
     *
     * @param device the device's name
     * @param operation what was tried and how it failed, such as {@code read failed: EIO}
     * @param offset where, in bytes from the start of the device
     * @param length of the request, in bytes; 0 if the error is about the device as a whole, such as opening it
     * @param cause the underlying error, or null
     */
    public DeviceIoException(String device, String operation, long offset, long length, @Nullable Throwable cause) {
        super(
                Failure.DEVICE_IO,
                device,
                operation + (length == 0 ? "" : " (offset 0x" + Long.toHexString(offset) + ", " + length + " bytes)"),
                cause);
        this.offset = offset;
        this.length = length;
    }

    /**
     * Where the request began.
     *
     * @return in bytes from the start of the device
     */
    public long offset() {
        return offset;
    }

    /**
     * How long the request was.
     *
     * @return in bytes
     */
    public long length() {
        return length;
    }
}

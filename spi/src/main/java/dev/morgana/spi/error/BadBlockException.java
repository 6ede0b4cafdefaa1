package dev.morgana.spi.error;

import org.jspecify.annotations.Nullable;

/** The medium's answer that a block does not hold data any more. Formats that can, use another block. */
public final class BadBlockException extends DeviceException {
    private final long block;

    /**
     * Creates the error.
     *
     * @param device the device's name
     * @param block the number of the erase block, from 0
     * @param operation the request that failed: {@code read}, {@code program} or {@code erase}
     */
    public BadBlockException(String device, long block, String operation) {
        this(device, block, operation, null);
    }

    /**
     * Creates the error.
     *
     * @param device the device's name
     * @param block the number of the erase block, from 0
     * @param operation the request that failed: {@code read}, {@code program} or {@code erase}
     * @param cause the system's own error, or null
     */
    public BadBlockException(String device, long block, String operation, @Nullable Throwable cause) {
        super(Failure.BAD_BLOCK, device, operation + " failed, block " + block + " is bad", cause);
        this.block = block;
    }

    /**
     * The bad block.
     *
     * @return its number, from 0
     */
    public long block() {
        return block;
    }
}

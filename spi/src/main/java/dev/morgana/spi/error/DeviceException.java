package dev.morgana.spi.error;

import org.jspecify.annotations.Nullable;

/**
 * The device under a store refused or failed. Requests that no device could carry out (out of range, not aligned) are the
 * caller's bug and unchecked instead.
 */
public abstract sealed class DeviceException extends StoreException
        permits DeviceClosedException,
                DeviceReadOnlyException,
                DeviceLockedException,
                BadBlockException,
                DeviceIoException {
    private final String device;

    DeviceException(Failure failure, String device, String message, @Nullable Throwable cause) {
        super(failure, device + ": " + message, cause);
        this.device = device;
    }

    /**
     * The device.
     *
     * @return its name
     */
    public final String device() {
        return device;
    }
}

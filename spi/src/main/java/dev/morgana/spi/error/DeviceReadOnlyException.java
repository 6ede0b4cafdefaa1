package dev.morgana.spi.error;

/** The device was opened for reading only. Nothing was written. */
public final class DeviceReadOnlyException extends DeviceException {
    /**
     * Creates the error.
     *
     * @param device the device's name
     * @param operation the request that was refused: {@code program} or {@code erase}
     */
    public DeviceReadOnlyException(String device, String operation) {
        super(Failure.DEVICE_READ_ONLY, device, "device is read-only, " + operation + " refused", null);
    }
}

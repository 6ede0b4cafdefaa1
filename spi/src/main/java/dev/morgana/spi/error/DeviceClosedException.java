package dev.morgana.spi.error;

/** The device has been closed. Nothing was read or written. */
public final class DeviceClosedException extends DeviceException {
    /**
     * Creates the error.
     *
     * @param device the device's name
     */
    public DeviceClosedException(String device) {
        super(Failure.DEVICE_CLOSED, device, "device is closed", null);
    }
}

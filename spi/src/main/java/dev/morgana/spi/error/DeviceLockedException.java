package dev.morgana.spi.error;

/** Somebody else, in this JVM or outside, has the device open in a way that excludes the access asked for. */
public final class DeviceLockedException extends DeviceException {
    /**
     * Creates the error.
     *
     * @param device the device's name
     * @param owner who holds it, as far as known, such as {@code this JVM} or {@code another process}
     */
    public DeviceLockedException(String device, String owner) {
        super(Failure.DEVICE_LOCKED, device, "locked by " + owner + "; close it there and try again", null);
    }
}

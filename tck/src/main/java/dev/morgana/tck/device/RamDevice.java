package dev.morgana.tck.device;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DeviceClosedException;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.DeviceIoException;
import dev.morgana.spi.error.DeviceReadOnlyException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * A device over one byte array: the simplest that keeps the contract of {@link BlockDevice}. Programs overwrite whatever was
 * there. An erase with an undefined erased state leaves the bytes alone.
 */
public final class RamDevice implements BlockDevice {
    /** What the device and its reshaped views share. */
    private static final class Medium {
        private final byte[] bytes;
        private final boolean readOnly;
        private boolean closed;

        Medium(byte[] bytes, boolean readOnly) {
            this.bytes = bytes;
            this.readOnly = readOnly;
        }
    }

    private final Medium medium;
    private final Geometry geometry;

    private RamDevice(Medium medium, Geometry geometry) {
        this.medium = medium;
        this.geometry = geometry;
    }

    /**
     * An erased device; one whose erased state is undefined is filled with zeros.
     *
     * @param geometry its geometry; at most 2 GiB
     * @return the device
     */
    public static RamDevice erased(Geometry geometry) {
        byte[] bytes = new byte[Math.toIntExact(geometry.sizeBytes())];
        Arrays.fill(bytes, (byte) geometry.erased().byteValue().orElse(0));
        return new RamDevice(new Medium(bytes, false), geometry);
    }

    /**
     * A device over a copy of an image.
     *
     * @param geometry its geometry
     * @param image the bytes, at least as many as the geometry has
     * @return the device
     */
    public static RamDevice of(Geometry geometry, byte[] image) {
        return new RamDevice(new Medium(image.clone(), false), checked(geometry, image));
    }

    /**
     * A read-only device over a copy of an image.
     *
     * @param geometry its geometry
     * @param image the bytes, at least as many as the geometry has
     * @return the device
     */
    public static RamDevice readOnly(Geometry geometry, byte[] image) {
        return new RamDevice(new Medium(image.clone(), true), checked(geometry, image));
    }

    private static Geometry checked(Geometry geometry, byte[] image) {
        if (geometry.sizeBytes() > image.length) {
            throw new IllegalArgumentException(
                    "image of " + image.length + " bytes is smaller than the geometry of " + geometry.sizeBytes());
        }
        return geometry;
    }

    /**
     * The whole medium, also after {@link #close()}.
     *
     * @return a copy of its bytes
     */
    public byte[] image() {
        synchronized (medium) {
            return medium.bytes.clone();
        }
    }

    @Override
    public String name() {
        return "ram";
    }

    @Override
    public Geometry geometry() {
        return geometry;
    }

    @Override
    public boolean isReadOnly() {
        return medium.readOnly;
    }

    @Override
    public void read(long position, ByteBuffer target) throws DeviceException {
        geometry.checkRead(position, target.remaining());
        synchronized (medium) {
            checkOpen();
            target.put(medium.bytes, (int) position, target.remaining());
        }
    }

    @Override
    public void program(long position, ByteBuffer source) throws DeviceException {
        geometry.checkProgram(position, source.remaining());
        synchronized (medium) {
            checkWritable("program");
            source.get(medium.bytes, (int) position, source.remaining());
        }
    }

    @Override
    public void erase(long block) throws DeviceException {
        geometry.checkErase(block);
        synchronized (medium) {
            checkWritable("erase");
            OptionalInt value = geometry.erased().byteValue();
            if (value.isPresent()) {
                int start = (int) geometry.startOf(block);
                Arrays.fill(medium.bytes, start, start + geometry.blockSize(), (byte) value.getAsInt());
            }
        }
    }

    @Override
    public void sync() throws DeviceException {
        synchronized (medium) {
            checkOpen();
        }
    }

    @Override
    public BlockDevice reshape(Geometry wanted) throws DeviceException {
        synchronized (medium) {
            checkOpen();
        }
        if (wanted.sizeBytes() > medium.bytes.length) {
            throw new DeviceIoException(
                    name(), "device has " + medium.bytes.length + " bytes, not enough", 0, wanted.sizeBytes(), null);
        }
        return wanted.equals(geometry) ? this : new RamDevice(medium, wanted);
    }

    @Override
    public void close() {
        synchronized (medium) {
            medium.closed = true;
        }
    }

    private void checkOpen() throws DeviceClosedException {
        if (medium.closed) {
            throw new DeviceClosedException(name());
        }
    }

    private void checkWritable(String operation) throws DeviceException {
        checkOpen();
        if (medium.readOnly) {
            throw new DeviceReadOnlyException(name(), operation);
        }
    }
}

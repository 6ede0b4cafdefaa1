package dev.morgana.block.drivers;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DeviceClosedException;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.DeviceIoException;
import dev.morgana.spi.error.DeviceReadOnlyException;
import dev.morgana.spi.provider.AccessMode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A device over a {@link Medium}. A program takes the new bytes whatever was there, and may cross blocks; an erase writes the
 * erased value, or leaves the bytes alone where it is undefined. Safe for use by many threads.
 */
public final class MediumDevice implements BlockDevice {
    private final OpenMedium open;
    private final Geometry geometry;

    private MediumDevice(OpenMedium open, Geometry geometry) {
        this.open = open;
        this.geometry = geometry;
    }

    /**
     * Makes a device that owns a medium.
     *
     * @param medium the medium; closed with the device
     * @param geometry at most as large as the medium
     * @param mode {@link AccessMode#READ_ONLY} refuses programs and erases; the others allow them
     * @return the device
     * @throws IllegalArgumentException if the geometry is larger than the medium, or has units that it cannot have
     */
    public static MediumDevice over(Medium medium, Geometry geometry, AccessMode mode) {
        String misfit = misfit(medium, geometry);
        if (!misfit.isEmpty()) {
            throw new IllegalArgumentException(misfit);
        }
        return new MediumDevice(new OpenMedium(medium, mode == AccessMode.READ_ONLY), geometry);
    }

    /** Why a medium cannot have a geometry; empty if it can. */
    private static String misfit(Medium medium, Geometry wanted) {
        if (wanted.sizeBytes() > medium.size()) {
            return "the medium has " + medium.size() + " bytes, fewer than the " + wanted.sizeBytes() + " wanted";
        }
        if (wanted.readSize() % medium.unit() != 0 || wanted.programSize() % medium.unit() != 0) {
            return "the medium is read and programmed in units of " + medium.unit() + " bytes, not of "
                    + wanted.readSize() + " and " + wanted.programSize();
        }
        return wanted.blockSize() % medium.eraseUnit() == 0
                ? ""
                : "the medium is erased in units of " + medium.eraseUnit() + " bytes, not of " + wanted.blockSize();
    }

    @Override
    public String name() {
        return open.medium.name();
    }

    @Override
    public Geometry geometry() {
        return geometry;
    }

    @Override
    public boolean isReadOnly() {
        return open.readOnly;
    }

    @Override
    public void read(long position, ByteBuffer target) throws DeviceException {
        geometry.checkRead(position, target.remaining());
        open.request("read", position, target.remaining(), () -> open.medium.read(position, target));
    }

    @Override
    public void program(long position, ByteBuffer source) throws DeviceException {
        geometry.checkProgram(position, source.remaining());
        open.change("program", position, source.remaining(), () -> open.medium.write(position, source));
    }

    @Override
    public void erase(long block) throws DeviceException {
        geometry.checkErase(block);
        long start = geometry.startOf(block);
        int length = geometry.blockSize();
        OptionalInt value = geometry.erased().byteValue();
        open.change("erase", start, length, () -> {
            if (value.isPresent()) {
                open.medium.fill(start, length, (byte) value.getAsInt());
            }
        });
    }

    @Override
    public void sync() throws DeviceException {
        open.request("sync", 0, geometry.sizeBytes(), () -> {
            if (!open.readOnly) {
                open.medium.sync();
            }
        });
    }

    @Override
    public BlockDevice reshape(Geometry wanted) throws DeviceException {
        open.request("reshape", 0, wanted.sizeBytes(), () -> {
            String misfit = misfit(open.medium, wanted);
            if (!misfit.isEmpty()) {
                throw new IOException(misfit);
            }
        });
        return wanted.equals(geometry) ? this : new MediumDevice(open, wanted);
    }

    @Override
    public void close() throws DeviceException {
        open.close();
    }

    /** One request to the medium. */
    @FunctionalInterface
    private interface Request {
        void run() throws IOException;
    }

    /**
     * What all views of one medium share: whether it is open, and who uses it right now. A request holds the lock shared, the
     * close holds it alone and so waits for all of them. Neither way of waiting heeds interrupts.
     */
    private static final class OpenMedium {
        private final Medium medium;
        private final boolean readOnly;
        private final ReadWriteLock use = new ReentrantReadWriteLock();
        private boolean closed;

        OpenMedium(Medium medium, boolean readOnly) {
            this.medium = medium;
            this.readOnly = readOnly;
        }

        void request(String operation, long position, long length, Request request) throws DeviceException {
            use.readLock().lock();
            try {
                if (closed) {
                    throw new DeviceClosedException(medium.name());
                }
                request.run();
            } catch (IOException e) {
                throw failure(operation, position, length, e);
            } finally {
                use.readLock().unlock();
            }
        }

        void change(String operation, long position, long length, Request request) throws DeviceException {
            request(operation, position, length, () -> {
                if (readOnly) {
                    throw new DeviceReadOnlyException(medium.name(), operation);
                }
                request.run();
            });
        }

        void close() throws DeviceException {
            use.writeLock().lock();
            try {
                if (!closed) {
                    closed = true;
                    medium.close();
                }
            } catch (IOException e) {
                throw failure("close", 0, medium.size(), e);
            } finally {
                use.writeLock().unlock();
            }
        }

        private DeviceException failure(String operation, long position, long length, IOException e) {
            return e instanceof DeviceException known
                    ? known
                    : new DeviceIoException(
                            medium.name(), operation + " failed: " + e.getMessage(), position, length, e);
        }
    }
}

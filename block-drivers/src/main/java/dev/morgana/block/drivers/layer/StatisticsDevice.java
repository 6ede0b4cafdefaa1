package dev.morgana.block.drivers.layer;

import dev.morgana.spi.backend.ForwardingBlockDevice;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.BadBlockException;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.DeviceIoException;
import java.nio.ByteBuffer;

/**
 * Counts the requests that reach the inner device. Requests that no device could carry out, that a closed or read-only device
 * refuses, and those of length 0 do not count; requests that the medium fails do.
 */
public final class StatisticsDevice extends ForwardingBlockDevice {
    private final StatisticsRecorder recorder;

    private StatisticsDevice(BlockDevice inner, StatisticsRecorder recorder) {
        super(inner);
        this.recorder = recorder;
    }

    /**
     * Puts the layer around a device, with a recorder of its own.
     *
     * @param inner the device; closed with this one
     * @return the counting device
     */
    public static StatisticsDevice of(BlockDevice inner) {
        return of(inner, new StatisticsRecorder());
    }

    /**
     * Puts the layer around a device.
     *
     * @param inner the device; closed with this one
     * @param recorder where to count, perhaps together with other devices
     * @return the counting device
     */
    public static StatisticsDevice of(BlockDevice inner, StatisticsRecorder recorder) {
        return new StatisticsDevice(inner, recorder);
    }

    /**
     * Where this device, and every view of it, counts.
     *
     * @return the recorder
     */
    public StatisticsRecorder recorder() {
        return recorder;
    }

    /**
     * The counts so far; usable after {@link #close()} too.
     *
     * @return a copy
     */
    public Statistics snapshot() {
        return recorder.snapshot();
    }

    @Override
    protected BlockDevice wrapped(BlockDevice view) {
        return new StatisticsDevice(view, recorder);
    }

    @Override
    public void read(long position, ByteBuffer target) throws DeviceException {
        int length = target.remaining();
        counted(length, () -> device().read(position, target), failed -> recorder.countRead(length, failed));
    }

    @Override
    public void program(long position, ByteBuffer source) throws DeviceException {
        int length = source.remaining();
        long block = geometry().startOf(geometry().blockAt(position));
        counted(
                length,
                () -> device().program(position, source),
                failed -> recorder.countProgram(block, length, failed));
    }

    @Override
    public void erase(long block) throws DeviceException {
        int length = geometry().blockSize();
        long start = geometry().startOf(block);
        counted(length, () -> device().erase(block), failed -> recorder.countErase(start, length, failed));
    }

    @Override
    public void sync() throws DeviceException {
        counted(1, device()::sync, recorder::countSync); // it has no length, and is not empty either
    }

    @FunctionalInterface
    private interface Request {
        void run() throws DeviceException;
    }

    @FunctionalInterface
    private interface Count {
        void add(boolean failed);
    }

    private static void counted(int length, Request request, Count count) throws DeviceException {
        try {
            request.run();
        } catch (BadBlockException | DeviceIoException e) {
            count.add(true);
            throw e;
        }
        if (length > 0) {
            count.add(false);
        }
    }
}

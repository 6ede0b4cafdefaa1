package dev.morgana.littlefs;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.BadBlockException;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.DeviceIoException;
import java.nio.ByteBuffer;

/** A device of which one program, erase or sync goes wrong; before and after that it works. */
final class FlakyDevice implements BlockDevice {
    /** What goes wrong. */
    enum Fault {
        /** The operation fails, and is not done. */
        FAILS,
        /** The operation fails although it is done. */
        DONE_BUT_FAILS,
        /** The block is said to be bad, and nothing is done; a sync fails. */
        BAD_BLOCK,
        /** Nothing is done, and success is reported. */
        LOST
    }

    private final BlockDevice inner;
    private final Counter counter;

    /** What the device and its reshaped views share. */
    private static final class Counter {
        private final Fault fault;
        private long left = Long.MAX_VALUE;
        private Runnable atFailure = () -> {};

        Counter(Fault fault) {
            this.fault = fault;
        }

        boolean isNow() {
            return left-- == 0;
        }
    }

    private interface Request {
        void run() throws DeviceException;
    }

    private FlakyDevice(BlockDevice inner, Counter counter) {
        this.inner = inner;
        this.counter = counter;
    }

    FlakyDevice(BlockDevice inner, Fault fault) {
        this(inner, new Counter(fault));
    }

    /** Lets a number of programs, erases and syncs pass before the one that goes wrong. */
    void failAfter(long count) {
        counter.left = count;
    }

    /** What happens between the operation that goes wrong and its error. */
    void atFailure(Runnable action) {
        counter.atFailure = action;
    }

    /** Whether it went wrong already. */
    boolean hasFailed() {
        return counter.left < 0;
    }

    private void run(long block, boolean sync, Request request) throws DeviceException {
        if (!counter.isNow()) {
            request.run();
            return;
        }
        switch (counter.fault) {
            case FAILS -> throw failure();
            case DONE_BUT_FAILS -> {
                request.run();
                throw failure();
            }
            case BAD_BLOCK -> throw sync ? failure() : new BadBlockException(name(), block, null);
            case LOST -> {}
        }
    }

    private DeviceIoException failure() {
        counter.atFailure.run();
        return new DeviceIoException(name(), "injected failure", 0, 0, null);
    }

    @Override
    public void program(long position, ByteBuffer source) throws DeviceException {
        run(geometry().blockAt(position), false, () -> inner.program(position, source));
    }

    @Override
    public void erase(long block) throws DeviceException {
        run(block, false, () -> inner.erase(block));
    }

    @Override
    public void sync() throws DeviceException {
        run(0, true, inner::sync);
    }

    @Override
    public BlockDevice reshape(Geometry wanted) throws DeviceException {
        return new FlakyDevice(inner.reshape(wanted), counter);
    }

    @Override
    public String name() {
        return inner.name();
    }

    @Override
    public Geometry geometry() {
        return inner.geometry();
    }

    @Override
    public boolean isReadOnly() {
        return inner.isReadOnly();
    }

    @Override
    public void read(long position, ByteBuffer target) throws DeviceException {
        inner.read(position, target);
    }

    @Override
    public void close() throws DeviceException {
        inner.close();
    }
}

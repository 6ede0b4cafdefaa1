package dev.morgana.littlefs;

import dev.morgana.spi.backend.ForwardingBlockDevice;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.BadBlockException;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.DeviceIoException;
import java.nio.ByteBuffer;

/** A device of which one program, erase or sync goes wrong; before and after that it works. */
final class FlakyDevice extends ForwardingBlockDevice {
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
        super(inner);
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
        run(geometry().blockAt(position), false, () -> super.program(position, source));
    }

    @Override
    public void erase(long block) throws DeviceException {
        run(block, false, () -> super.erase(block));
    }

    @Override
    public void sync() throws DeviceException {
        run(0, true, super::sync);
    }

    @Override
    protected BlockDevice wrapped(BlockDevice reshaped) {
        return new FlakyDevice(reshaped, counter);
    }
}

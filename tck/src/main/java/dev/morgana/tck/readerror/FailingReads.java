package dev.morgana.tck.readerror;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.DeviceIoException;
import java.util.ArrayList;
import java.util.List;

/** What decides which reads of some devices fail, and watches what is written meanwhile. For one thread at a time. */
final class FailingReads {
    private ReadFault fault = ReadFault.EVERY_READ;
    private boolean armed;
    private long left;
    private int victim = -1;
    private long reads;
    private long writes;
    private boolean wroteBefore;
    private Runnable beforeWrites = () -> {};

    /** The devices, whose reads may fail from now on. */
    List<BlockDevice> around(List<BlockDevice> devices) {
        List<BlockDevice> watched = new ArrayList<>();
        for (BlockDevice device : devices) {
            watched.add(new FailingReadDevice(device, watched.size(), this));
        }
        return List.copyOf(watched);
    }

    /** Lets some reads pass from now on, and fails those after them. */
    void arm(long pass, ReadFault how) {
        armed = true;
        left = pass;
        fault = how;
        victim = -1;
        writes = 0;
    }

    /** Lets every read pass. */
    void disarm() {
        armed = false;
    }

    /** Whether a read has failed since it was armed. */
    boolean fired() {
        return victim >= 0;
    }

    /** Whether something was written between the arming and the first read that failed. */
    boolean wroteBefore() {
        return wroteBefore;
    }

    /** How many reads there were, failed ones too. */
    long reads() {
        return reads;
    }

    void read(int device, String name, long position, int length) throws DeviceIoException {
        reads++;
        if (armed && fails(device)) {
            throw new DeviceIoException(name, "read failed: injected", position, length, null);
        }
    }

    private boolean fails(int device) {
        if (fired()) {
            return fault == ReadFault.EVERY_READ || (fault == ReadFault.ONE_DEVICE && device == victim);
        }
        if (left-- > 0) {
            return false;
        }
        victim = device;
        wroteBefore = writes > 0;
        return true;
    }

    /** Has something done before each program and erase. */
    void beforeWrites(Runnable action) {
        beforeWrites = action;
    }

    void writes() {
        beforeWrites.run();
        writes++;
    }
}

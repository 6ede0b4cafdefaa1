package dev.morgana.littlefs;

import dev.morgana.spi.backend.ForwardingBlockDevice;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.DeviceException;
import java.nio.ByteBuffer;

/** A device that counts how often it is read before it is first written. Its reshaped views share the count. */
final class ReadsBeforeWriting extends ForwardingBlockDevice {
    private final Counter counter;

    private static final class Counter {
        private int reads;
        private boolean written;
    }

    private ReadsBeforeWriting(BlockDevice inner, Counter counter) {
        super(inner);
        this.counter = counter;
    }

    ReadsBeforeWriting(BlockDevice inner) {
        this(inner, new Counter());
    }

    /** Begins to count anew. */
    void restart() {
        counter.reads = 0;
        counter.written = false;
    }

    int count() {
        return counter.reads;
    }

    @Override
    protected BlockDevice wrapped(BlockDevice reshaped) {
        return new ReadsBeforeWriting(reshaped, counter);
    }

    @Override
    public void read(long position, ByteBuffer target) throws DeviceException {
        counter.reads += counter.written ? 0 : 1;
        super.read(position, target);
    }

    @Override
    public void program(long position, ByteBuffer source) throws DeviceException {
        counter.written = true;
        super.program(position, source);
    }

    @Override
    public void erase(long block) throws DeviceException {
        counter.written = true;
        super.erase(block);
    }
}

package dev.morgana.littlefs;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DeviceException;
import java.nio.ByteBuffer;

/** A device that counts how often it is read before it is first written. Its reshaped views share the count. */
final class ReadsBeforeWriting implements BlockDevice {
    private final BlockDevice inner;
    private final Counter counter;

    private static final class Counter {
        private int reads;
        private boolean written;
    }

    private ReadsBeforeWriting(BlockDevice inner, Counter counter) {
        this.inner = inner;
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
    public void read(long position, ByteBuffer target) throws DeviceException {
        counter.reads += counter.written ? 0 : 1;
        inner.read(position, target);
    }

    @Override
    public void program(long position, ByteBuffer source) throws DeviceException {
        counter.written = true;
        inner.program(position, source);
    }

    @Override
    public void erase(long block) throws DeviceException {
        counter.written = true;
        inner.erase(block);
    }

    @Override
    public BlockDevice reshape(Geometry wanted) throws DeviceException {
        return new ReadsBeforeWriting(inner.reshape(wanted), counter);
    }

    @Override
    public void sync() throws DeviceException {
        inner.sync();
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
    public void close() throws DeviceException {
        inner.close();
    }
}

package dev.morgana.littlefs;

import dev.morgana.spi.backend.ForwardingBlockDevice;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.BadBlockException;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.DeviceIoException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A device that remembers what was read, and can be told to fail. Its reshaped views share that. */
final class ObservedDevice extends ForwardingBlockDevice {
    /** A read. */
    record Read(long position, int length) {}

    private final List<Read> reads;
    private final Set<Long> failing;
    private final Set<Long> broken;

    ObservedDevice(BlockDevice inner) {
        this(inner, new ArrayList<>(), new HashSet<>(), new HashSet<>());
    }

    private ObservedDevice(BlockDevice inner, List<Read> reads, Set<Long> failing, Set<Long> broken) {
        super(inner);
        this.reads = reads;
        this.failing = failing;
        this.broken = broken;
    }

    /** From now on this block, in terms of the geometry at the time of a read, is bad. */
    ObservedDevice failingAt(long block) {
        failing.add(block);
        return this;
    }

    /** From now on reads of this block are input errors. */
    ObservedDevice brokenAt(long block) {
        broken.add(block);
        return this;
    }

    List<Read> reads() {
        return reads;
    }

    @Override
    public void read(long position, ByteBuffer target) throws DeviceException {
        long block = geometry().blockAt(position);
        if (failing.contains(block)) {
            throw new BadBlockException(name(), block, "read");
        }
        if (broken.contains(block)) {
            throw new DeviceIoException(name(), "read failed: EIO", position, target.remaining(), null);
        }
        reads.add(new Read(position, target.remaining()));
        super.read(position, target);
    }

    @Override
    public void program(long position, ByteBuffer source) {
        throw new AssertionError("program of a device that is only read");
    }

    @Override
    public void erase(long block) {
        throw new AssertionError("erase of a device that is only read");
    }

    @Override
    protected BlockDevice wrapped(BlockDevice reshaped) {
        return new ObservedDevice(reshaped, reads, failing, broken);
    }
}

package dev.morgana.interop.golden;

import dev.morgana.block.drivers.layer.PowerSwitch;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.BadBlockException;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.DeviceIoException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** A device whose single reads and writes, or every sync, fail and do nothing: the {@code fault} of embedkv traces. */
record FaultyDevice(BlockDevice inner, Faults faults, PowerSwitch power, BooleanSupplier burns) implements BlockDevice {
    /** What fails now. */
    record Faults(Set<Long> reads, Set<Long> writes, Set<String> flushes) {}

    private void fail(boolean faulty, String operation, long position) throws DeviceIoException {
        if (faulty) {
            throw new DeviceIoException(name(), operation + " failed: injected", position, 0, null);
        }
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
        if (faults.reads().contains(geometry().blockAt(position))) {
            // the peers take any failure for the medium's own answer
            throw new BadBlockException(name(), geometry().blockAt(position), "read");
        }
        inner.read(position, target);
    }

    @Override
    public void program(long position, ByteBuffer source) throws DeviceException {
        fail(faults.writes().contains(geometry().blockAt(position)), "program", position);
        boolean powered = power.isOn();
        int length = source.remaining();
        try {
            inner.program(position, source);
        } catch (DeviceIoException e) {
            if (powered && burns.getAsBoolean()) {
                burn(position, length);
            }
            throw e;
        }
    }

    /** The tear {@code ones}: the block that was being written is all ones when the power is back. */
    private void burn(long position, int length) throws DeviceException {
        byte[] ones = new byte[length];
        Arrays.fill(ones, (byte) 0xff);
        power.restore();
        inner.program(position, ByteBuffer.wrap(ones));
        power.cut();
    }

    @Override
    public void erase(long block) throws DeviceException {
        inner.erase(block);
    }

    @Override
    public void sync() throws DeviceException {
        fail(!faults.flushes().isEmpty(), "sync", 0);
        inner.sync();
    }

    @Override
    public BlockDevice reshape(Geometry wanted) throws DeviceException {
        return new FaultyDevice(inner.reshape(wanted), faults, power, burns);
    }

    /** The medium goes on when a store is closed. */
    @Override
    public void close() {}
}

package dev.morgana.interop.golden;

import dev.morgana.block.drivers.layer.PowerSwitch;
import dev.morgana.spi.backend.ForwardingBlockDevice;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.BadBlockException;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.DeviceIoException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** A device whose single reads and writes, or every sync, fail and do nothing: the {@code fault} of embedkv traces. */
final class FaultyDevice extends ForwardingBlockDevice {
    private final Faults faults;
    private final PowerSwitch power;
    private final BooleanSupplier burns;

    FaultyDevice(BlockDevice inner, Faults faults, PowerSwitch power, BooleanSupplier burns) {
        super(inner);
        this.faults = faults;
        this.power = power;
        this.burns = burns;
    }

    /** What fails now. */
    record Faults(Set<Long> reads, Set<Long> writes, Set<String> flushes) {}

    private void fail(boolean faulty, String operation, long position) throws DeviceIoException {
        if (faulty) {
            throw new DeviceIoException(name(), operation + " failed: injected", position, 0, null);
        }
    }

    @Override
    public void read(long position, ByteBuffer target) throws DeviceException {
        if (faults.reads().contains(geometry().blockAt(position))) {
            // the peers take any failure for the medium's own answer
            throw new BadBlockException(name(), geometry().blockAt(position), "read");
        }
        device().read(position, target);
    }

    @Override
    public void program(long position, ByteBuffer source) throws DeviceException {
        fail(faults.writes().contains(geometry().blockAt(position)), "program", position);
        boolean powered = power.isOn();
        int length = source.remaining();
        try {
            device().program(position, source);
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
        device().program(position, ByteBuffer.wrap(ones));
        power.cut();
    }

    @Override
    public void sync() throws DeviceException {
        fail(!faults.flushes().isEmpty(), "sync", 0);
        device().sync();
    }

    @Override
    protected BlockDevice wrapped(BlockDevice reshaped) {
        return new FaultyDevice(reshaped, faults, power, burns);
    }

    /** The medium goes on when a store is closed. */
    @Override
    public void close() {}
}

package dev.morgana.interop.golden;

import dev.morgana.spi.backend.ForwardingBlockDevice;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.DeviceIoException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.tck.device.RamDevice;
import java.nio.ByteBuffer;

/** A device whose power fails at a program: every second time before it, else when half of its bytes have arrived. */
public final class CutDevice extends ForwardingBlockDevice {
    private final RamDevice ram;
    private final Power power;

    /** What all views of the device share. */
    private static final class Power {
        private int left;
        private boolean torn;
        private boolean off;
    }

    /** A device whose power fails at some write. */
    public CutDevice(RamDevice ram, int cut) {
        this(ram, ram, new Power());
        power.left = cut / 2;
        power.torn = cut % 2 == 1;
    }

    private CutDevice(BlockDevice device, RamDevice ram, Power power) {
        super(device);
        this.ram = ram;
        this.power = power;
    }

    /** An operation that ends early without power. */
    public interface Operation {
        /** Does it. */
        void run() throws StoreException;
    }

    /** Runs an operation; whether it had power to its end. */
    public boolean run(Operation operation) throws StoreException {
        try {
            operation.run();
        } catch (DeviceException e) {
            if (!power.off) {
                throw e;
            }
        }
        return !power.off;
    }

    /** What the medium holds. */
    public byte[] image() {
        return ram.image();
    }

    @Override
    protected BlockDevice wrapped(BlockDevice reshaped) {
        return new CutDevice(reshaped, ram, power);
    }

    @Override
    public void program(long position, ByteBuffer source) throws DeviceException {
        requirePower();
        if (power.left == 0) {
            power.off = true;
            if (power.torn) {
                super.program(position, source.slice().limit(source.remaining() / 2));
            }
            requirePower();
        }
        power.left--;
        super.program(position, source);
    }

    @Override
    public void read(long position, ByteBuffer target) throws DeviceException {
        requirePower();
        super.read(position, target);
    }

    @Override
    public void erase(long block) throws DeviceException {
        requirePower();
        super.erase(block);
    }

    private void requirePower() throws DeviceException {
        if (power.off) {
            throw new DeviceIoException(name(), "the power is off", 0, 0, null);
        }
    }
}

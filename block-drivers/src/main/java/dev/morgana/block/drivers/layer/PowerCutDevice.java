package dev.morgana.block.drivers.layer;

import dev.morgana.spi.backend.ForwardingBlockDevice;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DeviceException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * Loses power when its {@link PowerSwitch} says so: one program or erase is torn and fails, and from then on every request
 * does, with a {@link dev.morgana.spi.error.DeviceIoException} that says so. What was programmed and erased before stays, as
 * if it had all been synced; the inner device is the image that the next start finds.
 *
 * <p>A torn erase, and a tear inside a program unit, write over what is there: the inner device must allow it, so put a
 * {@link NorDevice} around this one and not below. An erase whose erased state is undefined leaves nothing to tear.
 */
public final class PowerCutDevice extends ForwardingBlockDevice {
    private static final int PIECE = 64 * 1024;

    private final PowerSwitch power;

    private PowerCutDevice(BlockDevice inner, PowerSwitch power) {
        super(inner);
        this.power = power;
    }

    /**
     * Puts the layer around a device.
     *
     * @param inner the device; closed with this one
     * @param power the switch, perhaps shared with other devices
     * @return the device that can lose power
     */
    public static PowerCutDevice of(BlockDevice inner, PowerSwitch power) {
        return new PowerCutDevice(inner, power);
    }

    @Override
    protected BlockDevice wrapped(BlockDevice view) {
        return new PowerCutDevice(view, power);
    }

    @Override
    public void read(long position, ByteBuffer target) throws DeviceException {
        geometry().checkRead(position, target.remaining());
        power.demand(name(), position, target.remaining());
        device().read(position, target);
    }

    @Override
    public void program(long position, ByteBuffer source) throws DeviceException {
        int length = source.remaining();
        geometry().checkProgram(position, length);
        Optional<Tear> torn = take(position, length);
        if (torn.isEmpty()) {
            device().program(position, source);
            return;
        }
        Tear.Span done = torn.get().done(length, geometry().programSize());
        Unaligned.write(
                device(),
                position + done.from(),
                source.slice(source.position() + done.from(), done.to() - done.from()));
        throw PowerSwitch.lost(name(), position, length);
    }

    /** An empty program is no operation of the medium. A read-only device has none at all. */
    private Optional<Tear> take(long position, int length) throws DeviceException {
        if (length == 0 || isReadOnly()) {
            power.demand(name(), position, length);
            return Optional.empty();
        }
        return power.take(name(), position, length);
    }

    @Override
    public void erase(long block) throws DeviceException {
        Geometry geometry = geometry();
        geometry.checkErase(block);
        long start = geometry.startOf(block);
        Optional<Tear> torn = take(start, geometry.blockSize());
        if (torn.isEmpty()) {
            device().erase(block);
            return;
        }
        if (geometry.erased().byteValue().isPresent()) {
            byte erased = (byte) geometry.erased().byteValue().getAsInt();
            fill(start, torn.get().done(geometry.blockSize(), geometry.programSize()), erased);
        }
        throw PowerSwitch.lost(name(), start, geometry.blockSize());
    }

    private void fill(long start, Tear.Span done, byte value) throws DeviceException {
        byte[] piece = new byte[Math.min(done.to() - done.from(), PIECE)];
        Arrays.fill(piece, value);
        for (int at = done.from(); at < done.to(); at += piece.length) {
            Unaligned.write(device(), start + at, ByteBuffer.wrap(piece, 0, Math.min(piece.length, done.to() - at)));
        }
    }

    @Override
    public void sync() throws DeviceException {
        power.demand(name(), 0, geometry().sizeBytes());
        device().sync();
    }

    @Override
    public BlockDevice reshape(Geometry wanted) throws DeviceException {
        power.demand(name(), 0, wanted.sizeBytes());
        return super.reshape(wanted);
    }
}

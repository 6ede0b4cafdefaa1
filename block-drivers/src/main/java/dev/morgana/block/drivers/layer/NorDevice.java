package dev.morgana.block.drivers.layer;

import dev.morgana.spi.backend.ForwardingBlockDevice;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.DeviceIoException;
import java.nio.ByteBuffer;

/**
 * Refuses what NOR flash refuses: a program that crosses a block is the caller's bug, and one that breaks the
 * {@link NorRule} fails with a {@link DeviceIoException} that names the byte, and changes nothing.
 *
 * <p>The layer remembers what was programmed through it, one bit for each byte. Of what was on the medium before it knows only
 * what it reads: bytes that do not read erased count as programmed, bytes that do count as erased, even if a program once
 * wrote just that value. So each program is preceded by a read of the same bytes; to count the reads of a store, put the
 * statistics above this layer.
 */
public final class NorDevice extends ForwardingBlockDevice {
    private final NorRule rule;
    private final ProgrammedBytes programmed;
    private final byte erased;

    private NorDevice(BlockDevice inner, NorRule rule, ProgrammedBytes programmed) {
        super(inner);
        this.rule = rule;
        this.programmed = programmed;
        this.erased = (byte) device().geometry().erased().byteValue().orElseThrow();
    }

    /**
     * Puts the layer around a device.
     *
     * @param inner the device; closed with this one
     * @param rule when a program is taken
     * @return the flash
     * @throws IllegalArgumentException if the erased state of the device is undefined
     */
    public static NorDevice of(BlockDevice inner, NorRule rule) {
        if (inner.geometry().erased() == ErasedState.UNDEFINED) {
            throw new IllegalArgumentException("erased state of " + inner.name() + " is undefined, flash needs one");
        }
        return new NorDevice(inner, rule, new ProgrammedBytes());
    }

    @Override
    protected BlockDevice wrapped(BlockDevice view) {
        return new NorDevice(view, rule, programmed);
    }

    @Override
    public BlockDevice reshape(Geometry wanted) throws DeviceException {
        if (wanted.erased() == ErasedState.UNDEFINED) {
            throw new DeviceIoException(
                    name(), "flash has an erased state, it cannot be undefined", 0, wanted.sizeBytes(), null);
        }
        return super.reshape(wanted);
    }

    @Override
    public void program(long position, ByteBuffer source) throws DeviceException {
        int length = source.remaining();
        geometry().checkProgram(position, length);
        geometry().checkWithinBlock(position, length);
        if (!isReadOnly()) {
            check(position, source, Unaligned.read(device(), position, length));
            if (rule == NorRule.ONCE && !programmed.markIfFree(position, length)) {
                throw refused("or one behind it was programmed since its last erase", position, length);
            }
        }
        device().program(position, source);
    }

    private void check(long position, ByteBuffer source, ByteBuffer present) throws DeviceIoException {
        for (int i = 0; i < present.limit(); i++) {
            byte old = present.get(i);
            byte fresh = source.get(source.position() + i);
            if (rule == NorRule.ONCE ? old != erased : movesBack(old, fresh)) {
                String reason = rule == NorRule.ONCE
                        ? String.format("is 0x%02x and not erased", old)
                        : String.format("is 0x%02x, 0x%02x would move bits back to the erased state", old, fresh);
                throw refused(reason, position + i, present.limit() - i);
            }
        }
    }

    /** Bits that differ from the erased state may be added, and none taken away. */
    private boolean movesBack(byte old, byte fresh) {
        return ((old ^ erased) & ~(fresh ^ erased)) != 0;
    }

    private DeviceIoException refused(String reason, long position, long length) {
        String message = "program refused, the byte there " + reason + "; erase block "
                + geometry().blockAt(position) + " first";
        return new DeviceIoException(name(), message, position, length, null);
    }

    @Override
    public void erase(long block) throws DeviceException {
        device().erase(block);
        programmed.clear(geometry().startOf(block), geometry().blockSize());
    }
}

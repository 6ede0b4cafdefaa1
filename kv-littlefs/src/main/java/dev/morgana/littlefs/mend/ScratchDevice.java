package dev.morgana.littlefs.mend;

import dev.morgana.spi.backend.ForwardingBlockDevice;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.DeviceException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** A device over another one that keeps what is written to it in memory. */
public final class ScratchDevice extends ForwardingBlockDevice {
    private final Map<Long, byte[]> written;

    /** A device on which nothing was written yet. The one below stays the caller's, and open. */
    public ScratchDevice(BlockDevice device) {
        this(device, new HashMap<>());
    }

    private ScratchDevice(BlockDevice device, Map<Long, byte[]> written) {
        super(device);
        this.written = written;
    }

    @Override
    protected BlockDevice wrapped(BlockDevice reshaped) {
        assert written.isEmpty() : "reshaped after it was written to";
        return new ScratchDevice(reshaped, written);
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    private int size() {
        return geometry().blockSize();
    }

    @Override
    public void read(long position, ByteBuffer target) throws DeviceException {
        while (target.hasRemaining()) {
            long at = position;
            int offset = (int) (at % size());
            int count = Math.min(target.remaining(), size() - offset);
            byte[] own = written.get(at / size());
            ByteBuffer part = target.slice().limit(count);
            if (own == null) {
                super.read(at, part);
            } else {
                part.put(own, offset, count);
            }
            target.position(target.position() + count);
            position += count;
        }
    }

    @Override
    public void program(long position, ByteBuffer source) throws DeviceException {
        byte[] own = own(position / size());
        source.get(own, (int) (position % size()), source.remaining());
    }

    private byte[] own(long block) throws DeviceException {
        byte[] own = written.get(block);
        if (own == null) {
            own = new byte[size()];
            super.read(geometry().startOf(block), ByteBuffer.wrap(own));
            written.put(block, own);
        }
        return own;
    }

    @Override
    public void erase(long block) {
        byte[] erased = new byte[size()];
        geometry().erased().byteValue().ifPresent(value -> Arrays.fill(erased, (byte) value));
        written.put(block, erased);
    }

    @Override
    public void sync() {
        // Nothing lasts here.
    }

    @Override
    public void close() {
        // The device below is somebody else's.
    }
}

package dev.morgana.pwkvs;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DeviceException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** A device as it would be after changes that are kept in memory: what a dry run works on. Its memory grows with the changes. */
final class ScratchDevice implements BlockDevice {
    private static final int PAGE = 4096;

    private final BlockDevice base;
    private final Geometry geometry;
    private final Map<Long, byte[]> pages;

    private ScratchDevice(BlockDevice base, Geometry geometry, Map<Long, byte[]> pages) {
        this.base = base;
        this.geometry = geometry;
        this.pages = pages;
    }

    /** A device that shows another one, which stays as it is. */
    static ScratchDevice over(BlockDevice base) {
        return new ScratchDevice(base, base.geometry(), new HashMap<>());
    }

    @Override
    public String name() {
        return base.name();
    }

    @Override
    public Geometry geometry() {
        return geometry;
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public void read(long position, ByteBuffer target) throws DeviceException {
        int start = target.position();
        int length = target.remaining();
        base.read(position, target);
        for (long page = position / PAGE; page * PAGE < position + length; page++) {
            byte[] changed = pages.get(page);
            if (changed != null) {
                long from = Math.max(position, page * PAGE);
                long to = Math.min(position + length, (page + 1) * PAGE);
                target.put(start + (int) (from - position), changed, (int) (from - page * PAGE), (int) (to - from));
            }
        }
    }

    @Override
    public void program(long position, ByteBuffer source) throws DeviceException {
        byte[] bytes = new byte[source.remaining()];
        source.get(bytes);
        write(position, bytes);
    }

    @Override
    public void erase(long block) throws DeviceException {
        byte[] bytes = new byte[geometry.blockSize()];
        Arrays.fill(bytes, (byte) geometry.erased().byteValue().orElse(0));
        write(geometry.startOf(block), bytes);
    }

    private void write(long position, byte[] bytes) throws DeviceException {
        for (int done = 0; done < bytes.length; ) {
            long at = position + done;
            byte[] page = page(at / PAGE);
            int offset = (int) (at % PAGE);
            int count = Math.min(bytes.length - done, page.length - offset);
            System.arraycopy(bytes, done, page, offset, count);
            done += count;
        }
    }

    private byte[] page(long number) throws DeviceException {
        byte[] page = pages.get(number);
        if (page == null) {
            page = new byte[(int) Math.min(PAGE, geometry.sizeBytes() - number * PAGE)];
            base.read(number * PAGE, ByteBuffer.wrap(page));
            pages.put(number, page);
        }
        return page;
    }

    @Override
    public void sync() {
        // there is nothing behind the memory
    }

    @Override
    public BlockDevice reshape(Geometry wanted) throws DeviceException {
        return new ScratchDevice(base.reshape(wanted), wanted, pages);
    }

    @Override
    public void close() {
        // the base stays the caller's
    }
}

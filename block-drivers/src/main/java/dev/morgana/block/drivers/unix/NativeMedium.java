package dev.morgana.block.drivers.unix;

import dev.morgana.block.drivers.Medium;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A regular file or a block device, by its descriptor. */
final class NativeMedium implements Medium {
    private final String name;
    private final SystemCalls calls;
    private final OpenDescriptor open;
    private final Transfers transfers;

    NativeMedium(String name, SystemCalls calls, OpenDescriptor open) {
        this.name = name;
        this.calls = calls;
        this.open = open;
        this.transfers = new Transfers(calls, open.descriptor(), open.alignment());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long size() {
        return open.size();
    }

    @Override
    public int unit() {
        return open.unit();
    }

    @Override
    public void read(long position, ByteBuffer target) throws IOException {
        transfers.read(position, target);
    }

    @Override
    public void write(long position, ByteBuffer source) throws IOException {
        transfers.write(position, source);
    }

    /** Zeros are left to the device, which has faster ways; everything else is written. */
    @Override
    public void fill(long position, long length, byte value) throws IOException {
        if (value == 0 && open.zeroing() != Zeroing.WRITE && isWholeSectors(position, length)) {
            ByteBuffer range = range(position, length);
            ControlRequest request =
                    open.zeroing() == Zeroing.DISCARD ? ControlRequest.BLKDISCARD : ControlRequest.BLKZEROOUT;
            calls.control(open.descriptor(), request, range);
            return;
        }
        transfers.fill(position, length, value);
    }

    private boolean isWholeSectors(long position, long length) {
        return position % open.sector() == 0 && length % open.sector() == 0 && length > 0;
    }

    static ByteBuffer range(long start, long length) {
        return ByteBuffer.allocateDirect(2 * Long.BYTES)
                .order(ByteOrder.nativeOrder())
                .putLong(0, start)
                .putLong(Long.BYTES, length);
    }

    @Override
    public void sync() throws IOException {
        calls.sync(open.descriptor());
    }

    @Override
    public void close() throws IOException {
        calls.unlockAndClose(open.descriptor());
    }
}

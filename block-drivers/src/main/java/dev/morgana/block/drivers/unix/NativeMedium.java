package dev.morgana.block.drivers.unix;

import dev.morgana.block.drivers.Medium;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A regular file or a block device, by its descriptor. */
final class NativeMedium implements Medium {
    private final String name;
    private final SystemCalls calls;
    private final OpenDescriptor open;
    private final AlignedBuffers buffers = new AlignedBuffers();

    NativeMedium(String name, SystemCalls calls, OpenDescriptor open) {
        this.name = name;
        this.calls = calls;
        this.open = open;
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
        if (AlignedBuffers.serves(target, open.alignment())) {
            calls.read(open.descriptor(), position, target);
            return;
        }
        ByteBuffer piece = buffers.take();
        try {
            long next = position;
            while (target.hasRemaining()) {
                piece.clear().limit(Math.min(target.remaining(), AlignedBuffers.BYTES));
                calls.read(open.descriptor(), next, piece);
                next += piece.flip().remaining();
                target.put(piece);
            }
        } finally {
            buffers.giveBack(piece);
        }
    }

    @Override
    public void write(long position, ByteBuffer source) throws IOException {
        if (AlignedBuffers.serves(source, open.alignment())) {
            calls.write(open.descriptor(), position, source);
            return;
        }
        ByteBuffer piece = buffers.take();
        try {
            long next = position;
            while (source.hasRemaining()) {
                int length = Math.min(source.remaining(), AlignedBuffers.BYTES);
                piece.clear().put(source.slice(source.position(), length)).flip();
                calls.write(open.descriptor(), next, piece);
                source.position(source.position() + length);
                next += length;
            }
        } finally {
            buffers.giveBack(piece);
        }
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
        ByteBuffer piece = buffers.take();
        try {
            byte[] values = new byte[(int) Math.min(length, AlignedBuffers.BYTES)];
            Arrays.fill(values, value);
            piece.put(values);
            for (long left = length; left > 0; ) {
                piece.position(0).limit((int) Math.min(left, values.length));
                calls.write(open.descriptor(), position + length - left, piece);
                left -= piece.limit();
            }
        } finally {
            buffers.giveBack(piece);
        }
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
        calls.close(open.descriptor());
    }
}

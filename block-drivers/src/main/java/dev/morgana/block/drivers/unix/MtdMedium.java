package dev.morgana.block.drivers.unix;

import dev.morgana.block.drivers.Medium;
import dev.morgana.spi.error.BadBlockException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * An MTD character device: flash with erase blocks, of which some may be bad. An erase leaves all ones. A block that is
 * marked bad, or that fails on program or erase, is answered with {@link BadBlockException}.
 */
final class MtdMedium implements Medium {
    private static final byte ERASED = (byte) 0xff;

    private final String name;
    private final SystemCalls calls;
    private final int descriptor;
    private final MtdInfo info;
    private final boolean markBad;
    private final Transfers transfers;

    MtdMedium(String name, SystemCalls calls, int descriptor, MtdInfo info, boolean markBad) {
        this.name = name;
        this.calls = calls;
        this.descriptor = descriptor;
        this.info = info;
        this.markBad = markBad;
        this.transfers = new Transfers(calls, descriptor, 1);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long size() {
        return info.size();
    }

    @Override
    public int unit() {
        return info.writeSize();
    }

    @Override
    public int eraseUnit() {
        return info.eraseSize();
    }

    @Override
    public void read(long position, ByteBuffer target) throws IOException {
        refuseBadBlocks(position, target.remaining(), "read");
        transfers.read(position, target);
    }

    @Override
    public void write(long position, ByteBuffer source) throws IOException {
        refuseBadBlocks(position, source.remaining(), "program");
        int before = source.position();
        try {
            transfers.write(position, source);
        } catch (CallException e) {
            throw failed(position + source.position() - before, "program", e);
        }
    }

    /** Only an erase fills flash: the range is whole blocks, and the value all ones. */
    @Override
    public void fill(long position, long length, byte value) throws IOException {
        if (value != ERASED || position % info.eraseSize() != 0 || length % info.eraseSize() != 0) {
            throw new IOException("flash is only erased to ones, by blocks of " + info.eraseSize() + " bytes");
        }
        for (long start = position; start < position + length; start += info.eraseSize()) {
            refuseBadBlocks(start, 1, "erase");
            try {
                calls.control(descriptor, ControlRequest.MEMERASE64, NativeMedium.range(start, info.eraseSize()));
            } catch (CallException e) {
                throw failed(start, "erase", e);
            }
        }
    }

    /** A block that fails is bad. The mark that tells other programs is for ever, so it is set on request alone. */
    private IOException failed(long position, String operation, CallException cause) {
        if (!cause.is(calls.platform(), Errno.EIO)) {
            return cause;
        }
        BadBlockException bad = new BadBlockException(name, position / info.eraseSize(), operation, cause);
        if (markBad) {
            mark(position, bad);
        }
        return bad;
    }

    private void mark(long position, BadBlockException bad) {
        try {
            calls.control(descriptor, ControlRequest.MEMSETBADBLOCK, offset(position));
        } catch (CallException e) {
            bad.addSuppressed(e); // NOR flash keeps no such marks
        }
    }

    private void refuseBadBlocks(long position, int length, String operation) throws IOException {
        if (info.type() == MtdInfo.NOR) {
            return; // NOR flash keeps no marks
        }
        long last = (position + Math.max(length, 1) - 1) / info.eraseSize();
        for (long block = position / info.eraseSize(); block <= last; block++) {
            if (calls.control(descriptor, ControlRequest.MEMGETBADBLOCK, offset(block * info.eraseSize())) > 0) {
                throw new BadBlockException(name, block, operation);
            }
        }
    }

    private ByteBuffer offset(long position) {
        return ByteBuffer.allocateDirect(Long.BYTES)
                .order(ByteOrder.nativeOrder())
                .putLong(0, position - position % info.eraseSize());
    }

    @Override
    public void sync() throws IOException {
        // a write to flash is on the flash when it returns; the character device has no cache
    }

    @Override
    public void close() throws IOException {
        calls.close(descriptor);
    }
}

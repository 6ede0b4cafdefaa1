package dev.morgana.tck.reference;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.Position;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** Reading and writing the snapshots on a device. It keeps no state: which half is next is its caller's knowledge. */
final class Halves {
    private static final int CHUNK_BYTES = 1 << 16;

    private final BlockDevice device;
    private final Geometry geometry;

    Halves(BlockDevice device) {
        this.device = device;
        this.geometry = device.geometry();
    }

    BlockDevice device() {
        return device;
    }

    /** The largest payload in bytes, negative if not even a header fits; an array ends before 2 GiB. */
    int capacity() {
        long half = geometry.blockCount() / 2 * geometry.blockSize();
        long longest = Integer.MAX_VALUE - 64L - geometry.blockSize();
        return (int) (Math.min(half, longest) - SnapshotHeader.BYTES);
    }

    /** The first byte of a half. */
    long start(int half) {
        return half * geometry.startOf(geometry.blockCount() / 2);
    }

    /** A place in a half. */
    Position position(int half, long offset, String structure) {
        long place = start(half) + offset;
        return new Position(device.name(), geometry.blockAt(place), place % geometry.blockSize(), structure);
    }

    /** Looks at a half and verifies its checksum, in constant memory whatever length the header claims. */
    SnapshotHalf examine(int half, Shape shape) throws DeviceException {
        ByteBuffer start = ByteBuffer.wrap(read(start(half), SnapshotHeader.BYTES));
        try {
            SnapshotHeader header = SnapshotHeader.decode(start, position(half, 0, "snapshot header"));
            return new SnapshotHalf(half, header, judge(half, header, shape), false);
        } catch (CorruptStoreException e) {
            return new SnapshotHalf(half, null, e, isBlank(start.array()));
        }
    }

    /** Why a snapshot does not count; null if it does. */
    private @Nullable CorruptStoreException judge(int half, SnapshotHeader header, Shape shape) throws DeviceException {
        if (header.shape() != shape) {
            return damage(half, shape + " snapshot", header.shape() + " snapshot");
        }
        if (header.blockSize() != geometry.blockSize() || header.blockCount() != geometry.blockCount()) {
            return damage(
                    half,
                    "snapshot of " + geometry.blockCount() + " blocks of " + geometry.blockSize() + " bytes",
                    header.blockCount() + " of " + header.blockSize());
        }
        if (header.length() > capacity()) {
            return damage(half, "payload of at most " + capacity() + " bytes", header.length() + " bytes");
        }
        int crc = (int) crc(half, header).getValue();
        return crc == header.crc()
                ? null
                : damage(half, "crc " + Integer.toHexString(header.crc()), Integer.toHexString(crc));
    }

    private CorruptStoreException damage(int half, String expected, String found) {
        return new CorruptStoreException(position(half, 0, "snapshot"), expected, found);
    }

    private CRC32 crc(int half, SnapshotHeader header) throws DeviceException {
        CRC32 crc = header.startCrc();
        long position = start(half) + SnapshotHeader.BYTES;
        for (int left = header.length(); left > 0; ) {
            int count = Math.min(left, CHUNK_BYTES);
            crc.update(read(position, count));
            position += count;
            left -= count;
        }
        return crc;
    }

    private static boolean isBlank(byte[] start) {
        for (byte b : start) {
            if (b != start[0] || (b != 0 && b != (byte) 0xff)) {
                return false;
            }
        }
        return true;
    }

    /** The payload of a half that was found valid. */
    byte[] payload(SnapshotHalf half) throws DeviceException {
        return read(
                start(half.index()) + SnapshotHeader.BYTES, half.validHeader().length());
    }

    /** Reads any range, by whole read units. */
    private byte[] read(long position, int length) throws DeviceException {
        int unit = geometry.readSize();
        int before = (int) (position % unit);
        ByteBuffer units = ByteBuffer.allocate(roundUp(before + length, unit));
        device.read(position - before, units);
        byte[] wanted = new byte[length];
        units.get(before, wanted);
        return wanted;
    }

    /**
     * Writes a snapshot and makes it durable. Each block is erased before it is programmed, and programmed at once; nothing
     * depends on the order in which blocks reach the medium, since the checksum covers them all.
     */
    void write(int half, SnapshotHeader header, byte[] payload) throws DeviceException {
        assert payload.length == header.length() && payload.length <= capacity();
        int size = SnapshotHeader.BYTES + payload.length;
        ByteBuffer snapshot = ByteBuffer.allocate(roundUp(size, geometry.programSize()));
        header.encode(snapshot);
        snapshot.put(payload).clear();
        long block = geometry.blockAt(start(half));
        while (snapshot.hasRemaining()) {
            int count = Math.min(snapshot.remaining(), geometry.blockSize());
            device.erase(block);
            device.program(geometry.startOf(block), snapshot.slice(snapshot.position(), count));
            snapshot.position(snapshot.position() + count);
            block++;
        }
        device.sync();
    }

    /** Takes a half's snapshot away, durably. */
    void blank(int half) throws DeviceException {
        device.erase(geometry.blockAt(start(half)));
        if (geometry.erased() == ErasedState.UNDEFINED) {
            int zeros = roundUp(SnapshotHeader.BYTES, geometry.programSize());
            device.program(start(half), ByteBuffer.allocate(Math.min(zeros, geometry.blockSize())));
        }
        device.sync();
    }

    private static int roundUp(int length, int unit) {
        return (length + unit - 1) / unit * unit;
    }
}

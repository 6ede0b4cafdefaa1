package com.example.toy.snapshot;

import com.example.toy.layout.Header;
import com.example.toy.layout.Records;
import dev.morgana.spi.backend.HostFailure;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.BadBlockException;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.Position;
import dev.morgana.spi.error.StoreException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;

/** The two halves of a device: the even blocks, and the odd ones. */
public final class Halves {
    /** All records are in memory, so what an image may claim is bounded. */
    private static final long MOST_BYTES = 64 * 1024 * 1024;

    private final BlockDevice device;
    private final Geometry geometry;

    /** The halves of a device under the geometry of its store. */
    public Halves(BlockDevice device) {
        this.device = device;
        this.geometry = device.geometry();
    }

    /** The device. */
    public BlockDevice device() {
        return device;
    }

    /** The bytes that the records of a snapshot may take; negative if the device is too small for any. */
    public int capacity() {
        boolean fits = geometry.blockSize() >= Header.BYTES && geometry.blockCount() >= 2;
        long half = geometry.blockCount() / 2 * geometry.blockSize();
        return fits ? (int) Math.min(MOST_BYTES, half - Header.BYTES) : -1;
    }

    /** The beginning of a half. */
    public Position position(int half, String structure) {
        return new Position(device.name(), half, 0, structure);
    }

    /**
     * Looks what a half holds.
     *
     * @param half 0 or 1
     * @throws DeviceException if the device fails, so that nobody knows; a block that the medium says is bad holds no snapshot
     */
    public Half examine(int half) throws DeviceException {
        try {
            return read(half);
        } catch (CorruptStoreException e) {
            return new Half.Broken(e);
        } catch (StoreException e) {
            HostFailure.passOn(e);
            long block = e instanceof BadBlockException bad ? bad.block() : half;
            Position where = new Position(device.name(), block, 0, "snapshot");
            return new Half.Broken(new CorruptStoreException(where, "a snapshot", "a bad block"));
        }
    }

    private Half read(int half) throws StoreException {
        Position where = position(half, "snapshot header");
        if (capacity() < 0) {
            throw new CorruptStoreException(where, "two blocks of at least " + Header.BYTES + " bytes", geometry + "");
        }
        byte[] start = read(half, Header.BYTES);
        if (isBlank(start)) {
            return new Half.Blank();
        }
        Header header =
                Header.decode(start).orElseThrow(() -> new CorruptStoreException(where, "a header", "something else"));
        if (header.length() > capacity()) {
            throw new CorruptStoreException(where, "at most " + capacity() + " bytes", header.length() + " bytes");
        }
        byte[] all = read(half, Header.BYTES + header.length());
        byte[] records = Arrays.copyOfRange(all, Header.BYTES, all.length);
        if (!header.covers(records)) {
            throw new CorruptStoreException(where, "the checksum of the snapshot", "another one");
        }
        if (header.blockSize() != geometry.blockSize() || header.blockCount() > geometry.blockCount()) {
            String found = header.blockCount() + " blocks of " + header.blockSize();
            throw new CorruptStoreException(where, "a device of " + geometry, found);
        }
        Optional<NavigableMap<byte[], byte[]>> decoded = Records.decode(records);
        return new Half.Valid(
                header, decoded.orElseThrow(() -> new CorruptStoreException(where, "records", "something else")));
    }

    /** What an erase leaves, or zeros where that is unspecified. */
    private boolean isBlank(byte[] bytes) {
        byte blank = (byte) geometry.erased().byteValue().orElse(0);
        for (byte each : bytes) {
            if (each != blank) {
                return false;
            }
        }
        return true;
    }

    private byte[] read(int half, int length) throws DeviceException {
        byte[] bytes = new byte[length];
        for (int done = 0, block = half; done < length; done += geometry.blockSize(), block += 2) {
            int wanted = Math.min(length - done, geometry.blockSize());
            ByteBuffer units = ByteBuffer.allocate(roundedUp(wanted, geometry.readSize()));
            device.read(geometry.startOf(block), units);
            units.flip().get(bytes, done, wanted);
        }
        return bytes;
    }

    private static int roundedUp(int length, int unit) {
        return (length + unit - 1) / unit * unit;
    }

    /**
     * Writes a snapshot, durably. Until the last of its blocks is on the medium the checksum is wrong and the other half counts,
     * so a power loss at any time leaves the old state or the new one.
     *
     * @param half 0 or 1; not the one that counts
     * @throws NoSpaceException if the records do not fit; nothing was written
     * @throws StoreException for this, or if the device fails
     */
    public void write(int half, long generation, NavigableMap<byte[], byte[]> records) throws StoreException {
        long length = Records.length(records);
        if (length > capacity()) {
            throw new NoSpaceException(
                    "the records", OptionalLong.of(length), OptionalLong.of(Math.max(0, capacity())));
        }
        byte[] encoded = Records.encode(records);
        Header header = Header.of(geometry.blockSize(), (int) geometry.blockCount(), generation, encoded);
        byte[] all = Arrays.copyOf(header.encode(), Header.BYTES + encoded.length);
        System.arraycopy(encoded, 0, all, Header.BYTES, encoded.length);
        for (int done = 0, block = half; done < all.length; done += geometry.blockSize(), block += 2) {
            write(block, Arrays.copyOfRange(all, done, Math.min(all.length, done + geometry.blockSize())));
        }
        device.sync();
    }

    /** Erases a block and programs its beginning, filled up with zeros to whole units. */
    private void write(long block, byte[] bytes) throws DeviceException {
        device.erase(block);
        byte[] units = Arrays.copyOf(bytes, roundedUp(bytes.length, geometry.programSize()));
        device.program(geometry.startOf(block), ByteBuffer.wrap(units));
    }

    /** Makes a half hold nothing, durably. */
    public void blank(int half) throws DeviceException {
        if (geometry.erased().byteValue().isEmpty()) {
            write(half, new byte[Header.BYTES]);
        } else {
            device.erase(half);
        }
        device.sync();
    }
}

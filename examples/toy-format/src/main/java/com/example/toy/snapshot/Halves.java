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

/** The two halves of a device. */
public final class Halves {
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
    public long capacity() {
        return Math.min(Integer.MAX_VALUE - 8, halfBytes() - Header.BYTES);
    }

    private long halfBlocks() {
        return geometry.blockCount() / 2;
    }

    private long halfBytes() {
        return halfBlocks() * geometry.blockSize();
    }

    /** A place in a half. */
    public Position position(int half, String structure) {
        return new Position(device.name(), half * halfBlocks(), 0, structure);
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
            long block = e instanceof BadBlockException bad ? bad.block() : half * halfBlocks();
            Position where = new Position(device.name(), block, 0, "snapshot");
            return new Half.Broken(new CorruptStoreException(where, "a snapshot", "a bad block"));
        }
    }

    private Half read(int half) throws StoreException {
        Position where = position(half, "snapshot header");
        if (capacity() < 0) {
            throw new CorruptStoreException(where, "two halves of at least " + Header.BYTES + " bytes", geometry + "");
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
        int unit = geometry.readSize();
        ByteBuffer bytes = ByteBuffer.allocate((length + unit - 1) / unit * unit);
        device.read(half * halfBytes(), bytes);
        return Arrays.copyOf(bytes.array(), length);
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
        for (int done = 0, block = 0; done < all.length; done += geometry.blockSize(), block++) {
            byte[] piece = Arrays.copyOfRange(all, done, Math.min(all.length, done + geometry.blockSize()));
            write(half * halfBlocks() + block, piece);
        }
        device.sync();
    }

    /** Erases a block and programs its beginning, filled up with zeros to whole units. */
    private void write(long block, byte[] bytes) throws DeviceException {
        int unit = geometry.programSize();
        device.erase(block);
        byte[] units = Arrays.copyOf(bytes, (bytes.length + unit - 1) / unit * unit);
        device.program(geometry.startOf(block), ByteBuffer.wrap(units));
    }

    /** Makes a half hold nothing, durably. */
    public void blank(int half) throws DeviceException {
        long block = half * halfBlocks();
        device.erase(block);
        if (geometry.erased().byteValue().isEmpty()) {
            write(block, new byte[Header.BYTES]);
        }
        device.sync();
    }
}

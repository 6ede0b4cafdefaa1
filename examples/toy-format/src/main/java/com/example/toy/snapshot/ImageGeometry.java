package com.example.toy.snapshot;

import com.example.toy.layout.Header;
import dev.morgana.spi.backend.HostFailure;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.DeviceIoException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The geometry that an image tells, from whichever of its headers can be read. */
public final class ImageGeometry {
    private static final int LARGEST_BLOCK = 1 << 20;

    private final BlockDevice device;
    private final Geometry own;

    private ImageGeometry(BlockDevice device) {
        this.device = device;
        this.own = device.geometry();
    }

    /**
     * The halves of an image, if one of them is whole.
     *
     * @throws DeviceException if the device fails
     */
    public static Optional<Halves> find(BlockDevice device) throws DeviceException {
        ImageGeometry image = new ImageGeometry(device);
        for (Header header : image.headers()) {
            Optional<Halves> halves = image.halves(header);
            if (halves.isPresent()
                    && (halves.get().examine(0) instanceof Half.Valid
                            || halves.get().examine(1) instanceof Half.Valid)) {
                return halves;
            }
        }
        return Optional.empty();
    }

    /** What looks like the header of the first half, and of the second one, which is a block further. */
    private List<Header> headers() throws DeviceException {
        List<Header> headers = new ArrayList<>();
        header(0).ifPresent(headers::add);
        for (int size = Integer.highestOneBit(Header.BYTES) << 1; size <= LARGEST_BLOCK; size <<= 1) {
            int blockSize = size;
            header(size).filter(header -> header.blockSize() == blockSize).ifPresent(headers::add);
        }
        return headers;
    }

    private Optional<Header> header(long position) throws DeviceException {
        int unit = own.readSize();
        ByteBuffer bytes = ByteBuffer.allocate((Header.BYTES + unit - 1) / unit * unit);
        if (position % unit != 0 || position + bytes.capacity() > own.sizeBytes()) {
            return Optional.empty();
        }
        try {
            device.read(position, bytes);
            return Header.decode(bytes.array());
        } catch (DeviceException e) {
            HostFailure.passOn(e);
            return Optional.empty(); // a bad block; the other half has a header too
        }
    }

    private Optional<Halves> halves(Header header) throws DeviceException {
        try {
            Geometry told = own.withUnits(own.readSize(), own.programSize(), header.blockSize());
            if (header.blockCount() > told.blockCount()) {
                return Optional.empty();
            }
            return Optional.of(new Halves(device.reshape(told.withBlockCount(header.blockCount()))));
        } catch (IllegalArgumentException | DeviceIoException e) {
            return Optional.empty(); // the header lies: no such blocks can be made of this device
        }
    }
}

package dev.morgana.embedkv.record;

import dev.morgana.embedkv.layout.BlockSize;
import dev.morgana.embedkv.layout.PeerError;
import dev.morgana.embedkv.layout.StorageHeader;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Makes stores. */
public final class Formatting {
    private static final long U32 = 0xffffffffL;

    private Formatting() {}

    /** Makes an empty store: no header anywhere, then nothing else, then the headers. */
    public static void format(List<BlockDevice> devices, Settings settings) throws StoreException {
        int size = settings.blockSize() == 0 ? devices.get(0).geometry().blockSize() : settings.blockSize();
        if (size < BlockSize.LEAST) {
            throw PeerError.INVALID_BLOCK_SIZE.on(
                    new InvalidOptionException("blockSize", size + ", must be at least " + BlockSize.LEAST));
        }
        List<Blocks> replicas = new ArrayList<>();
        int count = settings.blockCount() == 0 ? smallest(devices, size) : settings.blockCount();
        for (BlockDevice device : devices) {
            replicas.add(DeviceShape.blocks(device, size, count, settings.freePattern()));
        }
        boolean used = false;
        for (Blocks blocks : replicas) {
            used |= Clearing.isNeeded(blocks);
        }
        if (used) {
            clear(replicas);
        }
        writeHeaders(replicas, settings);
    }

    private static int smallest(List<BlockDevice> devices, int size) throws NoSpaceException {
        long smallest = Integer.MAX_VALUE;
        for (BlockDevice device : devices) {
            smallest = Math.min(smallest, device.geometry().sizeBytes() / size);
        }
        if (smallest == 0) {
            throw PeerError.STORAGE_FULL.on(
                    new NoSpaceException("a store", OptionalLong.of(size), OptionalLong.empty()));
        }
        return (int) smallest;
    }

    /** The headers go first, so that a power loss meanwhile does not leave a store with some of its records. */
    private static void clear(List<Blocks> replicas) throws DeviceException {
        for (Blocks blocks : replicas) {
            blocks.free(0);
            blocks.sync();
        }
        for (Blocks blocks : replicas) {
            Clearing.clear(blocks);
            blocks.sync();
        }
    }

    private static void writeHeaders(List<Blocks> replicas, Settings settings) throws DeviceException {
        for (int i = 0; i < replicas.size(); i++) {
            writeHeader(replicas.get(i), settings, i);
        }
    }

    static void writeHeader(Blocks blocks, Settings settings, int position) throws DeviceException {
        long replica = (settings.replicaId() + position) & U32;
        StorageHeader header = StorageHeader.of(blocks.size(), blocks.count(), replica, settings.formatSeq());
        blocks.write(0, header.encode());
        blocks.sync();
    }
}

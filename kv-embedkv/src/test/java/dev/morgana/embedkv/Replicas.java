package dev.morgana.embedkv;

import dev.morgana.block.drivers.layer.PowerCutDevice;
import dev.morgana.block.drivers.layer.PowerSwitch;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.tck.device.RamDevice;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Replicas in memory that things happen to, also under an open store. */
final class Replicas {
    private final int blockSize;
    private final List<RamDevice> media = new ArrayList<>();
    private final List<PowerSwitch> power = new ArrayList<>();

    /** Replicas over copies of images. */
    Replicas(int blockSize, List<byte[]> images) {
        this.blockSize = blockSize;
        for (byte[] image : images) {
            media.add(ram(image));
            power.add(new PowerSwitch());
        }
    }

    /** Replicas of an empty store. */
    static Replicas formatted(int count, int blockSize, int blocks) throws StoreException {
        List<byte[]> images = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            images.add(new byte[blockSize * blocks]);
        }
        Replicas replicas = new Replicas(blockSize, images);
        EmbedKv.format(replicas.devices(), Options.none());
        return replicas;
    }

    private RamDevice ram(byte[] image) {
        Geometry geometry = Geometry.ofBlocks(blockSize, image.length / blockSize);
        return RamDevice.of(geometry.withErased(ErasedState.UNDEFINED), image);
    }

    int count() {
        return media.size();
    }

    /** Devices over the media as they are now; those that were open before are none any more. */
    List<BlockDevice> devices() {
        List<BlockDevice> devices = new ArrayList<>();
        for (int i = 0; i < count(); i++) {
            media.set(i, ram(media.get(i).image()));
            devices.add(PowerCutDevice.of(media.get(i), power.get(i)));
        }
        return devices;
    }

    FlatStore open() throws StoreException {
        return EmbedKv.open(devices(), Options.none()).store();
    }

    byte[] image(int replica) {
        return media.get(replica).image();
    }

    List<byte[]> images() {
        return media.stream().map(RamDevice::image).toList();
    }

    /** Puts another medium in the place of one, possibly of another size. No store is open. */
    void replace(int replica, byte[] image) {
        media.set(replica, ram(image));
    }

    /** Changes bytes, also under an open store. */
    void overwrite(int replica, int position, byte[] bytes) throws StoreException {
        BlockDevice bytewise =
                media.get(replica).reshape(media.get(replica).geometry().withUnits(1, 1, blockSize));
        bytewise.program(position, ByteBuffer.wrap(bytes));
    }

    /** Flips one bit, also under an open store. */
    void flip(int replica, int position, int bit) throws StoreException {
        overwrite(replica, position, new byte[] {(byte) (image(replica)[position] ^ (1 << bit))});
    }

    /** From now on every request to a replica fails. */
    void fail(int replica) {
        power.get(replica).cut();
    }

    /** Requests to a replica succeed again. */
    void heal(int replica) {
        power.get(replica).restore();
    }
}

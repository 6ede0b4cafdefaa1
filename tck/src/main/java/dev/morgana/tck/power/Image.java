package dev.morgana.tck.power;

import dev.morgana.spi.block.Geometry;
import java.util.Arrays;

/**
 * The bytes of one or more equal devices, as blocks that are numbered through. Images share the arrays of blocks that are
 * the same, so an array is never changed once an image has it; that is what makes thousands of images affordable.
 */
final class Image {
    private final Geometry geometry;
    private final int devices;
    private final byte[][] blocks;

    private Image(Geometry geometry, int devices, byte[][] blocks) {
        this.geometry = geometry;
        this.devices = devices;
        this.blocks = blocks;
    }

    /** Erased devices; zeros where the erased state is undefined. */
    static Image erased(Geometry geometry, int devices) {
        byte[][] blocks = new byte[Math.toIntExact(geometry.blockCount() * devices)][];
        byte[] erased = new byte[geometry.blockSize()];
        Arrays.fill(erased, (byte) geometry.erased().byteValue().orElse(0));
        Arrays.fill(blocks, erased);
        return new Image(geometry, devices, blocks);
    }

    Image copy() {
        return new Image(geometry, devices, blocks.clone());
    }

    Geometry geometry() {
        return geometry;
    }

    int devices() {
        return devices;
    }

    /** The number of a device's block among the blocks of all devices. */
    int block(int device, long block) {
        return Math.toIntExact(device * geometry.blockCount() + block);
    }

    /** The device that a block belongs to. */
    int deviceOf(int block) {
        return (int) (block / geometry.blockCount());
    }

    byte[] get(int block) {
        return blocks[block];
    }

    void put(int block, byte[] content) {
        assert content.length == geometry.blockSize();
        blocks[block] = content;
    }

    /** All bytes of one device. */
    byte[] bytes(int device) {
        byte[] bytes = new byte[Math.toIntExact(geometry.sizeBytes())];
        for (int block = 0; block < geometry.blockCount(); block++) {
            System.arraycopy(
                    blocks[block(device, block)], 0, bytes, block * geometry.blockSize(), geometry.blockSize());
        }
        return bytes;
    }

    /** A device's image from its bytes. */
    void putBytes(int device, byte[] bytes) {
        for (int block = 0; block < geometry.blockCount(); block++) {
            int start = block * geometry.blockSize();
            put(block(device, block), Arrays.copyOfRange(bytes, start, start + geometry.blockSize()));
        }
    }
}

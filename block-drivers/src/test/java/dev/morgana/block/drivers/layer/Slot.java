package dev.morgana.block.drivers.layer;

import dev.morgana.spi.block.BlockDevice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * The victim: a store of one number in one block, rewritten in place. It trusts its device in everything, and its checksum
 * tells when that was wrong.
 */
final class Slot {
    private static final int RECORD = 16;

    private final BlockDevice device;
    private final long block;

    Slot(BlockDevice device, long block) {
        this.device = device;
        this.block = block;
    }

    void set(long value) throws IOException {
        device.erase(block);
        write(value);
        device.sync();
    }

    /** Forgets the erase. */
    void write(long value) throws IOException {
        ByteBuffer record = ByteBuffer.allocate(RECORD).putLong(value).putLong(checksum(value));
        device.program(device.geometry().startOf(block), record.flip());
    }

    /** The number, or empty if the record is damaged. */
    Optional<Long> get() throws IOException {
        ByteBuffer record = ByteBuffer.allocate(RECORD);
        device.read(device.geometry().startOf(block), record);
        long value = record.getLong(0);
        return record.getLong(8) == checksum(value) ? Optional.of(value) : Optional.empty();
    }

    private static long checksum(long value) {
        CRC32 crc = new CRC32();
        crc.update(ByteBuffer.allocate(8).putLong(0, value));
        return crc.getValue() | 0x5107L << 32; // no run of equal bytes is a record
    }
}

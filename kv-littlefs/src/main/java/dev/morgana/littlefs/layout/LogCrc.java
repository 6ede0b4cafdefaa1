package dev.morgana.littlefs.layout;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * The checksum of littlefs (section 4.4): CRC-32 with the reflected polynomial {@code 0xedb88320}, begun with all ones and
 * not inverted at the end.
 */
public final class LogCrc {
    private final CRC32 crc = new CRC32();

    /** Begins anew. */
    public void reset() {
        crc.reset();
    }

    /** Adds the bytes from the buffer's position to its limit; the buffer stays as it is. */
    public void update(ByteBuffer bytes) {
        crc.update(bytes.duplicate());
    }

    /** Adds bytes. */
    public void update(byte[] bytes) {
        crc.update(bytes);
    }

    /** The checksum of what was added since the beginning. The JDK's class inverts at the end, littlefs does not. */
    public int value() {
        return ~(int) crc.getValue();
    }
}

package dev.morgana.lsm.layout;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/** The bytes of a page, or of its beginning. Every integer of the format is little-endian. */
final class PageBytes {
    private PageBytes() {}

    static ByteBuffer of(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    static int u16(ByteBuffer bytes, int offset) {
        return Short.toUnsignedInt(bytes.getShort(offset));
    }

    static long u32(ByteBuffer bytes, int offset) {
        return Integer.toUnsignedLong(bytes.getInt(offset));
    }

    static int checksum(byte[] bytes, int offset, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    /** Tells whether bytes are as an erase leaves them. */
    static boolean isErased(byte[] bytes, int from, int to, byte eraseValue) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != eraseValue) {
                return false;
            }
        }
        return true;
    }
}

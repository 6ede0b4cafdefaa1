package dev.morgana.embedkv;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/** Changes images by hand, without the code under test. */
final class Images {
    private static final int CHECKSUM_BYTES = 4;

    private Images() {}

    /** Makes the checksum of a block right: CRC-32 over all of it, its own four bytes taken as zero (section 6). */
    static void seal(byte[] image, int block, int blockSize) {
        int end = (block + 1) * blockSize - CHECKSUM_BYTES;
        CRC32 crc = new CRC32();
        crc.update(image, block * blockSize, blockSize - CHECKSUM_BYTES);
        crc.update(new byte[CHECKSUM_BYTES]);
        ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN).putInt(end, (int) crc.getValue());
    }
}

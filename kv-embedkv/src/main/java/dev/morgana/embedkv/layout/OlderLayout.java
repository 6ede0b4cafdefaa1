package dev.morgana.embedkv.layout;

import java.util.zip.CRC32;

/** The layout that was called version 1.0 before the present one (section 22). It is recognised, and not read. */
public final class OlderLayout {
    private static final int CHECKSUM = 28;

    private OlderLayout() {}

    /** Tells whether block 0 is a header of the older layout: its checksum lies behind the fields, not at the end. */
    public static boolean isHeader(byte[] block) {
        if (block.length <= BlockSize.LEAST_OPENED || !StorageHeader.isAnnounced(block)) {
            return false;
        }
        int behind = CHECKSUM + BlockChecksum.BYTES;
        CRC32 crc = new CRC32();
        crc.update(block, 0, CHECKSUM);
        crc.update(new byte[BlockChecksum.BYTES]);
        crc.update(block, behind, block.length - behind);
        return crc.getValue() == BlockBytes.u32(BlockBytes.of(block), CHECKSUM);
    }
}

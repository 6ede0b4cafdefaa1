package dev.morgana.pwkvs.layout;

import java.nio.charset.StandardCharsets;

/** An entry of a format of our own that no store has: as long as it is there, the partition is being formatted. */
public final class FormatMark {
    private static final EntryFormat FORMAT = new EntryFormat(0x7e39a1d4, ChecksumAlgorithm.CRC32);
    private static final byte[] KEY = "formatting".getBytes(StandardCharsets.US_ASCII);

    private FormatMark() {}

    /** Whether a format is that of the mark. */
    public static boolean is(EntryFormat format) {
        return format.equals(FORMAT);
    }

    /** The bytes of the mark on a partition that is written in units of so many bytes. */
    public static byte[] encode(int alignment) {
        return EntryImage.encode(FORMAT, alignment, KEY, new byte[0], 1);
    }
}

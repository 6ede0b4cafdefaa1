package dev.morgana.crypt.layout;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What stands before the segments of a sealed value.
 *
 * @param epoch the epoch that it was sealed in, which tells the data key of the key ring
 * @param version the version of the value
 */
public record ValueHeader(int epoch, Version version) {
    private static final byte FORMAT = 2;

    /** Its length in bytes. */
    public static final int LENGTH = 1 + Integer.BYTES + Version.LENGTH;

    /** The bytes of the header. */
    public byte[] encode() {
        return ByteBuffer.allocate(LENGTH)
                .put(FORMAT)
                .putInt(epoch)
                .put(version.bytes())
                .array();
    }

    /** Reads a header from the beginning of a sealed value; empty if there is none. */
    public static Optional<ValueHeader> decode(byte[] sealed) {
        if (sealed.length < LENGTH || sealed[0] != FORMAT) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(sealed, 1, LENGTH - 1);
        int epoch = buffer.getInt();
        byte[] version = new byte[Version.LENGTH];
        buffer.get(version);
        return Optional.of(new ValueHeader(epoch, new Version(version)));
    }
}

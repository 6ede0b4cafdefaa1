package dev.morgana.crypt.layout;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What stands before the segments of a sealed value.
 *
 * @param generation which data key of the key ring it is sealed under
 * @param version the version of the value
 */
public record ValueHeader(int generation, Version version) {
    private static final byte FORMAT = 1;

    /** Its length in bytes. */
    public static final int LENGTH = 1 + Integer.BYTES + Version.LENGTH;

    /** The bytes of the header. */
    public byte[] encode() {
        return ByteBuffer.allocate(LENGTH)
                .put(FORMAT)
                .putInt(generation)
                .put(version.bytes())
                .array();
    }

    /** Reads a header from the beginning of a sealed value; empty if there is none. */
    public static Optional<ValueHeader> decode(byte[] sealed) {
        if (sealed.length < LENGTH || sealed[0] != FORMAT) {
            return Optional.empty();
        }
        ByteBuffer buffer = ByteBuffer.wrap(sealed, 1, LENGTH - 1);
        int generation = buffer.getInt();
        byte[] version = new byte[Version.LENGTH];
        buffer.get(version);
        return Optional.of(new ValueHeader(generation, new Version(version)));
    }
}

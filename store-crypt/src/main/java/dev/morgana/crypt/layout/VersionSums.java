package dev.morgana.crypt.layout;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What the version index keeps: the sum over all values of a keyed hash of name and version. While a change is under way there
 * are two, and after a power loss either is right.
 *
 * <pre>
 *   0          32         64
 *   +----------+----------+
 *   | settled  | next     |
 *   +----------+----------+
 * </pre>
 *
 * @param settled before the change
 * @param next after the change; equal to {@code settled} if none is under way
 */
public record VersionSums(VersionSum settled, VersionSum next) {
    /** The bytes. */
    public byte[] encode() {
        return ByteBuffer.allocate(2 * VersionSum.LENGTH)
                .put(settled.encode())
                .put(next.encode())
                .array();
    }

    /** Reads the sums; empty if the bytes are none. */
    public static Optional<VersionSums> decode(byte[] bytes) {
        if (bytes.length != 2 * VersionSum.LENGTH) {
            return Optional.empty();
        }
        return Optional.of(new VersionSums(VersionSum.decode(bytes, 0), VersionSum.decode(bytes, VersionSum.LENGTH)));
    }
}

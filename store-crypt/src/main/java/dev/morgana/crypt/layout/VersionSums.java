package dev.morgana.crypt.layout;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * What the version index keeps: the sum over all values of a keyed hash of name and version. While a change is under way there
 * are two, and after a power loss either is right. A change that takes many values with it, and may be interrupted between them,
 * also says which: all whose names begin with a prefix.
 *
 * <pre>
 *   0          32         64         96
 *   +----------+----------+----------+-----------+
 *   | settled  | next     | without  | prefix    |     the last two while many values go
 *   +----------+----------+----------+-----------+
 * </pre>
 *
 * @param settled before the change
 * @param next after the change; equal to {@code settled} if none is under way
 * @param going the values that the change takes away
 */
public record VersionSums(VersionSum settled, VersionSum next, Optional<Going> going) {
    private static final int PLAIN = 2 * VersionSum.LENGTH;

    /**
     * Values that are being removed.
     *
     * @param without the settled sum without them
     * @param prefix how their names begin
     */
    public record Going(VersionSum without, byte[] prefix) {
        /** Whether a name is one of theirs. */
        public boolean covers(byte[] name) {
            return begins(name, prefix);
        }

        /** Whether a name begins with a prefix. */
        public static boolean begins(byte[] name, byte[] prefix) {
            return name.length >= prefix.length && Arrays.equals(name, 0, prefix.length, prefix, 0, prefix.length);
        }
    }

    /** Sums with no change under way. */
    public static VersionSums settled(VersionSum sum) {
        return new VersionSums(sum, sum, Optional.empty());
    }

    /** The bytes. */
    public byte[] encode() {
        int more = going.isPresent() ? VersionSum.LENGTH + going.get().prefix().length : 0;
        ByteBuffer buffer = ByteBuffer.allocate(PLAIN + more);
        buffer.put(settled.encode()).put(next.encode());
        going.ifPresent(values -> buffer.put(values.without().encode()).put(values.prefix()));
        return buffer.array();
    }

    /** Reads the sums; empty if the bytes are none. */
    public static Optional<VersionSums> decode(byte[] bytes) {
        if (bytes.length != PLAIN && bytes.length < PLAIN + VersionSum.LENGTH) {
            return Optional.empty();
        }
        Optional<Going> going = bytes.length == PLAIN
                ? Optional.empty()
                : Optional.of(new Going(
                        VersionSum.decode(bytes, PLAIN),
                        Arrays.copyOfRange(bytes, PLAIN + VersionSum.LENGTH, bytes.length)));
        return Optional.of(
                new VersionSums(VersionSum.decode(bytes, 0), VersionSum.decode(bytes, VersionSum.LENGTH), going));
    }
}

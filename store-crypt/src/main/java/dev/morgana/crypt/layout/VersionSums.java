package dev.morgana.crypt.layout;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the version index keeps: the sum over all values of a keyed hash of name and version. While a change is under way there
 * are two, and after a power loss either is right. A change that takes many values with it, and may be interrupted between them,
 * also says which: by the first bytes of their hashes.
 *
 * <pre>
 *   0          32         64         96            112
 *   +----------+----------+----------+-------------+--
 *   | settled  | next     | without  | a hash (16) | ...    all but the first two while many values go
 *   +----------+----------+----------+-------------+--
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
     * @param hashes the first {@link #HASH} bytes of the hash of each
     */
    public record Going(VersionSum without, List<byte[]> hashes) {
        /** Length in bytes of what tells one value. Nobody without the key can make another value that has the same. */
        public static final int HASH = 16;

        /** The part of a value's hash that tells it. */
        public static byte[] part(byte[] hash) {
            return Arrays.copyOf(hash, HASH);
        }

        /** Sets of parts, for looking up many. */
        public Set<ByteBuffer> asSet() {
            Set<ByteBuffer> set = new HashSet<>();
            hashes.forEach(hash -> set.add(ByteBuffer.wrap(hash)));
            return set;
        }
    }

    /** Sums with no change under way. */
    public static VersionSums settled(VersionSum sum) {
        return new VersionSums(sum, sum, Optional.empty());
    }

    /** The length of sums that tell of so many values. */
    public static long length(long values) {
        return PLAIN + (values == 0 ? 0 : VersionSum.LENGTH + values * Going.HASH);
    }

    /** The bytes. */
    public byte[] encode() {
        int values = going.map(removed -> removed.hashes().size()).orElse(0);
        ByteBuffer buffer = ByteBuffer.allocate(Math.toIntExact(length(values)));
        buffer.put(settled.encode()).put(next.encode());
        if (values > 0) {
            buffer.put(going.orElseThrow().without().encode());
            going.orElseThrow().hashes().forEach(buffer::put);
        }
        return buffer.array();
    }

    /** Reads the sums; empty if the bytes are none. */
    public static Optional<VersionSums> decode(byte[] bytes) {
        int more = bytes.length - PLAIN;
        if (more != 0 && (more < VersionSum.LENGTH + Going.HASH || (more - VersionSum.LENGTH) % Going.HASH != 0)) {
            return Optional.empty();
        }
        return Optional.of(new VersionSums(
                VersionSum.decode(bytes, 0),
                VersionSum.decode(bytes, VersionSum.LENGTH),
                more == 0 ? Optional.empty() : Optional.of(going(bytes))));
    }

    private static Going going(byte[] bytes) {
        List<byte[]> hashes = new ArrayList<>();
        for (int at = PLAIN + VersionSum.LENGTH; at < bytes.length; at += Going.HASH) {
            hashes.add(Arrays.copyOfRange(bytes, at, at + Going.HASH));
        }
        return new Going(VersionSum.decode(bytes, PLAIN), hashes);
    }
}

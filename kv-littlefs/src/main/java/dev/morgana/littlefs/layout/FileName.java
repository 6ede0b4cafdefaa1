package dev.morgana.littlefs.layout;

import dev.morgana.spi.key.Key;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The name of an entry: bytes, not text. The order is that of entries in a directory (section 8.1): unsigned bytes, and where
 * one name begins with the other, the longer one first.
 */
public final class FileName implements Comparable<FileName> {
    /** The name of an entry that has none yet. */
    public static final FileName EMPTY = new FileName(new byte[0]);

    private final byte[] bytes;
    private final int hash;

    /** Takes the array over; nobody may change it afterwards. */
    public FileName(byte[] bytes) {
        this.bytes = bytes;
        this.hash = Arrays.hashCode(bytes);
    }

    /** A copy of the bytes. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    /** In bytes. */
    public int length() {
        return bytes.length;
    }

    /** Whether a path can have this name as a segment. */
    public boolean isSegment() {
        for (byte b : bytes) {
            if (b == '/') {
                return false;
            }
        }
        return bytes.length > 0;
    }

    /** Whether the C implementation gives this name a meaning of its own, or cannot express it: {@code .}, {@code ..}, NUL. */
    public boolean isSpecial() {
        boolean dots = bytes.length <= 2;
        for (byte b : bytes) {
            if (b == 0) {
                return true;
            }
            dots &= b == '.';
        }
        return dots;
    }

    @Override
    public int compareTo(FileName other) {
        int common = Math.min(bytes.length, other.bytes.length);
        int order = Arrays.compareUnsigned(bytes, 0, common, other.bytes, 0, common);
        return order != 0 ? order : Integer.compare(other.bytes.length, bytes.length);
    }

    @Override
    public boolean equals(@Nullable Object object) {
        return object instanceof FileName other && hash == other.hash && Arrays.equals(bytes, other.bytes);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** The name for people, escaped as {@link Key#escape} does. */
    @Override
    public String toString() {
        return Key.escape(bytes);
    }
}

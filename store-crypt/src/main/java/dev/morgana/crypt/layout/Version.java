package dev.morgana.crypt.layout;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The version of a value: random bytes, drawn anew whenever the value is written. It is what makes the key of the value its
 * own, so no counter has to survive a crash, or the return of an older image, for no nonce to be used twice.
 *
 * @param bytes {@link #LENGTH} bytes, not copied
 */
public record Version(byte[] bytes) {
    /** Its length in bytes: so many that two equal ones are never drawn. */
    public static final int LENGTH = 24;

    public Version {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException(bytes.length + " bytes are no version");
        }
    }

    @Override
    public boolean equals(@Nullable Object object) {
        return object instanceof Version other && Arrays.equals(bytes, other.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}

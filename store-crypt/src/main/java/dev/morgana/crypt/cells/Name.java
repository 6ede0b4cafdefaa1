package dev.morgana.crypt.cells;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A name as the key of a map.
 *
 * @param bytes the name, not copied and not to be changed
 */
public record Name(byte[] bytes) {
    @Override
    public boolean equals(@Nullable Object object) {
        return object instanceof Name other && Arrays.equals(bytes, other.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}

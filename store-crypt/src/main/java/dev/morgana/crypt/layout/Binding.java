package dev.morgana.crypt.layout;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What every key of a store is bound to, so that nothing of one store opens in another one.
 *
 * <pre>
 *   0          16       18
 *   +----------+--------+-------+
 *   | store    | length | label |
 *   +----------+--------+-------+
 * </pre>
 *
 * @param store the identity of the store: {@link #STORE_LENGTH} random bytes
 * @param label what the opener says the store belongs to, such as a serial number, in UTF-8; empty for nothing. It is not stored.
 */
public record Binding(byte[] store, byte[] label) {
    /** The length of {@link #store}. */
    public static final int STORE_LENGTH = 16;

    /** No label is longer, in bytes. */
    public static final int MOST_LABEL = 1024;

    public Binding {
        if (store.length != STORE_LENGTH || label.length > MOST_LABEL) {
            throw new IllegalArgumentException(store.length + " bytes of identity, " + label.length + " of label");
        }
    }

    /** The bytes that go into each derivation. */
    public byte[] encode() {
        return ByteBuffer.allocate(STORE_LENGTH + Short.BYTES + label.length)
                .put(store)
                .putShort((short) label.length)
                .put(label)
                .array();
    }

    @Override
    public boolean equals(@Nullable Object object) {
        return object instanceof Binding other && Arrays.equals(encode(), other.encode());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(store);
    }
}

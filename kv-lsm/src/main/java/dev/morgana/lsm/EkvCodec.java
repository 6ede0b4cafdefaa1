package dev.morgana.lsm;

import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * How objects become bytes and bytes objects again, for {@link Ekv#asMap}. For keys the order of the bytes, unsigned and a
 * prefix first, is the order of the map.
 *
 * @param <T> the type of the objects
 */
public interface EkvCodec<T> {
    /** Text as UTF-8; bytes that are none become U+FFFD. Its order is that of code points. */
    EkvCodec<String> TEXT =
            of(text -> text.getBytes(StandardCharsets.UTF_8), bytes -> new String(bytes, StandardCharsets.UTF_8));

    /**
     * The bytes of an object.
     *
     * @param object the object
     * @return bytes that the caller may keep
     */
    byte[] encode(T object);

    /**
     * The object of some bytes.
     *
     * @param bytes the bytes, which the codec may keep
     * @return the object
     */
    T decode(byte[] bytes);

    /**
     * A codec of two functions.
     *
     * @param <T> the type of the objects
     * @param encoder see {@link #encode}
     * @param decoder see {@link #decode}
     * @return the codec
     */
    static <T> EkvCodec<T> of(Function<T, byte[]> encoder, Function<byte[], T> decoder) {
        return new EkvCodec<>() {
            @Override
            public byte[] encode(T object) {
                return encoder.apply(object);
            }

            @Override
            public T decode(byte[] bytes) {
                return decoder.apply(bytes);
            }
        };
    }
}

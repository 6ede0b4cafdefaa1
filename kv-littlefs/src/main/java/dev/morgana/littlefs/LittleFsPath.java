package dev.morgana.littlefs;

import dev.morgana.spi.key.Key;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A path as the C implementation reads it: names separated by slashes, a leading slash or not, {@code .} for nothing,
 * {@code ..} to take back the name before it, as text (littlefs page, section 8.3). Names are bytes; {@link #of(String)} takes
 * UTF-8. Immutable.
 */
public final class LittleFsPath {
    /** The root directory. */
    public static final LittleFsPath ROOT = of("/");

    private final byte[] bytes;

    private LittleFsPath(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * A path of text.
     *
     * @param path the path, encoded as UTF-8
     * @return the path
     */
    public static LittleFsPath of(String path) {
        return new LittleFsPath(path.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A path of bytes, for names that are not UTF-8.
     *
     * @param path the bytes; the caller may change them afterwards
     * @return the path
     */
    public static LittleFsPath ofBytes(byte[] path) {
        return new LittleFsPath(path.clone());
    }

    /**
     * The path of an entry of this directory.
     *
     * @param name the entry's name, as {@link LittleFsEntry#name()} has it
     * @return the longer path
     */
    public LittleFsPath child(byte[] name) {
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1 + name.length);
        longer[bytes.length] = '/';
        System.arraycopy(name, 0, longer, bytes.length + 1, name.length);
        return new LittleFsPath(longer);
    }

    /**
     * The bytes.
     *
     * @return a copy
     */
    public byte[] toBytes() {
        return bytes.clone();
    }

    /** The path as a key, for messages. */
    Key key() {
        return Key.ofBytes(bytes);
    }

    @Override
    public boolean equals(@Nullable Object object) {
        return object instanceof LittleFsPath other && Arrays.equals(bytes, other.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The path for people, control bytes escaped. */
    @Override
    public String toString() {
        return Key.escape(bytes);
    }
}

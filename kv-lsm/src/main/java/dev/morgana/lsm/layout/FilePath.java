package dev.morgana.lsm.layout;

import dev.morgana.spi.key.Key;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The path of a file in ekv-fs, and the keys that the file has: any bytes, none of which has a meaning (ekv-fs page, sections 2
 * and 11).
 */
public final class FilePath {
    private static final byte[] METADATA = {'m', ':'};
    private static final byte[] CHUNK = {'c', ':'};
    private static final byte COLON = ':';

    private final byte[] bytes;

    private FilePath(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A path of text. */
    public static FilePath of(String path) {
        return new FilePath(path.getBytes(StandardCharsets.UTF_8));
    }

    /** A path of bytes, which are copied. */
    public static FilePath of(byte[] path) {
        return new FilePath(path.clone());
    }

    /** A number of a chunk, and whose chunk it is. */
    public record Chunk(FilePath path, long number) {}

    /** The path of a metadata key; empty for other keys. */
    public static Optional<FilePath> ofMetadata(byte[] key) {
        return startsWith(key, METADATA)
                ? Optional.of(new FilePath(Arrays.copyOfRange(key, METADATA.length, key.length)))
                : Optional.empty();
    }

    /** Whether a key is one that files have. */
    public static boolean isOfFile(byte[] key) {
        return ofMetadata(key).isPresent() || ofChunk(key).isPresent();
    }

    /** What a chunk key says; empty for other keys. The number is behind the last colon, whatever colons the path has. */
    public static Optional<Chunk> ofChunk(byte[] key) {
        int colon = key.length - 1;
        while (colon >= CHUNK.length && key[colon] != COLON) {
            colon--;
        }
        if (!startsWith(key, CHUNK) || colon < CHUNK.length) {
            return Optional.empty();
        }
        FilePath path = new FilePath(Arrays.copyOfRange(key, CHUNK.length, colon));
        OptionalLong number = number(Arrays.copyOfRange(key, colon + 1, key.length));
        return number.isPresent() ? Optional.of(new Chunk(path, number.getAsLong())) : Optional.empty();
    }

    private static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    /** Decimal digits without leading zeros; what exceeds a long counts as the largest one, which no file has. */
    private static OptionalLong number(byte[] digits) {
        if (digits.length == 0 || (digits.length > 1 && digits[0] == '0')) {
            return OptionalLong.empty();
        }
        long number = 0;
        for (byte digit : digits) {
            if (digit < '0' || digit > '9') {
                return OptionalLong.empty();
            }
            number = number > (Long.MAX_VALUE - 9) / 10 ? Long.MAX_VALUE : number * 10 + digit - '0';
        }
        return OptionalLong.of(number);
    }

    /** The path itself. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The length of the path in bytes. */
    public int length() {
        return bytes.length;
    }

    /** The key of the metadata. */
    public byte[] metadataKey() {
        return joined(METADATA, bytes);
    }

    /** The key of a chunk. */
    public byte[] chunkKey(long number) {
        return joined(chunkPrefix(), Long.toString(number).getBytes(StandardCharsets.US_ASCII));
    }

    /** What the keys of all chunks begin with, and those of other paths that go on with a colon. */
    public byte[] chunkPrefix() {
        return joined(CHUNK, bytes, new byte[] {COLON});
    }

    /** What every metadata key begins with. */
    public static byte[] metadataPrefix() {
        return METADATA.clone();
    }

    /** What every chunk key begins with. */
    public static byte[] chunkPrefixOfAll() {
        return CHUNK.clone();
    }

    private static byte[] joined(byte[]... parts) {
        byte[] joined =
                new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
        int place = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, joined, place, part.length);
            place += part.length;
        }
        return joined;
    }

    @Override
    public boolean equals(@org.jspecify.annotations.Nullable Object other) {
        return other instanceof FilePath path && Arrays.equals(bytes, path.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The path as text; bytes that are no UTF-8 are replaced. */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The path for people, escaped. */
    @Override
    public String toString() {
        return "'" + Key.escape(bytes) + "'";
    }
}

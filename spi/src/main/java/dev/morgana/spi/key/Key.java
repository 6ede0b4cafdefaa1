package dev.morgana.spi.key;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The name of a value or dictionary: a list of segments, each a non-empty byte string without {@code '/'}. The empty list
 * is the {@linkplain #ROOT root dictionary}.
 *
 * <p>Segments are bytes, not Unicode text: names on flash need not be UTF-8, and every byte survives a round trip. The
 * segments {@code .} and {@code ..} are ordinary here; stores refuse to write them and never resolve them.
 *
 * <p>The order is by segments from the root, each compared as unsigned bytes, a prefix first. Instances are immutable and
 * safe for use by many threads.
 */
public final class Key implements Comparable<Key> {
    /** The root dictionary: no segments. */
    public static final Key ROOT = new Key(new byte[0][]);

    private static final byte SEPARATOR = '/';

    private final byte[][] segments;

    private Key(byte[][] segments) {
        this.segments = segments;
    }

    /**
     * Parses a path: split at {@code '/'}, empty pieces dropped, text encoded as UTF-8. So {@code a/b}, {@code /a/b} and
     * {@code //a///b/} are one key, and {@code ""} and {@code "/"} are the root. No escape is interpreted.
     *
     * @param path the path
     * @return the key
     * @throws IllegalArgumentException if the text holds an unpaired surrogate, which no byte sequence can express
     */
    public static Key of(String path) {
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8
                    .newEncoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .encode(java.nio.CharBuffer.wrap(path));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return ofBytes(bytes);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("path is not valid Unicode text: " + path, e);
        }
    }

    /**
     * Parses a path of bytes, as {@link #of(String)} does for text.
     *
     * @param path the path; it is copied
     * @return the key
     */
    public static Key ofBytes(byte[] path) {
        List<byte[]> pieces = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= path.length; i++) {
            if (i == path.length || path[i] == SEPARATOR) {
                if (i > start) {
                    pieces.add(Arrays.copyOfRange(path, start, i));
                }
                start = i + 1;
            }
        }
        return pieces.isEmpty() ? ROOT : new Key(pieces.toArray(byte[][]::new));
    }

    /**
     * The key of one child of this key.
     *
     * @param segment the child's name, encoded as UTF-8
     * @return the child's key
     * @throws IllegalArgumentException if the segment is empty or holds {@code '/'}
     */
    public Key child(String segment) {
        return child(segment.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The key of one child of this key.
     *
     * @param segment the child's name; it is copied
     * @return the child's key
     * @throws IllegalArgumentException if the segment is empty or holds {@code '/'}
     */
    public Key child(byte[] segment) {
        if (segment.length == 0) {
            throw new IllegalArgumentException("segment is empty (below " + this + ")");
        }
        for (byte b : segment) {
            if (b == SEPARATOR) {
                throw new IllegalArgumentException("segment holds '/': " + escape(segment) + " (below " + this + ")");
            }
        }
        byte[][] longer = Arrays.copyOf(segments, segments.length + 1);
        longer[segments.length] = segment.clone();
        return new Key(longer);
    }

    /**
     * Concatenates the segments of this key and another one.
     *
     * @param other the key whose segments follow
     * @return the longer key
     */
    public Key append(Key other) {
        if (other.isRoot()) {
            return this;
        }
        byte[][] longer = Arrays.copyOf(segments, segments.length + other.segments.length);
        System.arraycopy(other.segments, 0, longer, segments.length, other.segments.length);
        return new Key(longer);
    }

    /**
     * The key without its last segment.
     *
     * @return the parent; of the root the root
     */
    public Key parent() {
        return segments.length <= 1 ? ROOT : new Key(Arrays.copyOf(segments, segments.length - 1));
    }

    /**
     * The first segments of this key.
     *
     * @param depth how many, from 0 to {@link #depth()}
     * @return the ancestor at that depth, this key at its own depth
     * @throws IndexOutOfBoundsException if the depth is out of range
     */
    public Key ancestor(int depth) {
        java.util.Objects.checkIndex(depth, segments.length + 1);
        if (depth == 0) {
            return ROOT;
        }
        return depth == segments.length ? this : new Key(Arrays.copyOf(segments, depth));
    }

    /**
     * The last segment as text, for people: bytes that are not UTF-8 are replaced. Use {@link #nameBytes()} to work with it.
     *
     * @return the name; of the root the empty string
     */
    public String name() {
        return new String(nameBytes(), StandardCharsets.UTF_8);
    }

    /**
     * The last segment.
     *
     * @return a copy of its bytes; of the root an empty array
     */
    public byte[] nameBytes() {
        return segments.length == 0 ? new byte[0] : segments[segments.length - 1].clone();
    }

    /**
     * One segment.
     *
     * @param index its index, from 0 for the one next to the root to {@code depth() - 1}
     * @return a copy of its bytes
     * @throws IndexOutOfBoundsException if the index is out of range
     */
    public byte[] segment(int index) {
        return segments[java.util.Objects.checkIndex(index, segments.length)].clone();
    }

    /**
     * The number of segments.
     *
     * @return 0 for the root
     */
    public int depth() {
        return segments.length;
    }

    /**
     * Tells whether this is the root dictionary.
     *
     * @return whether there are no segments
     */
    public boolean isRoot() {
        return segments.length == 0;
    }

    /**
     * Tells whether the other key is this key or lies below it. Whole segments count: {@code a} is no prefix of {@code ab}.
     *
     * @param other the key to test
     * @return whether this key's segments are the first segments of the other one
     */
    public boolean isPrefixOf(Key other) {
        if (segments.length > other.segments.length) {
            return false;
        }
        for (int i = 0; i < segments.length; i++) {
            if (!Arrays.equals(segments[i], other.segments[i])) {
                return false;
            }
        }
        return true;
    }

    /**
     * The first segment that stores never write because path syntaxes give it another meaning.
     *
     * @return the segment {@code .} or {@code ..} as text, or null if there is none
     */
    public @Nullable String reservedSegment() {
        for (byte[] segment : segments) {
            if (segment[0] == '.' && (segment.length == 1 || (segment.length == 2 && segment[1] == '.'))) {
                return segment.length == 1 ? "." : "..";
            }
        }
        return null;
    }

    /**
     * The segments joined by {@code '/'}, without a leading one: what flat stores keep as the raw key.
     *
     * @return the bytes; {@code ofBytes(toBytes())} is this key again
     */
    public byte[] toBytes() {
        int length = Math.max(0, segments.length - 1);
        for (byte[] segment : segments) {
            length += segment.length;
        }
        ByteBuffer joined = ByteBuffer.allocate(length);
        for (int i = 0; i < segments.length; i++) {
            if (i > 0) {
                joined.put(SEPARATOR);
            }
            joined.put(segments[i]);
        }
        return joined.array();
    }

    @Override
    public int compareTo(Key other) {
        int common = Math.min(segments.length, other.segments.length);
        for (int i = 0; i < common; i++) {
            int order = Arrays.compareUnsigned(segments[i], other.segments[i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(segments.length, other.segments.length);
    }

    @Override
    public boolean equals(@Nullable Object object) {
        return object instanceof Key other && Arrays.deepEquals(segments, other.segments);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(segments);
    }

    /**
     * The path for people: always starts with {@code '/'}; control bytes, backslashes and bytes that are not UTF-8 are
     * printed as {@code \xNN}, so that a name cannot forge lines or colours on a terminal.
     */
    @Override
    public String toString() {
        if (segments.length == 0) {
            return "/";
        }
        StringBuilder text = new StringBuilder();
        for (byte[] segment : segments) {
            text.append('/').append(escape(segment));
        }
        return text.toString();
    }

    /**
     * A byte string for people, escaped as in {@link #toString()}.
     *
     * @param bytes the bytes, such as a raw key of a flat store
     * @return printable text
     */
    public static String escape(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length);
        try {
            String decoded = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            decoded.codePoints().forEach(c -> {
                if (c == '\\' || isUnsafe(c)) {
                    for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                        appendHex(text, b);
                    }
                } else {
                    text.appendCodePoint(c);
                }
            });
        } catch (CharacterCodingException e) {
            for (byte b : bytes) {
                if (b >= 0x20 && b < 0x7f && b != '\\') {
                    text.append((char) b);
                } else {
                    appendHex(text, b);
                }
            }
        }
        return text.toString();
    }

    /** Control and format characters (such as bidirectional overrides) and unassigned ones change what a line seems to say. */
    private static boolean isUnsafe(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    private static void appendHex(StringBuilder text, byte b) {
        text.append("\\x").append(Character.forDigit((b >> 4) & 0xf, 16)).append(Character.forDigit(b & 0xf, 16));
    }
}

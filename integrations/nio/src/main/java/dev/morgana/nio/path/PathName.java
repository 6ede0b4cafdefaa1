package dev.morgana.nio.path;

import dev.morgana.spi.key.Key;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The name of a file: segments, from the root or from wherever. Segments are bytes, of which UTF-8 is the text, as for the paths of the
 * JDK on Unix, whose rules are these.
 *
 * @param absolute whether it starts at the root
 * @param segments the segments; none is the root, or the empty path
 */
public record PathName(boolean absolute, Key segments) implements Comparable<PathName> {
    /** The root. */
    public static final PathName ROOT = new PathName(true, Key.ROOT);

    /** The empty path: one name without a letter. */
    public static final PathName EMPTY = new PathName(false, Key.ROOT);

    /**
     * Reads a path.
     *
     * @throws InvalidPathException if it has a character that no name can have
     */
    public static PathName of(String text) {
        int nul = text.indexOf('\0');
        if (nul >= 0) {
            throw new InvalidPathException(text, "Nul character not allowed", nul);
        }
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return new PathName(text.startsWith("/"), Key.ofBytes(bytes));
        } catch (CharacterCodingException e) {
            throw new InvalidPathException(text, "Malformed input or input contains unmappable characters");
        }
    }

    private PathName with(Key other) {
        return new PathName(absolute, other);
    }

    private static PathName relative(Key segments) {
        return new PathName(false, segments);
    }

    /** Whether this is the empty path. */
    public boolean isEmpty() {
        return !absolute && segments.isRoot();
    }

    /** How many names there are: none in the root, one in the empty path. */
    public int count() {
        return isEmpty() ? 1 : segments.depth();
    }

    /** The names from one index to before another one. */
    public PathName subpath(int begin, int end) {
        if (begin < 0 || end > count() || begin >= end) {
            throw new IllegalArgumentException("no names from " + begin + " to " + end);
        }
        return isEmpty() ? this : relative(part(begin, end));
    }

    private Key part(int begin, int end) {
        Key part = Key.ROOT;
        for (int i = begin; i < end; i++) {
            part = part.child(segments.segment(i));
        }
        return part;
    }

    /** The last name, or null for the root. */
    public @Nullable PathName fileName() {
        return count() == 0 ? null : subpath(count() - 1, count());
    }

    /** All but the last name, or null if nothing is left. */
    public @Nullable PathName parent() {
        if (segments.isRoot() || (!absolute && segments.depth() == 1)) {
            return null;
        }
        return with(segments.parent());
    }

    /** Whether this path begins with the names of another one. */
    public boolean startsWith(PathName other) {
        return absolute == other.absolute && isEmpty() == other.isEmpty() && other.segments.isPrefixOf(segments);
    }

    /** Whether this path ends with the names of another one. */
    public boolean endsWith(PathName other) {
        int longer = segments.depth() - other.segments.depth();
        if (other.absolute) {
            return equals(other);
        }
        if (other.isEmpty() || longer < 0) {
            return equals(other);
        }
        return part(longer, segments.depth()).equals(other.segments);
    }

    /** Another path as seen from this one. */
    public PathName resolve(PathName other) {
        return other.absolute ? other : with(segments.append(other.segments));
    }

    /** This path without {@code .}, and without {@code ..} where a name before it goes with it. */
    public PathName normalize() {
        List<byte[]> kept = new ArrayList<>();
        for (int i = 0; i < segments.depth(); i++) {
            byte[] name = segments.segment(i);
            boolean afterName = !kept.isEmpty() && !isUp(kept.get(kept.size() - 1));
            if (isUp(name) && (afterName || absolute)) {
                if (afterName) {
                    kept.remove(kept.size() - 1);
                }
            } else if (!isHere(name)) {
                kept.add(name);
            }
        }
        Key normal = Key.ROOT;
        for (byte[] name : kept) {
            normal = normal.child(name);
        }
        return with(normal);
    }

    private static boolean isUp(byte[] name) {
        return name.length == 2 && name[0] == '.' && name[1] == '.';
    }

    private static boolean isHere(byte[] name) {
        return name.length == 1 && name[0] == '.';
    }

    /**
     * The path that leads from this one to another one.
     *
     * @throws IllegalArgumentException if there is none
     */
    public PathName relativize(PathName other) {
        if (absolute != other.absolute) {
            throw new IllegalArgumentException("'other' is different type of Path");
        }
        if (equals(other)) {
            return EMPTY;
        }
        if (isEmpty()) {
            return other;
        }
        boolean plain = segments.reservedSegment() == null && other.segments.reservedSegment() == null;
        return plain ? steps(other) : normalize().steps(other.normalize());
    }

    private PathName steps(PathName other) {
        int common = 0;
        int most = Math.min(segments.depth(), other.segments.depth());
        while (common < most && Arrays.equals(segments.segment(common), other.segments.segment(common))) {
            common++;
        }
        Key steps = Key.ROOT;
        for (int i = common; i < segments.depth(); i++) {
            if (isUp(segments.segment(i))) {
                throw new IllegalArgumentException("Unable to compute relative path from " + this + " to " + other);
            }
            steps = steps.child("..");
        }
        return relative(steps.append(other.part(common, other.segments.depth())));
    }

    /** The bytes of the whole path. */
    private byte[] bytes() {
        byte[] names = segments.toBytes();
        if (!absolute) {
            return names;
        }
        byte[] all = new byte[names.length + 1];
        all[0] = '/';
        System.arraycopy(names, 0, all, 1, names.length);
        return all;
    }

    @Override
    public int compareTo(PathName other) {
        return Arrays.compareUnsigned(bytes(), other.bytes());
    }

    /** The path as text, in which bytes that are not UTF-8 are replaced. */
    @Override
    public String toString() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }
}

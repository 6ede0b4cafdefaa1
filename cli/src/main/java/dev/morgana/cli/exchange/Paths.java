package dev.morgana.cli.exchange;

import dev.morgana.spi.key.Key;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Paths from outside, which may hold anything, made into those of entries. */
final class Paths {
    private Paths() {}

    /**
     * The path that an archive names, without a leading {@code ./}.
     *
     * @throws UnfitException if it is absolute, or leads out of where it is unpacked
     */
    static byte[] inside(String name) throws UnfitException {
        Key key = Key.of(name.startsWith("./") ? name.substring(2) : name);
        if (name.startsWith("/")) {
            throw new UnfitException(name + ": the archive names an absolute path; make it with relative ones");
        }
        if (key.reservedSegment() != null) {
            throw new UnfitException(
                    name + ": the archive's path holds " + key.reservedSegment() + ", which leads elsewhere");
        }
        return key.toBytes();
    }

    /** A name below a path; the empty path is the root. */
    static byte[] below(byte[] path, String name) {
        byte[] segment = name.getBytes(StandardCharsets.UTF_8);
        if (path.length == 0) {
            return segment;
        }
        byte[] joined = Arrays.copyOf(path, path.length + 1 + segment.length);
        joined[path.length] = '/';
        System.arraycopy(segment, 0, joined, path.length + 1, segment.length);
        return joined;
    }

    /**
     * The key of a path, for what takes keys alone.
     *
     * @throws UnfitException if the path is a raw key of a flat store that is no key of a tree
     */
    static Key key(byte[] path) throws UnfitException {
        Key key = Key.ofBytes(path);
        if (!Arrays.equals(key.toBytes(), path)) {
            throw new UnfitException(
                    Key.escape(path) + ": this key of a flat store is no path; use JSON or CSV for it");
        }
        return key;
    }
}

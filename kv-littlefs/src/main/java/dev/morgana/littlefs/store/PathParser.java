package dev.morgana.littlefs.store;

import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.spi.error.InvalidRequestException;
import dev.morgana.spi.key.Key;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Takes a path of the C implementation's form apart (section 8.3): {@code .} is passed over, {@code ..} cancels the name before
 * it as text, before anything is looked up.
 */
final class PathParser {
    private final byte[] path;
    private final Deque<PathName> names = new ArrayDeque<>();

    PathParser(byte[] path) {
        this.path = path;
    }

    /**
     * The names that are to be followed.
     *
     * @throws InvalidRequestException if the path is empty, or leads above the root
     */
    List<PathName> names() throws InvalidRequestException {
        if (path.length == 0) {
            throw refused("an empty path; the root is \"/\"");
        }
        int start = 0;
        for (int at = 0; at <= path.length; at++) {
            if (at == path.length || path[at] == '/') {
                take(new PathName(start, at));
                start = at + 1;
            }
        }
        return List.copyOf(names);
    }

    private void take(PathName segment) throws InvalidRequestException {
        if (isDots(segment, 2)) {
            if (names.pollLast() == null) {
                throw refused("'..' leads above the root in " + Key.escape(path));
            }
        } else if (segment.start() < segment.end() && !isDots(segment, 1)) {
            names.add(segment);
        }
    }

    private boolean isDots(PathName segment, int count) {
        boolean dots = segment.end() - segment.start() == count;
        for (int i = segment.start(); dots && i < segment.end(); i++) {
            dots = path[i] == '.';
        }
        return dots;
    }

    private static InvalidRequestException refused(String what) {
        return PeerError.INVAL.on(new InvalidRequestException("path refused: " + what));
    }
}

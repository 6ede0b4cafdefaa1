package dev.morgana.littlefs.log;

import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.FileName;
import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.spi.error.DictionaryExpectedException;
import dev.morgana.spi.error.InvalidRequestException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows a path of the C implementation's form (section 8.3): {@code .} is passed over, {@code ..} cancels the name before it
 * as text, before anything is looked up.
 */
public final class PathWalk {
    private final Volume volume;
    private final byte[] path;
    private final Set<BlockPair> visited = new HashSet<>();
    private int at;
    private @Nullable Directory directory;
    private Directory in;
    private @Nullable Located found;

    private PathWalk(Volume volume, byte[] path) {
        this.volume = volume;
        this.path = path;
        this.in = Directory.root(volume);
        this.directory = in;
    }

    /**
     * Follows a path.
     *
     * @throws InvalidRequestException if it is empty, or leads above the root
     * @throws DictionaryExpectedException if something follows the name of a file
     * @throws StoreException for these, or if a directory cannot be read
     */
    public static PathTarget resolve(Volume volume, byte[] path) throws StoreException {
        if (path.length == 0) {
            throw invalid("an empty path; the root is \"/\"");
        }
        return new PathWalk(volume, path).run();
    }

    private static InvalidRequestException invalid(String what) {
        return PeerError.INVAL.on(new InvalidRequestException("path refused: " + what));
    }

    private PathTarget run() throws StoreException {
        while (true) {
            skipToName();
            if (at == path.length) {
                return found == null ? new PathTarget.Root() : new PathTarget.Found(in, found);
            }
            Directory searched = directory;
            if (searched == null) {
                Key file = Key.ofBytes(Arrays.copyOf(path, at));
                throw PeerError.NOTDIR.on(new DictionaryExpectedException(Key.ofBytes(path), file));
            }
            int end = segmentEnd(at);
            FileName name = new FileName(Arrays.copyOfRange(path, at, end));
            Optional<Located> next = searched.find(name);
            if (next.isEmpty()) {
                boolean last = skipSlashes(end) == path.length;
                return new PathTarget.Missing(searched, name, last, end < path.length);
            }
            enter(searched, next.get());
            at = end;
        }
    }

    private void enter(Directory searched, Located next) throws StoreException {
        in = searched;
        found = next;
        directory = next.entry().isDirectory() ? FilePath.directory(volume, next) : null;
        if (directory != null && !visited.add(directory.first().ordered())) {
            throw PeerError.corrupt(
                    directory.where(), "a directory that is not its own ancestor", "pair " + directory.first());
        }
    }

    /** Passes over slashes, where a directory is what they follow, over {@code .}, and over names that a {@code ..} cancels. */
    private void skipToName() throws InvalidRequestException {
        while (true) {
            if (directory != null) {
                at = skipSlashes(at);
            }
            int end = segmentEnd(at);
            if (isDots(at, end, 1)) {
                at = end;
                continue;
            }
            if (isDots(at, end, 2)) {
                throw invalid("'..' leads above the root in " + Key.escape(path));
            }
            int cancelled = cancelledUpTo(end);
            if (cancelled < 0) {
                return;
            }
            at = cancelled;
        }
    }

    /** Behind the {@code ..} that cancels a segment; -1 if there is none. */
    private int cancelledUpTo(int segmentEnd) {
        int depth = 1;
        int from = skipSlashes(segmentEnd);
        while (from < path.length) {
            int end = segmentEnd(from);
            if (isDots(from, end, 2)) {
                depth--;
            } else if (!isDots(from, end, 1)) {
                depth++;
            }
            if (depth == 0) {
                return end;
            }
            from = skipSlashes(end);
        }
        return -1;
    }

    private boolean isDots(int from, int end, int count) {
        boolean dots = end - from == count;
        for (int i = from; dots && i < end; i++) {
            dots = path[i] == '.';
        }
        return dots;
    }

    private int segmentEnd(int from) {
        int end = from;
        while (end < path.length && path[end] != '/') {
            end++;
        }
        return end;
    }

    private int skipSlashes(int from) {
        int end = from;
        while (end < path.length && path[end] == '/') {
            end++;
        }
        return end;
    }
}

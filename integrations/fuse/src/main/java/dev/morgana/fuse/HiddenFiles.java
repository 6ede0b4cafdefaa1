package dev.morgana.fuse;

import dev.morgana.nio.tree.FileStatus;
import dev.morgana.nio.tree.OpenFile;
import dev.morgana.nio.tree.OpenRequest;
import dev.morgana.nio.tree.Replace;
import dev.morgana.nio.tree.Tree;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Files that are removed, or replaced, while they are open. libfuse asks to rename them to a name of its own, so that it still has one,
 * and removes that with the last handle. Here they go from the image at once and live on as open files, so that neither a listing nor a
 * lost power shows the name.
 *
 * <p>What libfuse renames that way because something else comes to its place is replaced by that in one step, atomically: the removal
 * waits until the next question, which tells.
 */
final class HiddenFiles {
    private static final String PREFIX = ".fuse_hidden";

    private final Tree tree;
    private final Map<String, Hidden> files = new HashMap<>();
    private @Nullable Key pending;

    HiddenFiles(Tree tree) {
        this.tree = tree;
    }

    private record Hidden(OpenFile file, FileStatus before) {
        FileStatus status() throws IOException {
            return new FileStatus(Kind.VALUE, file.size(), before.modified());
        }
    }

    /** Whether libfuse made a path up. */
    static boolean isMadeUp(String path) {
        return path.startsWith(PREFIX, path.lastIndexOf('/') + 1);
    }

    /** Takes the name from a file that is open. */
    void hide(Key key, String madeUp) throws IOException {
        FileStatus before = tree.status(key);
        files.put(madeUp, new Hidden(tree.open(key, OpenRequest.of(Set.of())), before));
        pending = key;
    }

    /** Removes what waits for it. */
    void settle() throws IOException {
        Key key = pending;
        if (key != null) {
            pending = null;
            tree.remove(key);
        }
    }

    /** Moves something, in the place of what waits to be removed if that is the target. */
    void move(Key source, Key target) throws IOException {
        if (target.equals(pending)) {
            pending = null;
        } else {
            settle();
        }
        tree.move(source, target, Replace.SAME_KIND);
    }

    /** What is told of a file with a path that libfuse made up. */
    Optional<FileStatus> status(String path) throws IOException {
        Hidden hidden = files.get(path);
        return hidden == null ? Optional.empty() : Optional.of(hidden.status());
    }

    /** The file with a path that libfuse made up. */
    Optional<OpenFile> file(String path) {
        return Optional.ofNullable(files.get(path)).map(Hidden::file);
    }

    /** Gives up a file; whether there was one. */
    boolean forget(String path) {
        Hidden hidden = files.remove(path);
        if (hidden != null) {
            tree.close(hidden.file());
        }
        return hidden != null;
    }
}

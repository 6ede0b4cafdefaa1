package dev.morgana.littlefs.log;

import dev.morgana.littlefs.layout.FileName;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path in a file system that changes. It is followed when that is asked for, and followed again only if there was a commit
 * in between.
 */
public final class TreePath {
    private final FileSystem fileSystem;
    private final List<FileName> names;
    private @Nullable Walk latest;

    /** A path by its names. */
    public TreePath(FileSystem fileSystem, List<FileName> names) {
        this.fileSystem = fileSystem;
        this.names = List.copyOf(names);
    }

    /** A path by the key that leads the same way. */
    public static TreePath of(FileSystem fileSystem, Key key) {
        return new TreePath(fileSystem, Walk.names(key));
    }

    /** The file system. */
    public FileSystem fileSystem() {
        return fileSystem;
    }

    /** The names from the root on. */
    public List<FileName> names() {
        return names;
    }

    /**
     * Where the path leads now.
     *
     * @throws StoreException as {@link Walk#along} does
     */
    public Walk walk() throws StoreException {
        Walk known = latest;
        if (known == null || !fileSystem.isCurrent(known.volume())) {
            known = Walk.along(fileSystem.volume(), names);
            latest = known;
        }
        return known;
    }
}

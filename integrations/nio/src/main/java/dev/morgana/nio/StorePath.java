package dev.morgana.nio;

import dev.morgana.nio.path.PathName;
import dev.morgana.nio.watch.FolderWatchService;
import dev.morgana.spi.key.Key;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The name of a file in one file system. */
final class StorePath implements Path {
    private final StoreFileSystem fileSystem;
    private final PathName name;

    StorePath(StoreFileSystem fileSystem, PathName name) {
        this.fileSystem = fileSystem;
        this.name = name;
    }

    /** A path of ours, or an error. */
    static StorePath of(Path path) {
        if (path instanceof StorePath ours) {
            return ours;
        }
        throw path == null ? new NullPointerException("path") : new ProviderMismatchException(path.toString());
    }

    private Path with(PathName other) {
        return new StorePath(fileSystem, other);
    }

    private @Nullable Path orNull(@Nullable PathName other) {
        return other == null ? null : with(other);
    }

    PathName name() {
        return name;
    }

    StoreFileSystem system() {
        return fileSystem;
    }

    /** The key of the file: names are taken from the root, and there are no links that {@code ..} could lead out of. */
    Key key() {
        return PathName.ROOT.resolve(name).normalize().segments();
    }

    @Override
    public FileSystem getFileSystem() {
        return fileSystem;
    }

    @Override
    public boolean isAbsolute() {
        return name.absolute();
    }

    @Override
    public @Nullable Path getRoot() {
        return name.absolute() ? with(PathName.ROOT) : null;
    }

    @Override
    public @Nullable Path getFileName() {
        return orNull(name.fileName());
    }

    @Override
    public @Nullable Path getParent() {
        return orNull(name.parent());
    }

    @Override
    public int getNameCount() {
        return name.count();
    }

    @Override
    public Path getName(int index) {
        return with(name.subpath(index, index + 1));
    }

    @Override
    public Path subpath(int begin, int end) {
        return with(name.subpath(begin, end));
    }

    private boolean isOfThisSystem(Path other) {
        return other instanceof StorePath ours && ours.fileSystem == fileSystem;
    }

    @Override
    public boolean startsWith(Path other) {
        return isOfThisSystem(other) && name.startsWith(((StorePath) other).name);
    }

    @Override
    public boolean endsWith(Path other) {
        return isOfThisSystem(other) && name.endsWith(((StorePath) other).name);
    }

    @Override
    public Path normalize() {
        return with(name.normalize());
    }

    @Override
    public Path resolve(Path other) {
        return with(name.resolve(of(other).name));
    }

    @Override
    public Path relativize(Path other) {
        return with(name.relativize(of(other).name));
    }

    @Override
    public URI toUri() {
        return ImageUri.of(fileSystem.uri(), PathName.ROOT.resolve(name));
    }

    @Override
    public Path toAbsolutePath() {
        return name.absolute() ? this : with(PathName.ROOT.resolve(name));
    }

    @Override
    public Path toRealPath(LinkOption... options) throws IOException {
        fileSystem.tree().status(key());
        return with(new PathName(true, key()));
    }

    @Override
    public File toFile() {
        throw new UnsupportedOperationException("a file within an image has no java.io.File");
    }

    @Override
    public WatchKey register(WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers)
            throws IOException {
        if (!(watcher instanceof FolderWatchService service)) {
            throw new ProviderMismatchException();
        }
        if (fileSystem.tree().status(key()).kind() == dev.morgana.spi.key.Kind.VALUE) {
            throw new NotDirectoryException(toString());
        }
        return service.register(
                key(), this, child -> with(new PathName(false, Key.ROOT.child(child.nameBytes()))), events);
    }

    @Override
    public Iterator<Path> iterator() {
        int names = name.segments().isRoot() && name.absolute() ? 0 : name.count();
        return IntStream.range(0, names).mapToObj(this::getName).iterator();
    }

    @Override
    public int compareTo(Path other) {
        return name.compareTo(((StorePath) other).name);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StorePath path && path.fileSystem == fileSystem && path.name.equals(name);
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    @Override
    public String toString() {
        return name.toString();
    }
}

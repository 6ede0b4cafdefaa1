package dev.morgana.nio;

import dev.morgana.nio.path.PathName;
import dev.morgana.nio.tree.FileStatus;
import dev.morgana.nio.tree.Replace;
import dev.morgana.nio.tree.Tree;
import dev.morgana.spi.Morgana;
import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.Target;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.option.CommonOptions;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.store.Entry;
import dev.morgana.spi.store.KeyValueStore;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.spi.FileSystemProvider;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Images as file systems. {@code FileSystems.newFileSystem} finds this provider for paths of images that identify themselves, and
 * for URIs {@code morgana:ADDRESS}, where the address is one that {@link Morgana#parse} reads, such as
 * {@code morgana:littlefs+file:/tmp/a.img?blockSize=4096}. A file within is {@code morgana:ADDRESS#/path}.
 *
 * <p>The environment of a new file system holds options of its format and its driver by name, such as {@code readOnly}, and:
 *
 * <ul>
 *   <li>{@code format}: the format's id, for images that do not identify themselves;
 *   <li>{@code create}: {@code true} to make a new image, which needs a format. One that exists is formatted. By URI alone: where a
 *       path is to be made, the JDK's provider of zip files is the first to do so;
 *   <li>{@code clock}: an {@link InstantSource} for the times of changes, in place of the system's clock.
 * </ul>
 */
public final class MorganaFileSystemProvider extends FileSystemProvider {
    private static final String FORMAT = "format";
    private static final String CREATE = "create";

    private final Map<String, FileSystem> byUri = new HashMap<>();

    /** The provider that the JDK makes. */
    public MorganaFileSystemProvider() {}

    @Override
    public String getScheme() {
        return ImageUri.SCHEME;
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> env) throws IOException {
        Morgana morgana = Morgana.load();
        StoreAddress address = ImageUri.address(morgana, uri);
        String name = ImageUri.of(address.uri());
        synchronized (byUri) {
            if (byUri.containsKey(name)) {
                throw new FileSystemAlreadyExistsException(name);
            }
            FileSystem opened = open(morgana.at(address), env, name);
            byUri.put(name, opened);
            return opened;
        }
    }

    @Override
    public FileSystem newFileSystem(Path path, Map<String, ?> env) throws IOException {
        if (!path.getFileSystem().equals(FileSystems.getDefault()) || Files.isDirectory(path)) {
            throw new UnsupportedOperationException(path + " is not the path of an image");
        }
        Target target = Morgana.load().at(path.toAbsolutePath().normalize());
        if (!env.containsKey(FORMAT) && Files.exists(path) && target.identify().isEmpty()) {
            throw new UnsupportedOperationException(path + " is not an image of an installed format");
        }
        String absolute = path.toAbsolutePath().normalize().toString();
        return open(target, env, ImageUri.of("file:" + absolute.replace("%", "%25")));
    }

    private FileSystem open(Target target, Map<String, ?> env, String uri) throws StoreException {
        Map<String, Object> options = new HashMap<>(env);
        Object format = options.remove(FORMAT);
        boolean create = String.valueOf(options.remove(CREATE)).equals("true");
        Object clock = options.remove(CommonOptions.CLOCK.name());
        Target chosen = format == null ? target : target.format(format.toString());
        Target complete = chosen.options(Options.of(options));
        KeyValueStore store = create ? complete.create() : complete.open();
        return new StoreFileSystem(
                this,
                store,
                clock instanceof InstantSource source ? source : InstantSource.system(),
                uri,
                () -> forget(uri));
    }

    private void forget(String uri) {
        synchronized (byUri) {
            byUri.remove(uri);
        }
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        try {
            String name = ImageUri.of(ImageUri.address(Morgana.load(), uri).uri());
            synchronized (byUri) {
                FileSystem there = byUri.get(name);
                if (there != null) {
                    return there;
                }
                throw new FileSystemNotFoundException(name);
            }
        } catch (StoreException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    @Override
    public Path getPath(URI uri) {
        return new StorePath((StoreFileSystem) getFileSystem(uri), ImageUri.file(uri));
    }

    private static Tree tree(Path path) {
        return StorePath.of(path).system().tree();
    }

    private static Key key(Path path) {
        return StorePath.of(path).key();
    }

    private static void refuseAttributes(FileAttribute<?>... attributes) {
        if (attributes.length > 0) {
            throw new UnsupportedOperationException(
                    "'" + attributes[0].name() + "' not supported as initial attribute");
        }
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        return newFileChannel(path, options, attributes);
    }

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        StorePath file = StorePath.of(path);
        refuseAttributes(attributes);
        return file.system().open(file.key(), options);
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path folder, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        StorePath path = StorePath.of(folder);
        List<Path> children = new ArrayList<>();
        for (Entry entry : tree(folder).list(path.key())) {
            Key name = Key.ROOT.child(entry.key().nameBytes());
            children.add(new StorePath(path.system(), path.name().resolve(new PathName(false, name))));
        }
        return new FolderStream(children, filter);
    }

    @Override
    public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
        refuseAttributes(attributes);
        tree(folder).createFolder(key(folder));
    }

    @Override
    public void delete(Path path) throws IOException {
        tree(path).remove(key(path));
    }

    private static Set<CopyOption> known(CopyOption... options) {
        for (CopyOption option : options) {
            if (option == null) {
                throw new NullPointerException("an option is null");
            }
            if (!(option instanceof StandardCopyOption) && option != LinkOption.NOFOLLOW_LINKS) {
                throw new UnsupportedOperationException(option + " is not supported");
            }
        }
        return Set.of(Arrays.stream(options).distinct().toArray(CopyOption[]::new));
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) throws IOException {
        Set<CopyOption> asked = known(options);
        if (asked.contains(StandardCopyOption.ATOMIC_MOVE)) {
            throw new UnsupportedOperationException("Unsupported option");
        }
        FileStatus status = tree(source).status(key(source));
        if (StorePath.of(source).system() == StorePath.of(target).system()
                && key(source).equals(key(target))) {
            return;
        }
        makeWay(target, asked.contains(StandardCopyOption.REPLACE_EXISTING));
        if (status.kind() == Kind.DICTIONARY) {
            createDirectory(target);
        } else {
            copyContent(source, target);
        }
        if (asked.contains(StandardCopyOption.COPY_ATTRIBUTES)) {
            tree(target).setModified(key(target), status.modified());
        }
    }

    private static void makeWay(Path target, boolean replace) throws IOException {
        if (tree(target).kind(key(target)).isPresent()) {
            if (!replace) {
                throw new FileAlreadyExistsException(target.toString());
            }
            tree(target).remove(key(target));
        }
    }

    private void copyContent(Path source, Path target) throws IOException {
        try (FileChannel from = newFileChannel(source, Set.of(StandardOpenOption.READ));
                FileChannel to =
                        newFileChannel(target, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
            from.transferTo(0, Long.MAX_VALUE, to);
        }
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        Set<CopyOption> asked = known(options);
        if (asked.contains(StandardCopyOption.COPY_ATTRIBUTES)) {
            throw new UnsupportedOperationException("Unsupported option");
        }
        boolean atomic = asked.contains(StandardCopyOption.ATOMIC_MOVE);
        boolean replace = asked.contains(StandardCopyOption.REPLACE_EXISTING);
        if (StorePath.of(source).system() == StorePath.of(target).system()) {
            Replace rule = atomic ? Replace.SAME_KIND : replace ? Replace.ANYTHING : Replace.NOTHING;
            tree(source).move(key(source), key(target), rule);
            return;
        }
        if (atomic) {
            throw new AtomicMoveNotSupportedException(
                    source.toString(), target.toString(), "they are in different images");
        }
        if (tree(source).status(key(source)).kind() == Kind.DICTIONARY
                && !tree(source).list(key(source)).isEmpty()) {
            throw new DirectoryNotEmptyException(source.toString());
        }
        copy(
                source,
                target,
                replace
                        ? new CopyOption[] {StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES}
                        : new CopyOption[] {StandardCopyOption.COPY_ATTRIBUTES});
        delete(source);
    }

    @Override
    public boolean isSameFile(Path path, Path other) throws IOException {
        if (path.equals(other)) {
            return true;
        }
        if (!(other instanceof StorePath)
                || StorePath.of(path).system() != StorePath.of(other).system()) {
            return false;
        }
        tree(path).status(key(path));
        tree(other).status(key(other));
        return key(path).equals(key(other));
    }

    @Override
    public boolean isHidden(Path path) {
        Path name = StorePath.of(path).getFileName();
        return name != null && name.toString().startsWith(".");
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
        tree(path).status(key(path));
        return StorePath.of(path).system().fileStore();
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        FileStatus status = tree(path).status(key(path));
        for (AccessMode mode : modes) {
            boolean refused = (mode == AccessMode.WRITE && tree(path).isReadOnly())
                    || (mode == AccessMode.EXECUTE && status.kind() == Kind.VALUE);
            if (refused) {
                throw new AccessDeniedException(path.toString());
            }
        }
    }

    @Override
    public <V extends FileAttributeView> @Nullable V getFileAttributeView(
            Path path, Class<V> type, LinkOption... options) {
        StorePath file = StorePath.of(path);
        FileAttributeView view = file.system().views().of(file.key(), type);
        return view == null ? null : type.cast(view);
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        if (type != BasicFileAttributes.class && type != PosixFileAttributes.class) {
            throw new UnsupportedOperationException(type.getName());
        }
        StorePath file = StorePath.of(path);
        return type.cast(file.system().views().attributes(file.key()));
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) throws IOException {
        StorePath file = StorePath.of(path);
        return file.system().views().read(file.key(), attributes);
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) throws IOException {
        StorePath file = StorePath.of(path);
        file.system().views().set(file.key(), attribute, value);
    }
}

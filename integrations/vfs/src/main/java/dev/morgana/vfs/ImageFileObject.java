package dev.morgana.vfs;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.vfs2.FileObject;
import org.apache.commons.vfs2.FileSystemException;
import org.apache.commons.vfs2.FileType;
import org.apache.commons.vfs2.RandomAccessContent;
import org.apache.commons.vfs2.provider.AbstractFileName;
import org.apache.commons.vfs2.provider.AbstractFileObject;
import org.apache.commons.vfs2.provider.UriParser;
import org.apache.commons.vfs2.util.RandomAccessMode;
import org.jspecify.annotations.Nullable;

/** A file or folder of an image, behind the interface of VFS. */
final class ImageFileObject extends AbstractFileObject<ImageFileSystem> {
    private final Path path;

    ImageFileObject(AbstractFileName name, ImageFileSystem fileSystem, Path path) {
        super(name, fileSystem);
        this.path = path;
    }

    @Override
    protected FileType doGetType() {
        if (Files.isDirectory(path)) {
            return FileType.FOLDER;
        }
        return Files.exists(path) ? FileType.FILE : FileType.IMAGINARY;
    }

    /** The children by name; null, by which VFS recognises what is not a folder. */
    @Override
    protected String @Nullable [] doListChildren() throws Exception {
        if (!Files.isDirectory(path)) {
            return null;
        }
        try (Stream<Path> children = Files.list(path)) {
            return UriParser.encode(
                    children.map(child -> path.relativize(child).toString()).toArray(String[]::new));
        }
    }

    @Override
    protected long doGetContentSize() throws Exception {
        return Files.size(path);
    }

    @Override
    protected boolean doIsHidden() throws Exception {
        return Files.isHidden(path);
    }

    @Override
    protected boolean doIsWriteable() {
        return Files.isWritable(path);
    }

    @Override
    protected long doGetLastModifiedTime() throws Exception {
        return Files.getLastModifiedTime(path).toMillis();
    }

    @Override
    protected boolean doSetLastModifiedTime(long millis) throws Exception {
        requireWritable();
        Files.setLastModifiedTime(path, FileTime.fromMillis(millis));
        return true;
    }

    @Override
    protected void doCreateFolder() throws Exception {
        requireWritable();
        Files.createDirectories(path);
    }

    @Override
    protected void doDelete() throws Exception {
        requireWritable();
        Files.delete(path);
    }

    @Override
    protected void doRename(FileObject target) throws Exception {
        requireWritable();
        Files.move(path, ((ImageFileObject) target).path, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    protected InputStream doGetInputStream(int bufferSize) throws Exception {
        if (!Files.isRegularFile(path)) {
            throw new FileSystemException("vfs.provider/read-not-file.error", getName());
        }
        return Files.newInputStream(path);
    }

    private void requireWritable() throws FileSystemException {
        if (path.getFileSystem().isReadOnly()) {
            throw new FileSystemException("vfs.provider/write-read-only.error", getName());
        }
    }

    @Override
    protected OutputStream doGetOutputStream(boolean append) throws Exception {
        requireWritable();
        return append
                ? Files.newOutputStream(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND)
                : Files.newOutputStream(path);
    }

    @Override
    protected RandomAccessContent doGetRandomAccessContent(RandomAccessMode mode) throws Exception {
        if (mode.requestWrite()) {
            requireWritable();
        }
        Set<OpenOption> options = mode.requestWrite()
                ? Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE)
                : Set.of(StandardOpenOption.READ);
        return new ChannelContent(FileChannel.open(path, options), mode);
    }
}

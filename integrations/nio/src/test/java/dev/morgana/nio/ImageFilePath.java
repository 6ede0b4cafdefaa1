package dev.morgana.nio;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.h2.store.fs.FilePath;

/** Files of an image for H2, under the scheme {@code image:}. */
public final class ImageFilePath extends FilePath {
    private static Path folder = Path.of(".");

    /** Lets H2 find its files below a folder, and returns the address of a database there. */
    static String register(Path place) throws IOException {
        folder = Files.createDirectories(place);
        FilePath.register(new ImageFilePath());
        return "jdbc:h2:image:/test";
    }

    private interface Work<T> {
        T run() throws IOException;
    }

    private static <T> T unchecked(Work<T> work) {
        try {
            return work.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ImageFilePath of(String name) {
        ImageFilePath path = new ImageFilePath();
        path.name = name;
        return path;
    }

    private Path path() {
        return folder.resolve(name.replaceFirst("^image:/*", ""));
    }

    @Override
    public long size() {
        return unchecked(() -> Files.size(path()));
    }

    @Override
    public void moveTo(FilePath target, boolean atomicReplace) {
        unchecked(() -> Files.move(
                path(),
                ((ImageFilePath) target).path(),
                atomicReplace ? StandardCopyOption.ATOMIC_MOVE : StandardCopyOption.REPLACE_EXISTING));
    }

    @Override
    public boolean createFile() {
        try {
            Files.createFile(path());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public boolean exists() {
        return Files.exists(path());
    }

    @Override
    public void delete() {
        unchecked(() -> Files.deleteIfExists(path()));
    }

    @Override
    public List<FilePath> newDirectoryStream() {
        return unchecked(() -> {
            try (Stream<Path> all = Files.list(path())) {
                return new ArrayList<>(all.map(each -> (FilePath) of("image:/" + folder.relativize(each)))
                        .toList());
            }
        });
    }

    @Override
    public FilePath toRealPath() {
        return this;
    }

    @Override
    public FilePath getParent() {
        return of("image:/");
    }

    @Override
    public boolean isDirectory() {
        return Files.isDirectory(path());
    }

    @Override
    public boolean isRegularFile() {
        return Files.isRegularFile(path());
    }

    @Override
    public boolean isAbsolute() {
        return true;
    }

    @Override
    public long lastModified() {
        return unchecked(() -> Files.getLastModifiedTime(path()).toMillis());
    }

    @Override
    public boolean canWrite() {
        return Files.isWritable(path());
    }

    @Override
    public void createDirectory() {
        unchecked(() -> Files.createDirectories(path()));
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        Set<OpenOption> options = mode.equals("r")
                ? Set.of(StandardOpenOption.READ)
                : Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
        return FileChannel.open(path(), options);
    }

    @Override
    public boolean setReadOnly() {
        return false;
    }

    @Override
    public String getScheme() {
        return "image";
    }

    @Override
    public FilePath getPath(String path) {
        return of(path);
    }
}

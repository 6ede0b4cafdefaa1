package dev.morgana.cli.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/** A file or folder of the host. What a folder holds comes in the order of the names' bytes, so on every host the same. */
public final class FolderSource implements TreeSource {
    private final Path root;
    private final byte[] prefix;
    private final SpecialFiles special;

    /**
     * A source.
     *
     * @param root the file or folder
     * @param prefix the path that it gets; empty for a folder whose content goes to the root
     */
    public FolderSource(Path root, byte[] prefix, SpecialFiles special) {
        this.root = root;
        this.prefix = prefix;
        this.special = special;
    }

    @Override
    public void sendTo(TreeSink sink) throws IOException {
        send(root, prefix, sink, new ArrayDeque<>());
    }

    private void send(Path file, byte[] path, TreeSink sink, Deque<Path> above) throws IOException {
        BasicFileAttributes attributes = attributes(file);
        if (attributes.isRegularFile()) {
            try (InputStream content = Files.newInputStream(file)) {
                Details details = Details.of(attributes.lastModifiedTime().toInstant());
                sink.value(path, attributes.size(), content, details);
            }
        } else if (attributes.isDirectory()) {
            if (path.length > 0) {
                sink.dictionary(path, Details.of(attributes.lastModifiedTime().toInstant()));
            }
            sendContent(file, path, sink, above);
        } else if (special != SpecialFiles.SKIP) {
            String kind = attributes.isSymbolicLink() ? "is a symbolic link" : "is no regular file";
            throw new UnfitException(file + ": " + kind + "; see --special");
        }
    }

    private BasicFileAttributes attributes(Path file) throws IOException {
        try {
            return special == SpecialFiles.FOLLOW
                    ? Files.readAttributes(file, BasicFileAttributes.class)
                    : Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            throw new UnfitException(file + ": no such file or folder");
        }
    }

    private void sendContent(Path folder, byte[] path, TreeSink sink, Deque<Path> above) throws IOException {
        Path real = folder.toRealPath();
        if (above.contains(real)) {
            throw new FileSystemLoopException(folder.toString());
        }
        above.push(real);
        for (Path file : content(folder)) {
            send(file, Paths.below(path, file.getFileName().toString()), sink, above);
        }
        above.pop();
    }

    private static List<Path> content(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted((a, b) -> Arrays.compareUnsigned(nameBytes(a), nameBytes(b)))
                    .toList();
        }
    }

    private static byte[] nameBytes(Path file) {
        return file.getFileName().toString().getBytes(StandardCharsets.UTF_8);
    }
}

package dev.morgana.cli.exchange;

import dev.morgana.cli.exchange.host.NamedInput;
import dev.morgana.cli.exchange.host.NativeName;
import dev.morgana.cli.exchange.host.TransferException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

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
                sink.value(
                        path, attributes.size(), new NamedInput(content, file.toString()), details(file, attributes));
            }
        } else if (attributes.isDirectory()) {
            if (path.length > 0) {
                sink.dictionary(path, details(file, attributes));
            }
            sendContent(file, path, sink, above);
        } else if (special != SpecialFiles.SKIP) {
            String kind = attributes.isSymbolicLink() ? "is a symbolic link" : "is not a regular file";
            throw new TransferException(file + ": " + kind + "; see --special");
        }
    }

    private static Details details(Path file, BasicFileAttributes attributes) {
        return Details.of(attributes.lastModifiedTime().toInstant(), file.toString());
    }

    private BasicFileAttributes attributes(Path file) throws IOException {
        try {
            return special == SpecialFiles.FOLLOW
                    ? Files.readAttributes(file, BasicFileAttributes.class)
                    : Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            throw new TransferException(file + ": no such file or folder");
        }
    }

    private void sendContent(Path folder, byte[] path, TreeSink sink, Deque<Path> above) throws IOException {
        Path real = folder.toRealPath();
        if (above.contains(real)) {
            throw new FileSystemLoopException(folder.toString());
        }
        above.push(real);
        for (Map.Entry<byte[], Path> file : content(folder).entrySet()) {
            send(file.getValue(), EntryPaths.below(path, file.getKey()), sink, above);
        }
        above.pop();
    }

    private static SortedMap<byte[], Path> content(Path folder) throws IOException {
        SortedMap<byte[], Path> content = new TreeMap<>(Arrays::compareUnsigned);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                content.put(NativeName.of(file), file);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return content;
    }
}

package dev.morgana.fuse;

import dev.morgana.cli.extension.VerbException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder at which an image is, or is to be, mounted.
 *
 * @param path absolute, without {@code .} and {@code ..}
 */
record MountPoint(Path path) {
    private static final Path TABLE = Path.of("/proc/self/mountinfo");
    private static final Path DEVICE = Path.of("/dev/fuse");

    /** Where in a line of the table the path is. */
    private static final int PATH_FIELD = 4;

    /** What stands before the type of a file system. */
    private static final String TYPE = " - fuse.morgana ";

    static MountPoint of(String word) {
        return new MountPoint(Path.of(word).toAbsolutePath().normalize());
    }

    private List<String> lines() throws IOException {
        if (!Files.exists(TABLE)) {
            return List.of();
        }
        String escaped =
                path.toString().replace("\\", "\\134").replace(" ", "\\040").replace("\t", "\\011");
        try (Stream<String> lines = Files.lines(TABLE, StandardCharsets.ISO_8859_1)) {
            String name = new String(escaped.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            return lines.filter(line -> line.split(" ", -1)[PATH_FIELD].equals(name))
                    .toList();
        }
    }

    /** Whether an image is mounted here. */
    boolean isMounted() throws IOException {
        List<String> lines = lines();
        return !lines.isEmpty() && lines.get(lines.size() - 1).contains(TYPE);
    }

    /** Refuses a folder on which nothing can be mounted, and a host that cannot mount. */
    void requireFree() throws IOException, VerbException {
        if (isMounted()) {
            throw VerbException.usage(
                    path + ": an image is mounted here already; morgana unmount " + path + " ends that");
        }
        if (!Files.isDirectory(path)) {
            throw VerbException.usage(
                    path + (Files.exists(path) ? ": is not a folder" : ": no such folder; make it first"));
        }
        try (Stream<Path> inside = Files.list(path)) {
            if (inside.findAny().isPresent()) {
                throw VerbException.usage(path + ": the folder is not empty; mount on an empty one");
            }
        }
        if (!Files.exists(DEVICE)) {
            throw VerbException.host(DEVICE
                    + ": there is no such device; load the kernel's module fuse, or give the device to the container");
        }
    }
}

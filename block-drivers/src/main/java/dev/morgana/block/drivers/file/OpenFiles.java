package dev.morgana.block.drivers.file;

import dev.morgana.spi.error.DeviceLockedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;

/**
 * The files that devices of this JVM have open, each once: a writer has its file alone, readers share it. A second writer is
 * refused before anything is opened, since closing the second descriptor would drop the lock of the first.
 */
final class OpenFiles {
    /** By what the file system knows the file by, not by its path: links and spellings do not matter. */
    private static final Map<Object, Use> USES = new HashMap<>();

    private OpenFiles() {}

    private static final class Use {
        private final OpenFile file;
        private int users = 1;

        Use(OpenFile file) {
            this.file = file;
        }
    }

    static OpenFile acquire(String name, Path path, boolean readOnly, Locking locking) throws IOException {
        synchronized (USES) {
            Object key = key(path);
            Use present = USES.get(key);
            if (present == null) {
                OpenFile file = OpenFile.open(name, path, readOnly, locking);
                USES.put(key, new Use(file));
                return file;
            }
            if (!readOnly || !present.file.isReadOnly()) {
                throw new DeviceLockedException(name, "this JVM, as " + present.file.name());
            }
            present.users++;
            return present.file;
        }
    }

    /** Ends one use that {@link #acquire} began; the last one closes the file. */
    static void release(OpenFile file) throws IOException {
        synchronized (USES) {
            Use use = USES.values().stream()
                    .filter(candidate -> candidate.file == file)
                    .findFirst()
                    .orElseThrow();
            use.users--;
            if (use.users == 0) {
                USES.values().remove(use);
                file.close();
            }
        }
    }

    private static Object key(Path path) throws IOException {
        Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        return key == null ? path.toRealPath() : key; // Windows has no key, but its locks do not get lost either
    }
}

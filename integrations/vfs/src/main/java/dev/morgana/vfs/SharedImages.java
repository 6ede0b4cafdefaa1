package dev.morgana.vfs;

import dev.morgana.nio.MorganaFileSystems;
import dev.morgana.spi.Target;
import dev.morgana.spi.error.StoreException;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The images that are open. An image is open once, but an application may have several managers of VFS, one for each of its parts;
 * those who name the same image in the same way share it. Safe for use by many threads.
 */
final class SharedImages {
    private static final Map<String, Shared> OPEN = new HashMap<>();

    private SharedImages() {}

    private record Shared(FileSystem files, int users) {}

    /** Opens an image, or joins those who have it open. */
    static FileSystem open(Target image) throws StoreException {
        synchronized (OPEN) {
            String name = image.address().uri();
            Optional<Shared> there = Optional.ofNullable(OPEN.get(name));
            FileSystem files = there.isPresent() ? there.get().files() : MorganaFileSystems.over(image.open());
            OPEN.put(name, new Shared(files, there.map(Shared::users).orElse(0) + 1));
            return files;
        }
    }

    /** Closes an image with its last user. */
    static void close(FileSystem files) throws IOException {
        synchronized (OPEN) {
            for (Map.Entry<String, Shared> each : Map.copyOf(OPEN).entrySet()) {
                if (each.getValue().files() == files) {
                    int left = each.getValue().users() - 1;
                    OPEN.put(each.getKey(), new Shared(files, left));
                    if (left == 0) {
                        OPEN.remove(each.getKey());
                        files.close();
                    }
                }
            }
        }
    }
}

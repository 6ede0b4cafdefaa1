package dev.morgana.block.drivers.file;

import dev.morgana.block.drivers.host.OpenMedia;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The files that devices of this JVM have open, each once: readers share one descriptor, since closing a second one would drop
 * the lock of the first.
 */
final class OpenFiles {
    private static final Map<Object, Use> USES = new HashMap<>();

    private OpenFiles() {}

    private static final class Use {
        private final OpenFile file;
        private final OpenMedia.Claim claim;
        private int users = 1;

        Use(OpenFile file, OpenMedia.Claim claim) {
            this.file = file;
            this.claim = claim;
        }
    }

    static OpenFile acquire(String name, Path path, boolean readOnly, Locking locking) throws IOException {
        synchronized (USES) {
            OpenMedia.Claim claim = OpenMedia.claim(name, path, OpenMedia.Owner.FILE, readOnly);
            Use present = USES.get(claim.key());
            if (present != null) {
                claim.release(); // the first user's claim stands for all of them
                present.users++;
                return present.file;
            }
            try {
                OpenFile file = OpenFile.open(name, path, readOnly, locking);
                USES.put(claim.key(), new Use(file, claim));
                return file;
            } catch (Throwable e) {
                claim.release();
                throw e;
            }
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
                try {
                    file.close();
                } finally {
                    use.claim.release();
                }
            }
        }
    }
}

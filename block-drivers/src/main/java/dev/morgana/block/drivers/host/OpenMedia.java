package dev.morgana.block.drivers.host;

import dev.morgana.spi.error.DeviceLockedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;

/**
 * Which files and devices this JVM has open, by whom: a writer has its medium alone, readers of one driver share it. Two
 * drivers never have one file open together, since closing a descriptor drops the locks of the process on that file.
 */
public final class OpenMedia {
    /** Who opens media. */
    public enum Owner {
        /** The driver {@code file}. */
        FILE,
        /** The driver {@code native}. */
        NATIVE
    }

    /** By what the file system knows the file by, not by its path: links and spellings do not matter. */
    private static final Map<Object, Use> USES = new HashMap<>();

    private OpenMedia() {}

    private static final class Use {
        private final String name;
        private final Owner owner;
        private final boolean shared;
        private int users;

        Use(String name, Owner owner, boolean shared) {
            this.name = name;
            this.owner = owner;
            this.shared = shared;
        }
    }

    /** The right to have a medium open; given back once. */
    public static final class Claim {
        private final Object key;
        private boolean released;

        private Claim(Object key) {
            this.key = key;
        }

        /**
         * What the file system knows the medium by.
         *
         * @return equal for every path of one file
         */
        public Object key() {
            return key;
        }

        /** Gives the claim back. A second time does nothing. */
        public void release() {
            synchronized (USES) {
                Use use = USES.get(key);
                if (!released && use != null) {
                    released = true;
                    use.users--;
                    if (use.users == 0) {
                        USES.remove(key);
                    }
                }
            }
        }
    }

    /**
     * Claims a medium within this JVM, before it is opened.
     *
     * @param name the name of the device that is to be opened
     * @param path the path; it exists
     * @param owner who claims
     * @param shared whether others may claim it too, to read
     * @return the claim; release it when the medium is closed
     * @throws DeviceLockedException if somebody else in this JVM has the medium open in a way that excludes this one
     * @throws IOException if the path cannot be looked at
     */
    public static Claim claim(String name, Path path, Owner owner, boolean shared) throws IOException {
        synchronized (USES) {
            Object key = key(path);
            Use use = USES.computeIfAbsent(key, unused -> new Use(name, owner, shared));
            boolean compatible = use.users == 0 || (shared && use.shared && owner == use.owner);
            if (!compatible) {
                throw new DeviceLockedException(name, "this JVM, as " + use.name);
            }
            use.users++;
            return new Claim(key);
        }
    }

    private static Object key(Path path) throws IOException {
        Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        return key == null ? path.toRealPath() : key; // Windows has no key, but its locks do not get lost either
    }
}

package dev.morgana.fuse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Who owns every file of a mounted image.
 *
 * @param user the number of the user
 * @param group the number of the group
 */
record Owner(int user, int group) {
    /** Whoever runs this process. */
    static Owner ofProcess() throws IOException {
        Path self = Path.of("/proc/self");
        return new Owner((int) Files.getAttribute(self, "unix:uid"), (int) Files.getAttribute(self, "unix:gid"));
    }
}

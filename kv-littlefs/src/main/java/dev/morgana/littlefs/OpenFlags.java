package dev.morgana.littlefs;

import dev.morgana.littlefs.file.OpenMode;
import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.spi.error.InvalidRequestException;
import java.util.Set;

/** Checks flags that contradict each other. */
final class OpenFlags {
    private static final Set<OpenFlag> ACCESS = Set.of(OpenFlag.RDONLY, OpenFlag.WRONLY, OpenFlag.RDWR);

    private OpenFlags() {}

    static OpenMode mode(Set<OpenFlag> flags) throws InvalidRequestException {
        long accesses = flags.stream().filter(ACCESS::contains).count();
        if (accesses != 1) {
            throw new IllegalArgumentException("flags " + flags + " have not exactly one of RDONLY, WRONLY and RDWR");
        }
        boolean writable = !flags.contains(OpenFlag.RDONLY);
        if (!writable && flags.contains(OpenFlag.TRUNC)) {
            throw PeerError.INVAL.on(new InvalidRequestException("TRUNC needs a handle that is open for writing"));
        }
        return new OpenMode(
                !flags.contains(OpenFlag.WRONLY),
                writable,
                writable && flags.contains(OpenFlag.APPEND),
                flags.contains(OpenFlag.TRUNC));
    }
}

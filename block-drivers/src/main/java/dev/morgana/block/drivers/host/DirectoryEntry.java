package dev.morgana.block.drivers.host;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The name of a file in its directory. On POSIX systems a file that was made or renamed is only found again after a power
 * loss if its directory was synced too.
 */
public final class DirectoryEntry {
    private DirectoryEntry() {}

    /**
     * Makes the entry of a file durable, where the operating system lets a program sync directories; elsewhere does nothing.
     *
     * @param file the file
     * @throws IOException if the directory can be opened but not synced
     */
    public static void sync(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null) {
            return;
        }
        // Only a channel can open a directory, and channels fail under an interrupt: hide it, and give it back.
        boolean interrupted = Thread.interrupted();
        try {
            while (!isSynced(directory)) {
                interrupted |= Thread.interrupted();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** False if an interrupt came in between. */
    private static boolean isSynced(Path directory) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(directory, StandardOpenOption.READ);
        } catch (IOException e) {
            return true; // Windows, or a directory that may not be read: nothing can be promised here
        }
        try (channel) {
            channel.force(true);
            return true;
        } catch (ClosedByInterruptException e) {
            return false;
        }
    }
}

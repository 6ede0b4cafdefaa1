package dev.morgana.cli.exchange.host;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A hidden folder for what is not whole yet, beside the place where it is to stand. It vanishes when it is closed, or the
 * process ends. What a killed process has left is swept by the next one that works in the same place: whoever uses such a folder
 * holds the lock of a file in it, which ends with the process, however that ends. Where the file system has no locks, nothing is
 * swept.
 */
public final class PartFolder implements Closeable {
    private static final String PREFIX = ".morgana-part";
    private static final String LOCK = "lock";

    /** Those of this process, which it must not look into: who closes a file loses every lock that the process has on it. */
    private static final Set<Path> OWN = new HashSet<>();

    private final Path folder;
    private final FileChannel lock;
    private final Thread removal;

    private PartFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
        this.removal = new Thread(this::remove);
        Runtime.getRuntime().addShutdownHook(removal);
    }

    /**
     * Makes one for a file that is to be made, and sweeps what killed processes have left there.
     *
     * @throws TransferException if there is no such folder
     */
    public static PartFolder beside(Path file) throws IOException {
        Path parent = file.getParent() == null ? Path.of("") : file.getParent();
        if (!Files.isDirectory(parent)) {
            throw new TransferException(file + ": its folder does not exist; make it first");
        }
        return in(parent);
    }

    /** Makes one in a folder, and sweeps what killed processes have left there. */
    public static PartFolder in(Path parent) throws IOException {
        synchronized (OWN) {
            sweep(parent);
            @Nullable PartFolder made = null;
            while (made == null) {
                made = lockNew(Files.createTempDirectory(parent, PREFIX));
            }
            OWN.add(made.folder.toRealPath());
            return made;
        }
    }

    /** Null if another process has taken the new folder for a leftover before the lock was there. */
    private static @Nullable PartFolder lockNew(Path folder) throws IOException {
        Path file = folder.resolve(LOCK);
        FileChannel channel;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (NoSuchFileException e) {
            return null;
        }
        if (isLocked(channel, true) && Files.exists(file)) {
            return new PartFolder(folder, channel);
        }
        channel.close();
        return null;
    }

    private static boolean isLocked(FileChannel channel, boolean withoutLocks) {
        try {
            return channel.tryLock() != null;
        } catch (IOException e) {
            return withoutLocks;
        }
    }

    private static void sweep(Path parent) throws IOException {
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path leftover : leftovers) {
                if (Files.isDirectory(leftover) && !OWN.contains(leftover.toRealPath())) {
                    sweepUnused(leftover);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /** What belongs to somebody else, or changes meanwhile, stays as it is. */
    private static void sweepUnused(Path leftover) {
        try (FileChannel channel = FileChannel.open(leftover.resolve(LOCK), StandardOpenOption.WRITE)) {
            if (isLocked(channel, false)) {
                deleteContent(leftover);
                Files.deleteIfExists(leftover.resolve(LOCK));
                Files.delete(leftover);
            }
        } catch (NoSuchFileException e) {
            deleteEmpty(leftover);
        } catch (IOException e) {
            // not ours to sweep
        }
    }

    private static void deleteEmpty(Path folder) {
        try {
            Files.delete(folder);
        } catch (IOException e) {
            // it is not empty any more, or gone
        }
    }

    /** All but the lock, which goes last: a sweep that is killed is taken up by the next one. */
    private static void deleteContent(Path folder) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                if (!file.endsWith(LOCK)) {
                    Files.delete(file);
                }
            }
        }
    }

    /** The file of a name in this folder; it need not exist. */
    public Path file(String name) {
        return folder.resolve(name);
    }

    @Override
    public void close() {
        remove();
        Runtime.getRuntime().removeShutdownHook(removal);
    }

    private void remove() {
        synchronized (OWN) {
            try {
                Path real = folder.toRealPath();
                deleteContent(folder);
                lock.close();
                Files.deleteIfExists(folder.resolve(LOCK));
                Files.deleteIfExists(folder);
                OWN.remove(real);
            } catch (IOException e) {
                // what stays is a leftover, which the next run sweeps
            }
        }
    }
}

package dev.morgana.block.drivers.file;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Finds out which process holds the lock on a file. Linux tells, in {@code /proc/locks}; elsewhere it stays unknown. */
final class LockOwner {
    private static final int PID_FIELD = 4;
    private static final int FILE_FIELD = 5;

    private LockOwner() {}

    static String of(Path path) {
        try (FileInputStream locks = new FileInputStream("/proc/locks")) {
            String file = idOf(path);
            OptionalLong pid = new String(locks.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .map(line -> line.trim().split("\\s+"))
                    .filter(fields -> fields.length > FILE_FIELD && fields[FILE_FIELD].equals(file))
                    .mapToLong(fields -> Long.parseLong(fields[PID_FIELD]))
                    .filter(candidate -> candidate > 0)
                    .findFirst();
            return describe(pid.isPresent() ? pid.getAsLong() : ownerOfOpenFileLock(file));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return "another process"; // not Linux, or a file system that numbers its files differently: only the name
            // is lost
        }
    }

    /** The process that has a descriptor with a lock on a file; 0 if it does not show. Such locks are listed without one. */
    private static long ownerOfOpenFileLock(String file) throws IOException {
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                if (holdsLock(process.resolve("fdinfo"), file)) {
                    return Long.parseLong(process.getFileName().toString());
                }
            }
        }
        return 0;
    }

    private static boolean holdsLock(Path descriptors, String file) {
        try (DirectoryStream<Path> open = Files.newDirectoryStream(descriptors)) {
            for (Path descriptor : open) {
                if (Files.readString(descriptor)
                        .lines()
                        .anyMatch(line -> line.startsWith("lock:") && line.contains(" " + file + " "))) {
                    return true;
                }
            }
            return false;
        } catch (IOException | UncheckedIOException | DirectoryIteratorException e) {
            return false; // it has ended meanwhile, or belongs to somebody else
        }
    }

    private static String describe(long pid) {
        if (pid == 0) {
            return "another process";
        }
        return "process " + pid
                + ProcessHandle.of(pid)
                        .flatMap(process -> process.info().command())
                        .map(command -> " (" + command + ")")
                        .orElse("");
    }

    /** As the kernel writes it: device numbers in hexadecimal, file number in decimal. */
    private static String idOf(Path path) throws IOException {
        long device = ((Number) Files.getAttribute(path, "unix:dev")).longValue();
        long major = (device >>> 8 & 0xfff) | (device >>> 32 & ~0xfffL);
        long minor = (device & 0xff) | (device >>> 12 & ~0xffL);
        return String.format("%02x:%02x:%s", major, minor, Files.getAttribute(path, "unix:ino"));
    }
}

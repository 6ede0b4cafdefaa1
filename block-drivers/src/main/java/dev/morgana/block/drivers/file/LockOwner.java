package dev.morgana.block.drivers.file;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
            return pid.isPresent() ? describe(pid.getAsLong()) : "another process";
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return "another process"; // not Linux, or a file system that numbers its files differently: only the name
            // is lost
        }
    }

    private static String describe(long pid) {
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

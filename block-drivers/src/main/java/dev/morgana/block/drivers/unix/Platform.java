package dev.morgana.block.drivers.unix;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The numbers that differ between the systems on which the driver works. They are the ABI of the systems, from
 * {@code fcntl.h}: what a C compiler says on Linux is compared in the tests; those of macOS were never run.
 */
enum Platform {
    LINUX(0x80000, 0x80, 0x4000, 37, (short) 0, (short) 1),
    MACOS(0x1000000, 0x800, 0, 90, (short) 1, (short) 3);

    /** Machines with these numbers; others, such as MIPS and POWER, have their own. */
    private static final Set<String> MACHINES = Set.of("amd64", "x86_64", "aarch64", "riscv64");

    static final int O_RDONLY = 0;
    static final int O_RDWR = 2;

    /** The type of lock that is none, which is the same on both systems. */
    static final short NO_LOCK = 2;

    /** The descriptor does not survive an exec. */
    final int closeOnExec;

    /** On a block device: fail if it is mounted or open exclusively. */
    final int exclusive;

    /** Bypass the page cache; 0 where there is no such flag. It is another one on ARM. */
    final int direct;

    /** Lock by open file, not by process: a lock that closing another descriptor of the file does not drop. */
    final int setOpenFileLock;

    /** The lock of readers. */
    final short readLock;

    /** The lock of a writer. */
    final short writeLock;

    Platform(int closeOnExec, int exclusive, int direct, int setOpenFileLock, short readLock, short writeLock) {
        this.closeOnExec = closeOnExec;
        this.exclusive = exclusive;
        this.direct = direct;
        this.setOpenFileLock = setOpenFileLock;
        this.readLock = readLock;
        this.writeLock = writeLock;
    }

    /** The running system, or empty if the driver does not work on it. */
    static Optional<Platform> running() {
        String name = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (!MACHINES.contains(System.getProperty("os.arch", ""))) {
            return Optional.empty();
        }
        if (name.equals("linux")) {
            return Optional.of(LINUX);
        }
        return name.startsWith("mac") ? Optional.of(MACOS) : Optional.empty();
    }

    /** {@code O_DIRECT} of the running machine: ARM has another number than the others. */
    int directFlag() {
        return this == LINUX && System.getProperty("os.arch", "").equals("aarch64") ? 0x10000 : direct;
    }
}

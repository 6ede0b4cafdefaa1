package dev.morgana.block.drivers.unix;

/** Error numbers of the C library by name. Those up to 34 are the same on Linux and macOS. */
enum Errno {
    EPERM(1, 1, "operation not permitted"),
    ENOENT(2, 2, "no such file"),
    EINTR(4, 4, "interrupted"),
    EIO(5, 5, "input/output error"),
    ENXIO(6, 6, "no such device"),
    EBADF(9, 9, "bad descriptor"),
    EAGAIN(11, 35, "in use, or not now"),
    ENOMEM(12, 12, "out of memory"),
    EACCES(13, 13, "permission denied"),
    ENOTBLK(15, 15, "no block device"),
    EBUSY(16, 16, "device is busy"),
    EEXIST(17, 17, "exists already"),
    ENODEV(19, 19, "no such device"),
    ENOTDIR(20, 20, "not a directory"),
    EISDIR(21, 21, "is a directory"),
    EINVAL(22, 22, "invalid argument"),
    ENFILE(23, 23, "too many open files in the system"),
    EMFILE(24, 24, "too many open files"),
    ENOTTY(25, 25, "the device does not know this request"),
    ETXTBSY(26, 26, "file is being executed"),
    EFBIG(27, 27, "file too large"),
    ENOSPC(28, 28, "no space left"),
    EROFS(30, 30, "read-only"),
    ENAMETOOLONG(36, 63, "name too long"),
    ENOSYS(38, 78, "no such system call"),
    ELOOP(40, 62, "too many symbolic links"),
    EBADMSG(74, 94, "data is damaged beyond correction"),
    EOVERFLOW(75, 84, "value too large"),
    EOPNOTSUPP(95, 102, "not supported"),
    ETIMEDOUT(110, 60, "timed out"),
    EUCLEAN(117, -1, "bit errors were corrected"),
    ENOMEDIUM(123, -1, "no medium"),
    EDQUOT(122, 69, "quota exceeded");

    private final int linux;
    private final int macos;
    private final String meaning;

    Errno(int linux, int macos, String meaning) {
        this.linux = linux;
        this.macos = macos;
        this.meaning = meaning;
    }

    int number(Platform platform) {
        return platform == Platform.LINUX ? linux : macos;
    }

    /** Name and meaning of a number, or the bare number if it is none of these. */
    static String describe(Platform platform, int number) {
        for (Errno errno : values()) {
            if (errno.number(platform) == number) {
                return errno.name() + " (" + errno.meaning + ")";
            }
        }
        return "errno " + number;
    }
}

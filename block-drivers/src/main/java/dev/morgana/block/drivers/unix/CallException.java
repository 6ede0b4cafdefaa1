package dev.morgana.block.drivers.unix;

import java.io.IOException;

/** A call of the C library that failed: its name and the name of the error. */
final class CallException extends IOException {
    private final int errno;

    CallException(Platform platform, String call, int errno) {
        super(call + ": " + Errno.describe(platform, errno));
        this.errno = errno;
    }

    boolean is(Platform platform, Errno expected) {
        return errno == expected.number(platform);
    }
}

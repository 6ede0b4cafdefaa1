package dev.morgana.block.drivers.unix;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * {@code struct flock}, for locks of a whole file: start 0, length 0.
 *
 * <pre>
 *   Linux, 64 bit                          macOS
 *   0      2        8       16     24 28   0       8      16    20     22       24
 *   +------+--------+-------+------+--+    +-------+------+-----+------+--------+
 *   | type | whence | start | len  |pid|   | start | len  | pid | type | whence |
 *   +------+--------+-------+------+--+    +-------+------+-----+------+--------+
 * </pre>
 */
final class FileLockStructure {
    static final int LINUX_BYTES = 32;
    private static final int MACOS_BYTES = 24;
    private static final int MACOS_TYPE = 20;

    private FileLockStructure() {}

    static ByteBuffer wholeFile(Platform platform, short type) {
        boolean linux = platform == Platform.LINUX;
        ByteBuffer lock =
                ByteBuffer.allocateDirect(linux ? LINUX_BYTES : MACOS_BYTES).order(ByteOrder.nativeOrder());
        return lock.putShort(linux ? 0 : MACOS_TYPE, type);
    }
}

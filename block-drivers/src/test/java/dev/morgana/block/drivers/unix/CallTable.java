package dev.morgana.block.drivers.unix;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** A C library that answers from a table, call by call, and fails on a call that is not next in it. */
final class CallTable implements Libc {
    private record Call(String words, int result, int errno, Consumer<ByteBuffer> effect) {}

    private final Deque<Call> expected = new ArrayDeque<>();
    private int errno;

    void expect(String words, int result) {
        expect(words, result, argument -> {});
    }

    void expect(String words, int result, Consumer<ByteBuffer> effect) {
        expected.add(new Call(words, result, 0, effect));
    }

    void fail(String words, Errno error) {
        expected.add(new Call(words, -1, error.number(Platform.LINUX), argument -> {}));
    }

    int errno() {
        return errno;
    }

    void assertAllMade() {
        assertThat(expected).as("calls that were not made").isEmpty();
    }

    private int made(String words, ByteBuffer argument) {
        assertThat(expected).as("no call is expected any more: " + words).isNotEmpty();
        Call call = expected.remove();
        assertThat(words).isEqualTo(call.words);
        call.effect.accept(argument);
        errno = call.errno;
        return call.result;
    }

    @Override
    public int open(String path, int flags, int mode) {
        assertThat(flags & Platform.LINUX.closeOnExec).isNotZero();
        return made("open " + ((flags & Platform.O_RDWR) != 0 ? "O_RDWR" : "O_RDONLY"), ByteBuffer.allocate(0));
    }

    @Override
    public int close(int descriptor) {
        return made("close " + descriptor, ByteBuffer.allocate(0));
    }

    @Override
    public long pread(int descriptor, ByteBuffer target, long length, long position) {
        assertThat(target.isDirect()).isTrue();
        return made("pread " + descriptor + " 0x" + Long.toHexString(position) + " " + length, target);
    }

    @Override
    public long pwrite(int descriptor, ByteBuffer source, long length, long position) {
        assertThat(source.isDirect()).isTrue();
        return made("pwrite " + descriptor + " 0x" + Long.toHexString(position) + " " + length, source);
    }

    @Override
    public int fdatasync(int descriptor) {
        return made("fdatasync " + descriptor, ByteBuffer.allocate(0));
    }

    @Override
    public int ftruncate(int descriptor, long length) {
        return made("ftruncate " + descriptor + " " + length, ByteBuffer.allocate(0));
    }

    @Override
    public long lseek(int descriptor, long offset, int whence) {
        return made("lseek " + descriptor, ByteBuffer.allocate(0));
    }

    @Override
    public int fcntl(int descriptor, int command, ByteBuffer argument) {
        return made("fcntl " + descriptor + " " + command, argument);
    }

    @Override
    public int ioctl(int descriptor, long request, ByteBuffer argument) {
        for (ControlRequest known : ControlRequest.values()) {
            if (known.number() == request) {
                return made("ioctl " + descriptor + " " + known + arguments(known, argument), argument);
            }
        }
        throw new AssertionError("unknown request 0x" + Long.toHexString(request));
    }

    private static String arguments(ControlRequest request, ByteBuffer argument) {
        StringBuilder words = new StringBuilder();
        if (request != ControlRequest.MEMGETINFO) {
            for (int i = 0; i < argument.capacity(); i += Long.BYTES) {
                words.append(" 0x").append(Long.toHexString(argument.getLong(i)));
            }
        }
        return words.toString();
    }
}

package dev.morgana.littlefs;

import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.LimitExceededException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.store.KeyValueStore;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/** Runs in a child with a small heap: writes a file of the largest size that the format has, and reads it. */
final class MaximalFile {
    private static final long SIZE = Integer.MAX_VALUE;
    private static final long DEVICE_BYTES = 64L << 30;
    private static final int PIECE = 1 << 20;
    private static final LittleFsPath PATH = LittleFsPath.of("/f");

    private MaximalFile() {}

    public static void main(String[] arguments) throws IOException {
        require(Runtime.getRuntime().maxMemory() <= 64 << 20, "the heap is larger than 64 MiB");
        int blockSize = Integer.parseInt(arguments[0]);
        Geometry geometry = new Geometry(64, 64, blockSize, DEVICE_BYTES / blockSize, ErasedState.ZEROS);
        ZeroPackingDevice device = new ZeroPackingDevice(geometry);
        LittleFs.format(device, Options.none());
        write(device);
        read(device);
        new FileOutputStream(FileDescriptor.out).write("done\n".getBytes(StandardCharsets.UTF_8));
    }

    /** Zeros with a mark at the beginning of each piece. */
    private static void fill(byte[] piece, long number) {
        Arrays.fill(piece, (byte) 0);
        ByteBuffer.wrap(piece).putLong((int) (number * 7919 % (PIECE - Long.BYTES)), number + 1);
    }

    private static void write(ZeroPackingDevice device) throws StoreException {
        byte[] piece = new byte[PIECE];
        try (LittleFs files = LittleFs.mount(device, Options.none());
                LittleFsFile file = files.open(PATH, Set.of(OpenFlag.WRONLY, OpenFlag.CREAT))) {
            for (long at = 0; at < SIZE; at += PIECE) {
                fill(piece, at / PIECE);
                file.write(ByteBuffer.wrap(piece, 0, (int) Math.min(PIECE, SIZE - at)));
            }
            try {
                file.write(ByteBuffer.allocate(1));
                throw new AssertionError("one byte more was written");
            } catch (LimitExceededException e) {
                require(e.nativeCode().filter("FBIG"::equals).isPresent(), "native code");
            }
        }
    }

    private static void read(ZeroPackingDevice device) throws IOException {
        byte[] expected = new byte[PIECE];
        try (KeyValueStore store = Stores.open(device, Options.none())) {
            require(store.size(Key.of("f")) == SIZE, "size");
            try (InputStream in = store.open(Key.of("f"))) {
                for (long at = 0; at < SIZE; at += PIECE) {
                    fill(expected, at / PIECE);
                    int length = (int) Math.min(PIECE, SIZE - at);
                    byte[] found = in.readNBytes(length);
                    require(Arrays.equals(found, 0, found.length, expected, 0, length), "bytes at " + at);
                }
                require(in.read() < 0, "end");
            }
        }
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new AssertionError(what);
        }
    }
}

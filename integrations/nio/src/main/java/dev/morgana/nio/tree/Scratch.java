package dev.morgana.nio.tree;

import dev.morgana.spi.backend.PositionedStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Bytes that may change, in memory while they are few, and in a temporary file of the host from then on. */
final class Scratch {
    private static final int IN_MEMORY = 1 << 20;
    private static final int PIECE = 1 << 16;

    private byte[] bytes = new byte[0];
    private long size;
    private @Nullable FileChannel file;

    long size() {
        return size;
    }

    /** Adds everything that a stream gives. */
    void append(InputStream stream) throws IOException {
        byte[] piece = new byte[PIECE];
        for (int count = stream.read(piece); count >= 0; count = stream.read(piece)) {
            write(size, ByteBuffer.wrap(piece, 0, count));
        }
    }

    /** Reads from a position; 0 at and past the end. */
    int read(long position, ByteBuffer target) throws IOException {
        int count = (int) Math.max(0, Math.min(target.remaining(), size - position));
        FileChannel spilled = file;
        if (spilled == null) {
            target.put(bytes, count == 0 ? 0 : (int) position, count);
            return count;
        }
        ByteBuffer part = target.slice().limit(count);
        while (part.hasRemaining()) {
            if (spilled.read(part, position + part.position()) < 0) {
                throw new IOException("the temporary file of an open file was cut off");
            }
        }
        target.position(target.position() + count);
        return count;
    }

    /** Writes at a position; what lies between the end and it is zero. */
    void write(long position, ByteBuffer source) throws IOException {
        long end = position + source.remaining();
        grow(Math.max(size, end));
        FileChannel spilled = file;
        if (spilled == null) {
            source.get(bytes, (int) position, source.remaining());
        } else {
            while (source.hasRemaining()) {
                spilled.write(source, end - source.remaining());
            }
        }
    }

    /** Cuts off, or adds zeros. */
    void resize(long newSize) throws IOException {
        if (newSize >= size) {
            grow(newSize);
            return;
        }
        FileChannel spilled = file;
        if (spilled == null) {
            Arrays.fill(bytes, (int) newSize, (int) size, (byte) 0);
        } else {
            spilled.truncate(newSize);
        }
        size = newSize;
    }

    private void grow(long newSize) throws IOException {
        if (file == null && newSize > IN_MEMORY) {
            file = spill();
        }
        FileChannel spilled = file;
        if (spilled == null && newSize > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(IN_MEMORY, Math.max(newSize, 2L * bytes.length)));
        } else if (spilled != null && newSize > size) {
            spilled.write(ByteBuffer.allocate(1), newSize - 1);
        }
        size = newSize;
    }

    private FileChannel spill() throws IOException {
        Path path = Files.createTempFile("morgana", ".open");
        FileChannel opened = FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        ByteBuffer all = ByteBuffer.wrap(bytes, 0, (int) size);
        while (all.hasRemaining()) {
            opened.write(all);
        }
        bytes = new byte[0];
        return opened;
    }

    /** All bytes, from the first. */
    InputStream stream() {
        return new PositionedStream(size, this::read, () -> {});
    }

    void discard() {
        bytes = new byte[0];
        size = 0;
        FileChannel spilled = file;
        if (spilled != null) {
            file = null;
            try {
                spilled.close();
            } catch (IOException e) {
                // The host removes its temporary files.
                size = 0;
            }
        }
    }
}

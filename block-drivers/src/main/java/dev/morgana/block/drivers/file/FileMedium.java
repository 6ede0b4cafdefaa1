package dev.morgana.block.drivers.file;

import dev.morgana.block.drivers.Medium;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The first bytes of an open file as a medium. Bytes move between the file and a buffer in pieces of bounded size, because
 * buffers that have no accessible array are copied, and the JDK copies the others once more.
 *
 * @param name the device's name
 * @param file released on close
 * @param size how many bytes of the file belong to the medium
 * @param syncing when the file is brought to its medium
 */
record FileMedium(String name, OpenFile file, long size, Syncing syncing) implements Medium {
    private static final int PIECE = 64 * 1024;

    @Override
    public void read(long position, ByteBuffer target) throws IOException {
        synchronized (file) {
            file.seek(position);
            byte[] copy = target.hasArray() ? target.array() : new byte[Math.min(target.remaining(), PIECE)];
            while (target.hasRemaining()) {
                int offset = target.hasArray() ? target.arrayOffset() + target.position() : 0;
                int length = file.read(copy, offset, Math.min(target.remaining(), PIECE));
                if (length < 0) {
                    throw new EOFException("the file was cut to " + file.length() + " bytes while it was open");
                }
                advance(target, copy, length);
            }
        }
    }

    private static void advance(ByteBuffer target, byte[] copy, int length) {
        if (target.hasArray()) {
            target.position(target.position() + length);
        } else {
            target.put(copy, 0, length);
        }
    }

    @Override
    public void write(long position, ByteBuffer source) throws IOException {
        synchronized (file) {
            file.seek(position);
            file.blank().write(position, source.remaining());
            byte[] copy = new byte[source.hasArray() ? 0 : Math.min(source.remaining(), PIECE)];
            while (source.hasRemaining()) {
                int length = Math.min(source.remaining(), PIECE);
                if (source.hasArray()) {
                    file.write(source.array(), source.arrayOffset() + source.position(), length);
                    source.position(source.position() + length);
                } else {
                    source.get(copy, 0, length);
                    file.write(copy, 0, length);
                }
            }
        }
    }

    @Override
    public void fill(long position, long length, byte value) throws IOException {
        byte[] piece = new byte[(int) Math.min(length, PIECE)];
        Arrays.fill(piece, value);
        synchronized (file) {
            if (file.blank().hold(position, length, value)) {
                return;
            }
            file.blank().write(position, length);
            file.seek(position);
            for (long left = length; left > 0; left -= piece.length) {
                file.write(piece, 0, (int) Math.min(left, piece.length));
            }
        }
    }

    @Override
    public void sync() throws IOException {
        if (syncing == Syncing.EACH) {
            file.sync();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            if (syncing == Syncing.AT_CLOSE) {
                file.sync();
            }
        } finally {
            OpenFiles.release(file);
        }
    }
}

package dev.morgana.littlefs.file;

import java.nio.ByteBuffer;

/** A file whose bytes stand in its directory. */
record InlineContent(byte[] bytes) implements FileContent {
    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public int read(long position, ByteBuffer target) {
        if (position >= bytes.length) {
            return 0;
        }
        int length = Math.min(target.remaining(), bytes.length - (int) position);
        target.put(bytes, (int) position, length);
        return length;
    }
}

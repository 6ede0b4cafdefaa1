package dev.morgana.spi.adapter;

import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;

/** A number of zero bytes, however many, without holding them. */
final class ZeroStream extends InputStream {
    private long remaining;

    ZeroStream(long length) {
        this.remaining = length;
    }

    @Override
    public int read() {
        if (remaining == 0) {
            return -1;
        }
        remaining--;
        return 0;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (remaining == 0 && length > 0) {
            return -1;
        }
        int count = (int) Math.min(length, remaining);
        Arrays.fill(target, offset, offset + count, (byte) 0);
        remaining -= count;
        return count;
    }
}

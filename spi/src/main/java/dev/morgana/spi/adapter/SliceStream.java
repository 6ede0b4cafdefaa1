package dev.morgana.spi.adapter;

import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** A part of another stream. That the other one ends too early is an error, so that a value cannot get shorter unseen. */
final class SliceStream extends FilterInputStream {
    private long skip;
    private long remaining;

    SliceStream(InputStream in, long offset, long length) {
        super(in);
        this.skip = offset;
        this.remaining = length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (skip > 0) {
            in.skipNBytes(skip);
            skip = 0;
        }
        if (remaining == 0) {
            return length == 0 ? 0 : -1;
        }
        int count = in.read(target, offset, (int) Math.min(length, remaining));
        if (count < 0) {
            throw new EOFException("value ends " + remaining + " bytes too early");
        }
        remaining -= count;
        return count;
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = 0;
        while (skipped < count && read() >= 0) {
            skipped++;
        }
        return skipped;
    }

    @Override
    public int available() {
        return 0;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}

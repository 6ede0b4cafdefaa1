package dev.morgana.crypt.seal;

import dev.morgana.crypt.layout.Segments;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** A value in its sealed form while it is being read: one segment, and the byte that tells whether it is the last. */
final class SealingStream extends InputStream {
    private final SegmentCipher cipher;
    private final InputStream value;
    private byte[] ready;
    private int position;
    private byte[] segment = new byte[0];
    private boolean started;
    private long number;
    private boolean ended;

    SealingStream(byte[] header, SegmentCipher cipher, InputStream value) {
        this.ready = header;
        this.cipher = cipher;
        this.value = value;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (position == ready.length && !fill()) {
            return -1;
        }
        int count = Math.min(length, ready.length - position);
        System.arraycopy(ready, position, target, offset, count);
        position += count;
        return count;
    }

    /** Seals one more segment. Only when the next one turns out to be empty is it known to be the last. */
    private boolean fill() throws IOException {
        if (ended) {
            return false;
        }
        if (!started) {
            segment = value.readNBytes(Segments.LENGTH);
            started = true;
        }
        byte[] next = segment.length < Segments.LENGTH ? new byte[0] : value.readNBytes(Segments.LENGTH);
        ended = next.length == 0;
        ready = cipher.seal(number++, ended, segment, 0, segment.length);
        position = 0;
        segment = next;
        return true;
    }
}

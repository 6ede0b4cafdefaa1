package dev.morgana.crypt.store;

import dev.morgana.crypt.layout.Segments;
import dev.morgana.crypt.seal.Opener;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.store.Store;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;

/** A value out of its sealed form, one segment at a time. Nothing is given out before its tag was found right. */
final class UnsealingStream extends InputStream {
    private final Store store;
    private final Damage damage;
    private final byte[] name;
    private final Opener opener;
    private final InputStream sealed;
    private byte[] ready = {};
    private int position;
    private byte[] segment = {};
    private boolean started;
    private long number;
    private boolean ended;

    /** The rest of a sealed value, from its first segment on. The stream is this one's to close. */
    UnsealingStream(Store store, Damage damage, byte[] name, Opener opener, InputStream sealed) {
        this.store = store;
        this.damage = damage;
        this.name = name;
        this.opener = opener;
        this.sealed = sealed;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        store.info(); // a stream ends with its store, whatever is decrypted already
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

    private boolean fill() throws IOException {
        if (ended) {
            return false;
        }
        if (!started) {
            segment = sealed.readNBytes(Segments.SEALED);
            started = true;
        }
        byte[] next = sealed.readNBytes(Segments.SEALED);
        ended = next.length == 0;
        ready = opened(number++);
        position = 0;
        segment = next;
        return ready.length > 0; // only an empty value has an empty segment
    }

    private byte[] opened(long index) throws StoreException {
        Optional<byte[]> bytes = opener.open(index, ended, segment, 0, segment.length);
        return bytes.orElseThrow(() -> damage.tag(name, Segments.position(index)));
    }

    @Override
    public void close() throws IOException {
        sealed.close();
    }
}

package dev.morgana.crypt.vault;

import dev.morgana.crypt.cells.Damage;
import dev.morgana.crypt.layout.Segments;
import dev.morgana.crypt.seal.Opener;
import dev.morgana.crypt.seal.PieceStream;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.store.Store;
import java.io.IOException;
import java.io.InputStream;

/** A value out of its sealed form. Nothing is given out before its tag was found right. */
public final class UnsealingStream extends PieceStream {
    private static final byte[] END = {};

    private final Store store;
    private final Damage damage;
    private final byte[] name;
    private final Opener opener;
    private final InputStream sealed;
    private byte[] segment = {};
    private long number = -1;
    private boolean ended;

    /** The rest of a sealed value, from its first segment on. The stream is this one's to close. */
    UnsealingStream(Store store, Damage damage, byte[] name, Opener opener, InputStream sealed) {
        super(END);
        this.store = store;
        this.damage = damage;
        this.name = name;
        this.opener = opener;
        this.sealed = sealed;
    }

    /** A stream ends with its store, whatever is decrypted already. */
    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        store.info();
        return super.read(target, offset, length);
    }

    @Override
    protected byte[] next() throws IOException {
        if (ended) {
            return END;
        }
        if (number < 0) {
            segment = sealed.readNBytes(Segments.SEALED);
            number = 0;
        }
        byte[] following = sealed.readNBytes(Segments.SEALED);
        ended = following.length == 0;
        byte[] opened = opened(number++);
        segment = following;
        return opened;
    }

    private byte[] opened(long index) throws StoreException {
        return opener.open(index, ended, segment, 0, segment.length)
                .orElseThrow(() -> damage.tag(name, Segments.position(index)));
    }

    @Override
    public void close() throws IOException {
        sealed.close();
    }
}

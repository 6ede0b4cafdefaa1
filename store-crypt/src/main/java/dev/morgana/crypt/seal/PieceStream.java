package dev.morgana.crypt.seal;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** A stream that is made piece by piece, one of them in memory. */
public abstract class PieceStream extends InputStream {
    private byte[] piece;
    private int position;

    /** Begins with a piece, which may be empty. */
    protected PieceStream(byte[] first) {
        this.piece = first;
    }

    /** Makes the next piece; an empty one, again and again, at the end. */
    protected abstract byte[] next() throws IOException;

    @Override
    public final int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (position == piece.length) {
            piece = next();
            position = 0;
            if (piece.length == 0) {
                return -1;
            }
        }
        int count = Math.min(length, piece.length - position);
        System.arraycopy(piece, position, target, offset, count);
        position += count;
        return count;
    }
}

package dev.morgana.crypt.vault;

import dev.morgana.crypt.cells.Work;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A stream whose end is reached only if a check holds then. */
public final class CheckedAtEnd extends FilterInputStream {
    private final Work check;
    private boolean checked;

    CheckedAtEnd(InputStream stream, Work check) {
        super(stream);
        this.check = check;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = in.read(target, offset, length);
        if (count < 0 && !checked) {
            checked = true;
            check.run();
        }
        return count;
    }
}

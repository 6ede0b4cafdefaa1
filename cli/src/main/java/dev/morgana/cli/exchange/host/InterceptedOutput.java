package dev.morgana.cli.exchange.host;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A stream that sees the errors of the one below before they are thrown. */
public abstract class InterceptedOutput extends FilterOutputStream {
    /** A stream over another one, which it closes. */
    protected InterceptedOutput(OutputStream out) {
        super(out);
    }

    /** The error to throw in place of one that came up. */
    protected abstract IOException intercepted(IOException error);

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            throw intercepted(e);
        }
    }
}

package dev.morgana.cli.exchange;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A stream whose errors name the file that it goes to, which those of the host do not. */
public final class NamedOutput extends FilterOutputStream {
    private final String name;

    /** A stream over another one, which it closes. */
    public NamedOutput(OutputStream out, String name) {
        super(out);
        this.name = name;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        try {
            out.write(bytes, offset, length);
        } catch (IOException e) {
            throw NamedInput.named(name, e);
        }
    }
}

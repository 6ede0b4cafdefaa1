package dev.morgana.cli.exchange.host;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;

/** A stream whose errors name the file that it comes from, which those of the host do not. */
public final class NamedInput extends FilterInputStream {
    private final String name;

    /** A stream over another one, which it closes. */
    public NamedInput(InputStream in, String name) {
        super(in);
        this.name = name;
    }

    @Override
    public int read() throws IOException {
        try {
            return in.read();
        } catch (IOException e) {
            throw named(name, e);
        }
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        try {
            return in.read(target, offset, length);
        } catch (IOException e) {
            throw named(name, e);
        }
    }

    /** The same error with the name of a file, if it has none yet and is the host's. */
    static IOException named(String name, IOException error) {
        if (error.getClass() != IOException.class) {
            return error;
        }
        FileSystemException named = new FileSystemException(name, null, error.getMessage());
        named.initCause(error);
        return named;
    }
}

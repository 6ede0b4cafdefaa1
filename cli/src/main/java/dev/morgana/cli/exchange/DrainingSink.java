package dev.morgana.cli.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Reads everything and keeps nothing: a dry run finds what cannot be read. */
public final class DrainingSink implements TreeSink {
    @Override
    public void dictionary(byte[] path, Details details) {
        // nothing to read
    }

    @Override
    public void value(byte[] path, long size, InputStream content, Details details) throws IOException {
        content.transferTo(OutputStream.nullOutputStream());
    }
}

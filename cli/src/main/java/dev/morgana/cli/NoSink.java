package dev.morgana.cli;

import dev.morgana.cli.exchange.Details;
import dev.morgana.cli.exchange.TreeSink;
import java.io.InputStream;

/** Takes everything and keeps nothing but the sum of the sizes. */
final class NoSink implements TreeSink {
    private long bytes;

    long bytes() {
        return bytes;
    }

    @Override
    public void dictionary(byte[] path, Details details) {
        // nothing to add
    }

    @Override
    public void value(byte[] path, long size, InputStream content, Details details) {
        bytes += size;
    }
}

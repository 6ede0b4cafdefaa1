package dev.morgana.cli.exchange;

import java.io.InputStream;

/** Takes everything and keeps nothing but the sum of the sizes. */
public final class CountingSink implements ValueSink {
    private long bytes;

    public long bytes() {
        return bytes;
    }

    @Override
    public void value(byte[] path, long size, InputStream content, Details details) {
        bytes += size;
    }
}

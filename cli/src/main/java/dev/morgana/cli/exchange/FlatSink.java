package dev.morgana.cli.exchange;

import dev.morgana.spi.store.FlatStore;
import java.io.IOException;
import java.io.InputStream;

/** Writes raw keys into a flat store, which has no dictionaries: those of a path are part of its key. */
public final class FlatSink implements ValueSink {
    private final FlatStore store;

    /** A sink; the store stays the caller's. */
    public FlatSink(FlatStore store) {
        this.store = store;
    }

    @Override
    public void value(byte[] path, long size, InputStream content, Details details) throws IOException {
        store.put(path, content);
    }
}

package dev.morgana.cli.exchange;

import dev.morgana.spi.store.FlatStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The raw keys of a flat store, in the order of their bytes. */
public final class FlatSource implements TreeSource {
    private final FlatStore store;

    /** A source; the store stays the caller's. */
    public FlatSource(FlatStore store) {
        this.store = store;
    }

    @Override
    public void sendTo(TreeSink sink) throws IOException {
        List<byte[]> keys;
        try (Stream<byte[]> all = store.keys()) {
            keys = all.sorted(Arrays::compareUnsigned).toList();
        }
        for (byte[] key : keys) {
            try (InputStream value = store.open(key).orElseThrow()) {
                sink.value(key, store.size(key).orElseThrow(), value, Details.NONE);
            }
        }
    }
}

package dev.morgana.cli.exchange;

import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.FlatStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The raw keys of a flat store, in the order of their bytes. */
public final class FlatSource implements TreeSource {
    private final FlatStore store;
    private final DamagePolicy policy;

    /** A source that damage ends; the store stays the caller's. */
    public FlatSource(FlatStore store) {
        this(store, DamagePolicy.FAIL);
    }

    /**
     * A source; the store stays the caller's.
     *
     * @param policy what becomes of values that cannot be read; nothing of them is sent
     */
    public FlatSource(FlatStore store, DamagePolicy policy) {
        this.store = store;
        this.policy = policy;
    }

    @Override
    public void sendTo(TreeSink sink) throws IOException {
        List<byte[]> keys;
        try (Stream<byte[]> all = store.keys()) {
            keys = all.sorted(Arrays::compareUnsigned).toList();
        }
        for (byte[] key : keys) {
            policy.guard(Key.ofBytes(key), () -> send(key, sink));
        }
    }

    private void send(byte[] key, TreeSink sink) throws IOException {
        if (policy != DamagePolicy.FAIL) {
            try (InputStream value = store.open(key).orElseThrow()) { // a sink cannot take back what it has begun
                value.transferTo(OutputStream.nullOutputStream());
            }
        }
        try (InputStream value = store.open(key).orElseThrow()) {
            sink.value(key, store.size(key).orElseThrow(), value, Details.NONE);
        }
    }
}

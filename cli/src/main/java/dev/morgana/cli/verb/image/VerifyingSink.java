package dev.morgana.cli.verb.image;

import dev.morgana.cli.exchange.Details;
import dev.morgana.cli.exchange.TreeSink;
import dev.morgana.cli.exchange.host.TransferException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.Store;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Compares what comes with what a store gives back. */
record VerifyingSink(Store store) implements TreeSink {
    private static final int CHUNK = 1 << 16;

    @Override
    public void dictionary(byte[] path, Details details) {
        // that a dictionary is there shows in its values; an empty one was told as lost where it is not kept
    }

    @Override
    public void value(byte[] path, long size, InputStream content, Details details) throws IOException {
        try (InputStream stored = open(path)) {
            byte[] wanted;
            do {
                wanted = content.readNBytes(CHUNK);
                if (!Arrays.equals(wanted, stored.readNBytes(CHUNK))) {
                    throw new TransferException(
                            "/" + Key.escape(path) + ": reads back differently than it was written");
                }
            } while (wanted.length == CHUNK);
        }
    }

    private InputStream open(byte[] path) throws IOException {
        return store instanceof FlatStore flat
                ? flat.open(path).orElseThrow(() -> new TransferException("/" + Key.escape(path) + ": was not written"))
                : ((KeyValueStore) store).open(Key.ofBytes(path));
    }
}

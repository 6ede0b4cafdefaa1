package dev.morgana.cli.verb.entry;

import dev.morgana.cli.exchange.Details;
import dev.morgana.cli.exchange.TreeSink;
import java.io.IOException;
import java.io.InputStream;

/** Gives the one value that comes another name. */
record RenamingSink(TreeSink sink, byte[] name) implements TreeSink {
    @Override
    public void dictionary(byte[] path, Details details) {
        throw new IllegalStateException("a value has no dictionaries below it");
    }

    @Override
    public void value(byte[] path, long size, InputStream content, Details details) throws IOException {
        sink.value(name, size, content, details);
    }
}

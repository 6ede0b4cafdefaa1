package dev.morgana.cli.exchange;

import java.io.IOException;

/** Stands before another sink, to which dictionaries go as they come. */
abstract class ForwardingSink implements TreeSink {
    final TreeSink sink;

    ForwardingSink(TreeSink sink) {
        this.sink = sink;
    }

    @Override
    public void dictionary(byte[] path, Details details) throws IOException {
        sink.dictionary(path, details);
    }
}

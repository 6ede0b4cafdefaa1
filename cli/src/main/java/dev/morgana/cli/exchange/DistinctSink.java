package dev.morgana.cli.exchange;

import dev.morgana.cli.exchange.host.TransferException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * Hands on what comes, and refuses a second value under one path: it would take the place of the first, and nobody would know.
 * Dictionaries may come often.
 */
public final class DistinctSink extends ForwardingSink {
    private final Map<ByteBuffer, String> origins = new HashMap<>();

    /** A sink before another one. */
    public DistinctSink(TreeSink sink) {
        super(sink);
    }

    @Override
    public void value(byte[] path, long size, InputStream content, Details details) throws IOException {
        String first = origins.putIfAbsent(ByteBuffer.wrap(path.clone()), details.origin());
        if (first != null) {
            throw new TransferException("/" + dev.morgana.spi.key.Key.escape(path) + ": given twice, from " + first
                    + " and from " + details.origin() + "; --last-wins keeps the last");
        }
        sink.value(path, size, content, details);
    }
}

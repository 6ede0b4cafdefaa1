package dev.morgana.cli.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** What a source sends, less the values that another one under the same path follows. The source is asked twice each time. */
public record LastValues(TreeSource source) implements TreeSource {
    @Override
    public void sendTo(TreeSink sink) throws IOException {
        Remaining remaining = new Remaining();
        source.sendTo(remaining);
        source.sendTo(new Last(remaining, sink));
    }

    /** Counts how often a value comes under each path. */
    private static final class Remaining implements ValueSink {
        private final Map<ByteBuffer, Integer> counts = new HashMap<>();

        @Override
        public void value(byte[] path, long size, InputStream content, Details details) {
            counts.merge(ByteBuffer.wrap(path.clone()), 1, Integer::sum);
        }

        /** Takes one off, and tells whether it was the last. */
        boolean isLast(byte[] path) {
            return counts.merge(ByteBuffer.wrap(path), -1, Integer::sum) == 0;
        }
    }

    /** Hands on a value when no other one under its path is still to come. */
    private static final class Last extends ForwardingSink {
        private final Remaining remaining;

        Last(Remaining remaining, TreeSink sink) {
            super(sink);
            this.remaining = remaining;
        }

        @Override
        public void value(byte[] path, long size, InputStream content, Details details) throws IOException {
            if (remaining.isLast(path)) {
                sink.value(path, size, content, details);
            }
        }
    }
}

package dev.morgana.cli.exchange;

import java.io.IOException;

/** Sends entries, in the same order whenever and wherever it is asked. */
@FunctionalInterface
public interface TreeSource {
    /** Sends everything. */
    void sendTo(TreeSink sink) throws IOException;

    /** This source, and then another. */
    default TreeSource then(TreeSource next) {
        return sink -> {
            sendTo(sink);
            next.sendTo(sink);
        };
    }
}

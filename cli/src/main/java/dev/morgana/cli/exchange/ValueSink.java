package dev.morgana.cli.exchange;

/** Takes values alone: dictionaries are what their keys say. */
interface ValueSink extends TreeSink {
    @Override
    default void dictionary(byte[] path, Details details) {
        // nothing to keep
    }
}

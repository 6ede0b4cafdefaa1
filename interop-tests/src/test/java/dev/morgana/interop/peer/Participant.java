package dev.morgana.interop.peer;

import java.util.SortedMap;

/** One side of an alternation. It holds the images open only between {@link #open} and {@link #close}. */
interface Participant extends AutoCloseable {
    /** Who it is, as the report names it. */
    String name();

    void format() throws Exception;

    void open() throws Exception;

    void apply(Step step) throws Exception;

    /** Everything in the store. */
    SortedMap<Name, Row> list() throws Exception;

    /** Closes the store; harmless if none is open. */
    @Override
    void close() throws Exception;
}

package dev.morgana.cli.exchange;

import java.io.IOException;
import java.io.InputStream;

/** Takes entries. Where there are dictionaries, each comes before what is below it. */
public interface TreeSink {
    /**
     * Takes a dictionary.
     *
     * @throws TransferException if it has no place here
     */
    void dictionary(byte[] path, Details details) throws IOException;

    /**
     * Takes a value.
     *
     * @param size in bytes
     * @param content its bytes; read to the end, not closed
     * @throws TransferException if it has no place here
     */
    void value(byte[] path, long size, InputStream content, Details details) throws IOException;
}

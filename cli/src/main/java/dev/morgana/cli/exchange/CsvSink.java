package dev.morgana.cli.exchange;

import dev.morgana.spi.key.Key;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import org.apache.commons.csv.CSVPrinter;

/** Writes keys and values in the form that {@link CsvSource} reads. */
public final class CsvSink implements ValueSink, Closeable {
    private final CSVPrinter rows;

    /** A sink into a stream, which closing ends and closes. */
    public CsvSink(OutputStream out) throws IOException {
        rows = new CSVPrinter(new OutputStreamWriter(out, StandardCharsets.UTF_8), CsvFormats.KEYS_AND_VALUES);
    }

    @Override
    public void value(byte[] path, long size, InputStream content, Details details) throws IOException {
        ValueText value = ValueText.of(content.readAllBytes());
        rows.printRecord(Key.escape(path), value.encoding(), value.text());
    }

    @Override
    public void close() throws IOException {
        rows.close(true);
    }
}

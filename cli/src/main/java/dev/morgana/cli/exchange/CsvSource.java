package dev.morgana.cli.exchange;

import dev.morgana.cli.exchange.host.TransferException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Keys and values in CSV with the header {@code key,encoding,value}; the encoding is {@code text}, {@code hex},
 * {@code base64} or {@code file}. In a key {@code \xNN} stands for a byte.
 */
public final class CsvSource implements TreeSource {
    private final Path file;

    /** A source. */
    public CsvSource(Path file) {
        this.file = file;
    }

    @Override
    public void sendTo(TreeSink sink) throws IOException {
        try (CSVParser rows = CsvFormats.KEYS_AND_VALUES
                .builder()
                .setSkipHeaderRecord(false)
                .get()
                .parse(Files.newBufferedReader(file, StandardCharsets.UTF_8))) {
            boolean header = true;
            for (CSVRecord row : rows) {
                if (header) {
                    checkHeader(row);
                    header = false;
                } else {
                    send(row, sink);
                }
            }
        } catch (UncheckedIOException e) {
            throw new TransferException(file + ": is not CSV: " + e.getMessage());
        }
    }

    private void checkHeader(CSVRecord row) throws TransferException {
        boolean named = row.size() == 3
                && row.get(0).equals(CsvFormats.KEY)
                && row.get(1).equals(CsvFormats.ENCODING)
                && row.get(2).equals(CsvFormats.VALUE);
        if (!named) {
            throw new TransferException(file + ":1: the first line must be key,encoding,value");
        }
    }

    private void send(CSVRecord row, TreeSink sink) throws IOException {
        String where = file + ", row " + row.getRecordNumber();
        if (row.size() != 3) {
            throw new TransferException(where + ": has " + row.size() + " columns instead of 3");
        }
        byte[] key = EscapedName.decode(row.get(0).getBytes(StandardCharsets.UTF_8));
        ValueText value = new ValueText(row.get(1), row.get(2));
        value.sendTo(sink, key, file, where);
    }
}

package dev.morgana.cli.exchange;

import org.apache.commons.csv.CSVFormat;

/** The one form of CSV that is read and written: three named columns. Keys are escaped as listings show them. */
final class CsvFormats {
    static final String KEY = "key";
    static final String ENCODING = "encoding";
    static final String VALUE = "value";

    static final CSVFormat KEYS_AND_VALUES = CSVFormat.RFC4180
            .builder()
            .setHeader(KEY, ENCODING, VALUE)
            .setRecordSeparator("\n")
            .get();

    private CsvFormats() {}
}

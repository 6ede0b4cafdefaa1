package com.example.toy.snapshot;

import com.example.toy.layout.Header;
import com.example.toy.layout.Records;
import dev.morgana.spi.error.CorruptStoreException;
import java.util.NavigableMap;

/** What one half of the device holds. */
public sealed interface Half {
    /** A whole snapshot. */
    record Valid(Header header, NavigableMap<byte[], byte[]> records) implements Half {}

    /** Never written, or blanked by formatting. */
    record Blank() implements Half {}

    /** What a power loss leaves of a snapshot that was being written, or damage; the two look the same. */
    record Broken(CorruptStoreException reason) implements Half {}

    /** The generation; 0 without a whole snapshot. */
    default long generation() {
        return this instanceof Valid valid ? valid.header().generation() : 0;
    }

    /** The records; none without a whole snapshot. */
    default NavigableMap<byte[], byte[]> content() {
        return this instanceof Valid valid ? valid.records() : Records.none();
    }
}

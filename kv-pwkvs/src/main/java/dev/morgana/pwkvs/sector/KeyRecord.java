package dev.morgana.pwkvs.sector;

import dev.morgana.pwkvs.layout.EntryHeader;
import dev.morgana.pwkvs.layout.EntryImage;
import dev.morgana.pwkvs.layout.KeyHash;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/** The newest entry of one key, and where its copies are (section 6). */
final class KeyRecord {
    private final int hash;
    private byte[] key;
    private final List<Long> addresses = new ArrayList<>();
    private EntryHeader header;
    private long valueDigest;

    /** The record of an entry, of which at least the content is given, and of its first copy. */
    KeyRecord(EntryHeader header, byte[] entry, long address) {
        this.key = EntryImage.key(header, entry);
        this.hash = KeyHash.of(key);
        this.header = header;
        this.valueDigest = digest(entry, header.valueOffset(), header.valueLength());
        addresses.add(address);
    }

    private static long digest(byte[] bytes, int from, int length) {
        CRC32C digest = new CRC32C();
        digest.update(bytes, from, length);
        return digest.getValue();
    }

    /** Whether the value may be a given one; if not, it is surely another, and need not be read to know. */
    boolean mayHave(byte[] value) {
        return !isDeleted() && header.valueLength() == value.length && valueDigest == digest(value, 0, value.length);
    }

    int hash() {
        return hash;
    }

    /** The key as it was when it was indexed; not to be changed. */
    byte[] key() {
        return key;
    }

    /** The header as it was when it was indexed; flash may have changed since. */
    EntryHeader header() {
        return header;
    }

    boolean isDeleted() {
        return header.isTombstone();
    }

    /** Whether the entry is of an old format, or in a smaller alignment than is to be written. */
    boolean isOutdated(Settings settings) {
        return header.magic() != settings.primary().magic() || !settings.isAligned(header.alignment());
    }

    /** The places of the copies, in the order in which they are tried. */
    List<Long> addresses() {
        return addresses;
    }

    /** A newer entry, of a key with this hash, takes the place of all copies. */
    void replace(EntryHeader newer, byte[] entry, long address) {
        key = EntryImage.key(newer, entry);
        header = newer;
        valueDigest = digest(entry, newer.valueOffset(), newer.valueLength());
        addresses.clear();
        addresses.add(address);
    }
}

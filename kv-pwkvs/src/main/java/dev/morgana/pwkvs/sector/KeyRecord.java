package dev.morgana.pwkvs.sector;

import dev.morgana.pwkvs.layout.EntryHeader;
import java.util.ArrayList;
import java.util.List;

/** The newest entry of one key, and where its copies are (section 6). */
final class KeyRecord {
    private final int hash;
    private byte[] key;
    private final List<Long> addresses = new ArrayList<>();
    private EntryHeader header;

    KeyRecord(byte[] key, int hash, EntryHeader header, long address) {
        this.key = key;
        this.hash = hash;
        this.header = header;
        addresses.add(address);
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

    /** A newer entry of a key with this hash takes the place of all copies. */
    void replace(byte[] newerKey, EntryHeader newer, long address) {
        key = newerKey;
        replace(newer, address);
    }

    /** A newer entry takes the place of all copies. */
    void replace(EntryHeader newer, long address) {
        header = newer;
        addresses.clear();
        addresses.add(address);
    }
}

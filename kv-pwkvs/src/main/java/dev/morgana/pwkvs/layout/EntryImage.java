package dev.morgana.pwkvs.layout;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Whole entries as bytes, padding included (sections 3.2 and 4.3). */
public final class EntryImage {
    private EntryImage() {}

    /** The alignment that entries get on a partition that is written in units of so many bytes. */
    public static int entryAlignment(int alignment) {
        return EntryHeader.alignUp(alignment, EntryHeader.BYTES);
    }

    /** The bytes that an entry takes. */
    public static int size(int keyLength, int valueLength, int alignment) {
        return EntryHeader.alignUp(EntryHeader.BYTES + keyLength + valueLength, entryAlignment(alignment));
    }

    /** A new entry; no value makes it a tombstone. */
    public static byte[] encode(
            EntryFormat format, int alignment, byte[] key, byte @Nullable [] value, int transactionId) {
        byte[] content = value == null ? new byte[0] : value;
        int units = entryAlignment(alignment) / EntryHeader.BYTES - 1;
        int valueSize = value == null ? EntryHeader.TOMBSTONE : value.length;
        EntryHeader header = new EntryHeader(format.magic(), 0, units, key.length, valueSize, transactionId);
        byte[] bytes = assemble(header, key, content);
        header.withChecksum(format.checksum().compute(bytes, 0, bytes.length)).encode(bytes, 0);
        return bytes;
    }

    /** Header, key, value and zeros, as the header's sizes say. */
    public static byte[] assemble(EntryHeader header, byte[] key, byte[] value) {
        assert key.length == header.keyLength() && value.length == header.valueLength();
        byte[] bytes = new byte[header.size()];
        header.encode(bytes, 0);
        System.arraycopy(key, 0, bytes, EntryHeader.BYTES, key.length);
        System.arraycopy(value, 0, bytes, header.valueOffset(), value.length);
        return bytes;
    }

    /** The key in the bytes of an entry. */
    public static byte[] key(EntryHeader header, byte[] entry) {
        return Arrays.copyOfRange(entry, EntryHeader.BYTES, header.valueOffset());
    }

    /** The value in the bytes of an entry. */
    public static byte[] value(EntryHeader header, byte[] entry) {
        return Arrays.copyOfRange(entry, header.valueOffset(), header.contentLength());
    }
}

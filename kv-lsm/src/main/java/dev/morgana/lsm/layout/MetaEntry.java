package dev.morgana.lsm.layout;

import java.nio.ByteBuffer;

/**
 * The state of one file in the meta log (section 10).
 *
 * @param file its number
 * @param flags {@link #DESTINATION}, {@link #SOURCE} or neither
 * @param lastPage its last page, or {@link SkipList#NONE} if it is empty
 * @param firstPosition where it begins; what is before has been consumed
 */
public record MetaEntry(int file, int flags, int lastPage, long firstPosition) {
    /** The size of an entry. */
    public static final int BYTES = 8;

    /** The file takes what a compaction under way merges. */
    public static final int DESTINATION = 1;

    /** The file is being consumed by a compaction under way. */
    public static final int SOURCE = 2;

    /** Decodes an entry. */
    public static MetaEntry decode(byte[] bytes, int offset) {
        ByteBuffer entry = PageBytes.of(bytes);
        return new MetaEntry(
                Byte.toUnsignedInt(entry.get(offset)),
                Byte.toUnsignedInt(entry.get(offset + 1)),
                PageBytes.u16(entry, offset + 2),
                PageBytes.u32(entry, offset + 4));
    }

    /** Encodes this entry. */
    public void encode(byte[] bytes, int offset) {
        ByteBuffer entry = PageBytes.of(bytes);
        entry.put(offset, (byte) file).put(offset + 1, (byte) flags);
        entry.putShort(offset + 2, (short) lastPage).putInt(offset + 4, (int) firstPosition);
    }

    /** Tells whether the file has no page. */
    public boolean isEmpty() {
        return lastPage == SkipList.NONE;
    }
}

package dev.morgana.lsm.layout;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/** What a page begins with: the page header, and the meta or data header behind it (section 5). */
public sealed interface PageHeader {
    /** The first field of a meta page. */
    int META_MAGIC = 0x1D81BCDE;

    /** The first field of a data page. */
    int DATA_MAGIC = 0x7FCBF35D;

    /**
     * A meta page.
     *
     * @param pageCount the number of pages of the flash
     * @param generation 1 after formatting, one more for each new meta page
     */
    record Meta(long pageCount, long generation) implements PageHeader {}

    /**
     * A data page.
     *
     * @param start the position in the file of the first byte of its payload
     * @param skipList where earlier pages are
     * @param boundary the offset in the payload at which a record starts, or {@link #NO_BOUNDARY}
     */
    record Data(long start, SkipList skipList, int boundary) implements PageHeader {
        /** No record is known to start in the page. */
        public static final int NO_BOUNDARY = 0xffff;
    }

    /** How many bytes are enough for {@link #decode}. */
    static int prefixBytes(Shape shape) {
        return shape.pageHeaderBytes() + Math.max(shape.metaHeaderBytes(), shape.dataHeaderBytes());
    }

    /**
     * Decodes the beginning of a page.
     *
     * @param page at least {@link #prefixBytes}
     * @param number the page's number, which must stand in it
     * @return the header, or empty for a page that is free
     */
    static Optional<PageHeader> decode(Shape shape, byte[] page, int number) {
        ByteBuffer bytes = PageBytes.of(page);
        int magic = bytes.getInt(0);
        boolean meta = magic == META_MAGIC;
        if ((!meta && magic != DATA_MAGIC) || PageBytes.u32(bytes, 4) != number) {
            return Optional.empty();
        }
        int start = shape.pageHeaderBytes();
        int length = meta ? shape.metaHeaderBytes() : shape.dataHeaderBytes();
        if (shape.crc() && bytes.getInt(8) != PageBytes.checksum(page, start, length)) {
            return Optional.empty();
        }
        return meta ? meta(shape, page, bytes, start) : Optional.of(data(shape, bytes, start));
    }

    private static Optional<PageHeader> meta(Shape shape, byte[] page, ByteBuffer bytes, int start) {
        long generation = PageBytes.u32(bytes, start + 4);
        boolean torn = !shape.crc()
                && (PageBytes.isErased(page, start, start + 4, shape.eraseValue())
                        || PageBytes.isErased(page, start + 4, start + 8, shape.eraseValue()));
        return generation == 0 || torn
                ? Optional.empty()
                : Optional.of(new Meta(PageBytes.u32(bytes, start), generation));
    }

    private static PageHeader data(Shape shape, ByteBuffer bytes, int start) {
        int[] entries = new int[shape.skipLength()];
        for (int i = 0; i < entries.length; i++) {
            entries[i] = PageBytes.u16(bytes, start + 4 + 2 * i);
        }
        int boundary = PageBytes.u16(bytes, start + 4 + 2 * entries.length);
        return new Data(PageBytes.u32(bytes, start), new SkipList(entries), boundary);
    }

    /** The first bytes of a page, padded with the erase value. */
    default byte[] encode(Shape shape, int number) {
        int start = shape.pageHeaderBytes();
        int length = this instanceof Meta ? shape.metaHeaderBytes() : shape.dataHeaderBytes();
        byte[] page = new byte[start + length];
        Arrays.fill(page, shape.eraseValue());
        ByteBuffer bytes = PageBytes.of(page);
        if (this instanceof Meta meta) {
            bytes.putInt(0, META_MAGIC).putInt(start, (int) meta.pageCount);
            bytes.putInt(start + 4, (int) meta.generation);
        } else if (this instanceof Data data) {
            bytes.putInt(0, DATA_MAGIC).putInt(start, (int) data.start);
            int place = start + 4;
            for (int entry : data.skipList.entries()) {
                bytes.putShort(place, (short) entry);
                place += 2;
            }
            bytes.putShort(place, (short) data.boundary);
        }
        bytes.putInt(4, number);
        if (shape.crc()) {
            bytes.putInt(8, PageBytes.checksum(page, start, length));
        }
        return page;
    }

    /** The bytes of a page header that make it one: they are programmed last. */
    static int commitUnit(Shape shape) {
        return Math.max(4, shape.align());
    }
}

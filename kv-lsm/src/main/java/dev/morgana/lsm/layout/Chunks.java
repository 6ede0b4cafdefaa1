package dev.morgana.lsm.layout;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The chunks of a page (section 6): its payload, and what is behind it.
 *
 * @param spans the chunks, in order
 * @param end the offset in the page behind the last chunk
 * @param rest what is behind it
 * @param defect why the page has no more payload, if there is a reason for it other than its end
 */
public record Chunks(List<Span> spans, int end, Rest rest, Optional<Defect> defect) {
    private static final int MAGIC = 0x59C5;
    private static final int LENGTH = 2;
    private static final int CHECKSUM = 4;

    /** One chunk: where its payload begins in the page, and how long it is. */
    public record Span(int payload, int length) {}

    /** What is behind the last chunk. */
    public enum Rest {
        /** Erased space: another chunk may follow. */
        ERASED,
        /** What a write left that was never finished; nothing may follow. */
        LEFTOVER,
        /** Not looked at. */
        UNKNOWN
    }

    /** Decodes every chunk of a whole page, from an offset. */
    public static Chunks decode(Shape shape, byte[] page, int start) {
        Chunks found = decode(shape, page, start, Integer.MAX_VALUE);
        boolean erased = PageBytes.isErased(page, found.end, shape.pageSize(), shape.eraseValue());
        return new Chunks(found.spans, found.end, erased ? Rest.ERASED : Rest.LEFTOVER, found.defect);
    }

    /**
     * Decodes chunks until there are so many bytes of payload.
     *
     * @param page the page, up to the end of the chunk that completes them, or whole
     */
    public static Chunks decode(Shape shape, byte[] page, int start, long wanted) {
        List<Span> spans = new ArrayList<>();
        ByteBuffer bytes = PageBytes.of(page);
        int place = start;
        long payload = 0;
        while (payload < wanted && isChunk(shape, bytes, place)) {
            int length = PageBytes.u16(bytes, place + LENGTH);
            Optional<Defect> defect = defect(shape, page, place, length);
            if (defect.isPresent()) {
                boolean torn = isTorn(shape, page, place, length);
                return new Chunks(List.copyOf(spans), place, Rest.UNKNOWN, torn ? Optional.empty() : defect);
            }
            spans.add(new Span(place + shape.chunkHeaderBytes(), length));
            payload += length;
            place += shape.chunkBytes(length);
        }
        return new Chunks(List.copyOf(spans), Math.min(place, shape.pageSize()), Rest.UNKNOWN, Optional.empty());
    }

    /** Tells whether a chunk begins at an offset. */
    public static boolean isChunk(Shape shape, byte[] page, int place) {
        return isChunk(shape, PageBytes.of(page), place);
    }

    private static boolean isChunk(Shape shape, ByteBuffer bytes, int place) {
        return place + shape.chunkHeaderBytes() <= bytes.limit() && PageBytes.u16(bytes, place) == MAGIC;
    }

    private static Optional<Defect> defect(Shape shape, byte[] page, int place, int length) {
        int payload = place + shape.chunkHeaderBytes();
        if (length > shape.maxChunk() || payload + length > page.length) {
            int most = Math.min(shape.maxChunk(), page.length - payload);
            return Optional.of(new Defect(place + LENGTH, "chunk", "a length of at most " + most, "" + length));
        }
        if (shape.crc()) {
            int stored = PageBytes.of(page).getInt(place + CHECKSUM);
            int computed = PageBytes.checksum(page, payload, length);
            if (stored != computed) {
                return Optional.of(new Defect(
                        place + CHECKSUM,
                        "chunk",
                        "checksum " + Integer.toHexString(computed),
                        Integer.toHexString(stored)));
            }
        }
        return Optional.empty();
    }

    /**
     * Tells whether the header of a chunk was never finished (section 18): the last that was written to the page. The reference
     * implementation writes it from its beginning to its end; we write the unit with magic and length last.
     */
    private static boolean isTorn(Shape shape, byte[] page, int place, int length) {
        byte end = page[place + shape.chunkHeaderBytes() - 1];
        boolean noLength = length == 0 || length > shape.maxChunk();
        boolean unfinished = end == shape.eraseValue() || (noLength && page[place + LENGTH + 1] == shape.eraseValue());
        return unfinished && !isChunk(shape, page, place + shape.chunkBytes(length));
    }

    /** How long the payload of all chunks is. */
    public int payloadLength() {
        return spans.stream().mapToInt(Span::length).sum();
    }

    /** The payload of all chunks, joined. */
    public byte[] payload(byte[] page) {
        byte[] payload = new byte[payloadLength()];
        int place = 0;
        for (Span span : spans) {
            System.arraycopy(page, span.payload, payload, place, span.length);
            place += span.length;
        }
        return payload;
    }

    /** One chunk with its header, padded with the erase value. */
    public static byte[] encode(Shape shape, byte[] payload, int from, int length) {
        assert length > 0 && length <= shape.maxWrittenChunk() : length;
        byte[] chunk = new byte[shape.chunkBytes(length)];
        Arrays.fill(chunk, shape.eraseValue());
        System.arraycopy(payload, from, chunk, shape.chunkHeaderBytes(), length);
        ByteBuffer bytes = PageBytes.of(chunk);
        bytes.putShort(0, (short) MAGIC).putShort(LENGTH, (short) length);
        if (shape.crc()) {
            bytes.putInt(CHECKSUM, PageBytes.checksum(payload, from, length));
        }
        return chunk;
    }

    /** The bytes of a chunk that make it one: they are programmed last. */
    public static int commitUnit(Shape shape) {
        return Math.max(2, shape.align());
    }
}

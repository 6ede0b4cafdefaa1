package dev.morgana.lsm.tree;

import dev.morgana.lsm.layout.Chunks;
import dev.morgana.lsm.layout.PageHeader;
import dev.morgana.lsm.layout.Shape;
import dev.morgana.lsm.layout.SkipList;
import dev.morgana.spi.error.StoreException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes sorted records into pages, for a new file or behind an existing one. Nothing refers to the pages before a commit.
 * Each page is put together in memory and programmed at once.
 */
final class FileWriter {
    private record Written(int page, long start, int boundary) {}

    private final Pages pages;
    private final Allocator allocator;
    private final PageCache cache;
    private final Shape shape;
    private final @Nullable LsmFile base;

    /** How many pages of the base stay. */
    private final int kept;

    private final List<Written> written = new ArrayList<>();
    private final byte[] payload;
    private int filled;
    private int boundary = PageHeader.Data.NO_BOUNDARY;

    /** The position at which the page begins that is being filled, and its skip list. */
    private long start;

    private SkipList list;

    /** Of the page written last: its skip list, and the offset behind its chunks. */
    private SkipList lastList;

    private int tailOffset;

    private FileWriter(
            Pages pages, Allocator allocator, PageCache cache, @Nullable LsmFile base, int kept, SkipList list) {
        this.pages = pages;
        this.allocator = allocator;
        this.cache = cache;
        this.shape = pages.shape();
        this.base = base;
        this.kept = kept;
        this.list = list;
        this.lastList = list;
        this.payload = new byte[shape.writtenPayload()];
    }

    /** Writes a new file. */
    static FileWriter fresh(Pages pages, Allocator allocator, PageCache cache) {
        return new FileWriter(pages, allocator, cache, null, 0, SkipList.first(pages.shape()));
    }

    /** Writes behind a file, from a new page on. */
    static FileWriter behind(Pages pages, Allocator allocator, PageCache cache, LsmFile base) {
        int last = base.pageCount() - 1;
        SkipList list = base.tail().skipList().after(pages.shape(), base.page(last), base.start(last), base.end());
        FileWriter writer = new FileWriter(pages, allocator, cache, base, last + 1, list);
        writer.start = base.end();
        return writer;
    }

    /** Writes behind a file, its last page taken into the first new one if it is not full. */
    static FileWriter filling(Pages pages, Allocator allocator, PageCache cache, PayloadReader payloads, LsmFile base)
            throws StoreException {
        int last = base.pageCount() - 1;
        int length = (int) (base.end() - base.start(last));
        if (length >= pages.shape().writtenPayload()) {
            return behind(pages, allocator, cache, base);
        }
        FileWriter writer =
                new FileWriter(pages, allocator, cache, base, last, base.tail().skipList());
        byte[] tail = payloads.payload(base, last);
        System.arraycopy(tail, 0, writer.payload, 0, length);
        writer.filled = length;
        writer.start = base.start(last);
        writer.boundary = base.boundary(last);
        return writer;
    }

    /** How many pages some bytes of records need. */
    static int pagesFor(Shape shape, long bytes) {
        long pageful = shape.writtenPayload();
        return (int) ((bytes + pageful - 1) / pageful);
    }

    /** Tells whether a record can be added without more than so many pages in all. */
    boolean hasRoom(LsmRecord record, int mostPages) {
        long room = (long) (mostPages - written.size()) * payload.length - filled;
        return RecordBytes.length(shape, record) <= room;
    }

    /** Adds a record; its key is above that of the record before. */
    void add(LsmRecord record) throws StoreException {
        if (filled == payload.length) {
            flush();
        }
        if (boundary == PageHeader.Data.NO_BOUNDARY) {
            boundary = filled;
        }
        int valueLength = record.valueLength();
        write(RecordBytes.header(shape, record));
        write(record.key());
        int done = 0;
        while (done < valueLength) {
            if (filled == payload.length) {
                flush();
            }
            int count = Math.min(valueLength - done, payload.length - filled);
            record.read(done, payload, filled, count);
            filled += count;
            done += count;
        }
    }

    private void write(byte[] bytes) throws StoreException {
        int done = 0;
        while (done < bytes.length) {
            if (filled == payload.length) {
                flush();
            }
            int count = Math.min(bytes.length - done, payload.length - filled);
            System.arraycopy(bytes, done, payload, filled, count);
            filled += count;
            done += count;
        }
    }

    private void flush() throws StoreException {
        int page = allocator.allocate();
        written.add(new Written(page, start, boundary));
        byte[] image = image(page);
        pages.program(page, 0, image, 0, image.length);
        cache.put(page, Arrays.copyOf(payload, filled));
        tailOffset = image.length;
        lastList = list;
        if (filled == payload.length) {
            list = list.after(shape, page, start, start + filled);
            start += filled;
            filled = 0;
            boundary = PageHeader.Data.NO_BOUNDARY;
        }
    }

    private byte[] image(int page) {
        byte[] header = new PageHeader.Data(start, list, boundary).encode(shape, page);
        List<byte[]> chunks = new ArrayList<>();
        int length = header.length;
        for (int from = 0; from < filled; from += shape.maxWrittenChunk()) {
            byte[] chunk = Chunks.encode(shape, payload, from, Math.min(shape.maxWrittenChunk(), filled - from));
            chunks.add(chunk);
            length += chunk.length;
        }
        byte[] image = Arrays.copyOf(header, length);
        int place = header.length;
        for (byte[] chunk : chunks) {
            System.arraycopy(chunk, 0, image, place, chunk.length);
            place += chunk.length;
        }
        return image;
    }

    /** The pages of the base that the new file does without. */
    BitSet replaced() {
        BitSet replaced = new BitSet();
        for (int i = kept; base != null && i < base.pageCount(); i++) {
            replaced.set(base.page(i));
        }
        return replaced;
    }

    /** The pages written so far. */
    BitSet written() {
        BitSet set = new BitSet();
        written.forEach(page -> set.set(page.page));
        return set;
    }

    /** The file with all that was added, or null if that is nothing and there was none. */
    @Nullable
    LsmFile finish() throws StoreException {
        if (filled > 0) {
            flush();
        }
        if (written.isEmpty()) {
            return base;
        }
        int[] numbers = written.stream().mapToInt(Written::page).toArray();
        long[] starts = written.stream().mapToLong(Written::start).toArray();
        int[] boundaries = written.stream().mapToInt(Written::boundary).toArray();
        LsmFile.Tail tail = new LsmFile.Tail(start + filled, tailOffset, true, lastList);
        return base == null
                ? new LsmFile(numbers, starts, boundaries, 0, tail)
                : base.extended(kept, numbers, starts, boundaries, tail);
    }
}

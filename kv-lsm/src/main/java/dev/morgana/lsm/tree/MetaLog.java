package dev.morgana.lsm.tree;

import dev.morgana.lsm.layout.Chunks;
import dev.morgana.lsm.layout.MetaEntry;
import dev.morgana.lsm.layout.PageHeader;
import dev.morgana.lsm.layout.Shape;
import dev.morgana.lsm.layout.SkipList;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.NoSpaceException;
import java.util.BitSet;
import java.util.List;

/**
 * The meta page in use (section 10). Each commit is one chunk; the unit with its magic is programmed last, after everything
 * that it refers to is durable (section 18).
 */
final class MetaLog {
    /** Nothing may be appended to the page. */
    static final int FULL = -1;

    private final Pages pages;
    private final Allocator allocator;

    /** New pages of commits that failed, and may be valid all the same. */
    private final BitSet doubtful = new BitSet();

    private int page;
    private int offset;
    private long generation;

    /**
     * The log of a store that was mounted.
     *
     * @param page the meta page
     * @param offset where the next chunk goes, or {@link #FULL}
     * @param generation the highest generation of any meta page on the flash
     */
    MetaLog(Pages pages, Allocator allocator, int page, int offset, long generation) {
        this.pages = pages;
        this.allocator = allocator;
        this.page = page;
        this.offset = offset;
        this.generation = generation;
    }

    int page() {
        return page;
    }

    long generation() {
        return generation;
    }

    /**
     * Makes changes durable, together.
     *
     * @param changes the entries that change, at least one
     * @param table the whole state after them, for a new meta page
     */
    void commit(List<MetaEntry> changes, FileTable table) throws DeviceException, NoSpaceException {
        assert !changes.isEmpty();
        if (offset != FULL
                && pages.shape().chunkBytes(changes.size() * MetaEntry.BYTES)
                        <= pages.shape().pageSize() - offset) {
            append(chunk(changes));
        } else {
            replace(table);
        }
    }

    /** Whether the page in use can take another chunk, as far as what is behind the last one goes. */
    boolean isContinuable() {
        return offset != FULL;
    }

    /** Starts a new meta page. */
    void renew(FileTable table) throws DeviceException, NoSpaceException {
        replace(table);
    }

    private byte[] chunk(List<MetaEntry> entries) {
        byte[] payload = new byte[entries.size() * MetaEntry.BYTES];
        for (int i = 0; i < entries.size(); i++) {
            entries.get(i).encode(payload, i * MetaEntry.BYTES);
        }
        return Chunks.encode(pages.shape(), payload, 0, payload.length);
    }

    private void append(byte[] chunk) throws DeviceException {
        int place = offset;
        offset = FULL; // a chunk that fails may be there or not, so that only a new page can follow
        int unit = Chunks.commitUnit(pages.shape());
        pages.program(page, place, chunk, unit, chunk.length);
        pages.sync();
        pages.program(page, place, chunk, 0, unit);
        pages.sync();
        offset = place + chunk.length;
    }

    private void replace(FileTable table) throws DeviceException, NoSpaceException {
        Shape shape = pages.shape();
        List<MetaEntry> entries = table.entries();
        // A page without a chunk could not be told from one whose first chunk was cut.
        byte[] chunk = chunk(entries.isEmpty() ? List.of(new MetaEntry(1, 0, SkipList.NONE, 0)) : entries);
        int fresh = allocator.allocate();
        doubtful.set(fresh);
        offset = FULL;
        byte[] header = new PageHeader.Meta(pages.count(), ++generation).encode(shape, fresh);
        int unit = PageHeader.commitUnit(shape);
        pages.program(fresh, shape.metaStart(), chunk, 0, chunk.length);
        pages.program(fresh, 0, header, unit, header.length);
        pages.sync();
        pages.program(fresh, 0, header, 0, unit);
        pages.sync();
        doubtful.clear(fresh);
        retire(page);
        doubtful.stream().forEach(this::retire);
        doubtful.clear();
        page = fresh;
        offset = shape.metaStart() + chunk.length;
    }

    /** Erases a meta page that counts no more, so that it can never be taken for the newest again. */
    private void retire(int old) {
        try {
            pages.erase(old);
            allocator.releaseErased(old);
        } catch (DeviceException e) {
            allocator.release(old); // the commit stands; whoever takes the page meets the error again
        }
    }

    /** Makes the first meta page of a store; its place is erased, and no other page is a meta page. */
    static void write(Pages pages, int page, long generation) throws DeviceException {
        byte[] header = new PageHeader.Meta(pages.count(), generation).encode(pages.shape(), page);
        int unit = PageHeader.commitUnit(pages.shape());
        pages.program(page, 0, header, unit, header.length);
        pages.sync();
        pages.program(page, 0, header, 0, unit);
        pages.sync();
    }
}

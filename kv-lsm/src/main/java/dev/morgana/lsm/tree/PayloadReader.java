package dev.morgana.lsm.tree;

import dev.morgana.lsm.layout.Chunks;
import dev.morgana.lsm.layout.Defect;
import dev.morgana.lsm.layout.Shape;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.StoreException;

/** Reads the payloads of the pages of files, through the cache. */
final class PayloadReader {
    /** The version of a reader of the present state, of which no page is ever reused under it. */
    static final long PRESENT = Long.MAX_VALUE;

    private final Pages pages;
    private final PageCache cache;
    private final Preserved preserved;
    private final long version;

    /** A reader of one state. */
    PayloadReader(Pages pages, PageCache cache, Preserved preserved, long version) {
        this.pages = pages;
        this.cache = cache;
        this.preserved = preserved;
        this.version = version;
    }

    Pages pages() {
        return pages;
    }

    /**
     * The payload of a page of a file. Bytes behind what belongs to the file may follow; in a damaged image it may be too
     * short. Not to be changed.
     */
    byte[] payload(LsmFile file, int index) throws StoreException {
        int page = file.page(index);
        int wanted = (int) (file.end(index) - file.start(index));
        byte[] payload = preserved.find(page, version);
        if (payload != null) {
            return payload;
        }
        payload = cache.get(page);
        if (payload == null || payload.length < wanted) {
            payload = readUnlessReused(file, index, wanted);
        } else {
            byte[] copy = preserved.find(page, version); // what was cached may be what came after
            payload = copy == null ? payload : copy;
        }
        return payload;
    }

    /** The page may be reused while it is read; then there is a copy of what it was. */
    private byte[] readUnlessReused(LsmFile file, int index, int wanted) throws StoreException {
        byte[] payload;
        try {
            payload = read(file, index, wanted);
        } catch (CorruptStoreException e) {
            byte[] copy = preserved.find(file.page(index), version);
            if (copy == null) {
                throw e;
            }
            return copy;
        }
        return preserved.cached(cache, file.page(index), version, payload);
    }

    private byte[] read(LsmFile file, int index, int wanted) throws StoreException {
        Shape shape = pages.shape();
        boolean last = index == file.pageCount() - 1;
        int start = shape.dataStart();
        // of the last page no more than belongs to the file: a writer may be appending to it
        int end = last ? file.tail().offset() : shape.pageSize();
        byte[] bytes = pages.read(file.page(index), start, end - start);
        Chunks chunks = Chunks.decode(shape, bytes, 0, wanted);
        if (chunks.defect().isPresent()) {
            Defect defect = chunks.defect().get();
            throw pages.corrupt(
                    file.page(index), start + defect.offset(), defect.structure(), defect.expected(), defect.found());
        }
        // A page that is too short is good for as much as it has; what is missing, fails where it is read.
        boolean more = !last && Chunks.isChunk(shape, bytes, chunks.end());
        if (chunks.payloadLength() > wanted || more) {
            throw pages.corrupt(
                    file.page(index),
                    start + chunks.end(),
                    "data page",
                    "payload of " + wanted + " bytes, up to where the next page begins",
                    chunks.payloadLength() + " bytes" + (more ? " and more" : ""));
        }
        return chunks.payload(bytes);
    }
}

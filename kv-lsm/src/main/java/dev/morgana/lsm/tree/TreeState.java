package dev.morgana.lsm.tree;

import dev.morgana.lsm.layout.Chunks;
import dev.morgana.lsm.layout.MetaEntry;
import dev.morgana.lsm.layout.PeerError;
import dev.morgana.lsm.layout.Shape;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.StoreException;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The one owner of what a mounted tree consists of: its pages, files, meta log and readers. Many threads may read; changes are made
 * by one thread at a time, which is the caller's business.
 */
final class TreeState {
    private final Pages pages;
    private final PageCache cache;
    private final PayloadReader payloads;
    private final Preserved preserved;
    private final Allocator allocator;
    private final MetaLog meta;
    private final Snapshots snapshots;

    /** New pages of commits that failed, which may count all the same until the next commit. */
    private final BitSet doubtful = new BitSet();

    TreeState(Pages pages, PageCache cache, long preservedBytes, Allocator allocator, MetaLog meta, FileTable table) {
        this.pages = pages;
        this.cache = cache;
        this.preserved = new Preserved(preservedBytes);
        this.payloads = new PayloadReader(pages, cache, preserved, PayloadReader.PRESENT);
        this.allocator = allocator;
        this.meta = meta;
        this.snapshots = new Snapshots(table, preserved);
    }

    /** How many pages have been allocated since the tree was mounted. */
    long allocated() {
        return allocator.allocated();
    }

    /** The pages of the store. */
    Pages pages() {
        return pages;
    }

    Shape shape() {
        return pages.shape();
    }

    PayloadReader payloads() {
        return payloads;
    }

    FileTable table() {
        return snapshots.table();
    }

    /** Opens the present state for reading. */
    Snapshot snapshot() {
        return snapshots.open(pages, cache);
    }

    /** Whether pages that are given up stay taken, because there is no more memory to keep their content for readers. */
    boolean isHeldUp() {
        return snapshots.areOpen() && !preserved.hasRoom(shape().pageSize());
    }

    /** How many pages can be allocated now. For the writer. */
    int freePages() throws DeviceException {
        reclaim();
        if (allocator.free() < 2 * shape().minFreePages()) {
            preserve();
        }
        return allocator.free();
    }

    private void reclaim() {
        allocator.release(snapshots.reclaim());
    }

    /** Copies pages that are only read into memory, so that they can be reused. */
    private void preserve() throws DeviceException {
        while (preserved.hasRoom(shape().pageSize())) {
            Snapshots.Retired retired = snapshots.takeRetired();
            if (retired == null) {
                return;
            }
            for (int page = retired.pages().nextSetBit(0);
                    page >= 0;
                    page = retired.pages().nextSetBit(page + 1)) {
                byte[] content = pages.read(page, 0, shape().pageSize());
                Chunks chunks = Chunks.decode(shape(), content, shape().dataStart());
                preserved.keep(page, retired.version(), chunks.payload(content));
                cache.remove(page);
            }
            allocator.release(retired.pages());
        }
    }

    /** The meta page in use. For the writer. */
    int metaPage() {
        return meta.page();
    }

    /** Whether the meta page in use ends as it should, not with a write that was never finished. For the writer. */
    boolean isMetaPageWhole() {
        return meta.isContinuable();
    }

    /** Writes the whole state to a new meta page. For the writer. */
    void renewMetaPage() throws StoreException {
        meta.renew(table());
    }

    /** Erases a meta page that counts no more. For the writer. */
    void eraseStale(int page) throws DeviceException {
        pages.erase(page);
        cache.remove(page);
    }

    /** The generation of the newest meta page. For the writer. */
    long generation() {
        return meta.generation();
    }

    /** Whether so many pages can be taken without touching the reserve. */
    boolean hasRoom(int pages) throws DeviceException {
        return freePages() - pages >= shape().minFreePages();
    }

    NoSpaceException full(long needed) throws DeviceException {
        long available = Math.max(0L, freePages() - shape().minFreePages()) * shape().payload();
        return PeerError.FULL.on(
                new NoSpaceException("the changes", OptionalLong.of(needed), OptionalLong.of(available)));
    }

    /** What a key is bound to now. For the writer, whose state cannot go while it looks. */
    Optional<LsmRecord> find(byte[] key) throws StoreException {
        return Snapshot.find(table(), payloads, key);
    }

    /** Writes a new file. */
    FileWriter freshFile() {
        return FileWriter.fresh(pages, allocator, cache);
    }

    /** Writes behind a file, from a new page on. */
    FileWriter behind(LsmFile file) {
        return FileWriter.behind(pages, allocator, cache, file);
    }

    /** Writes behind a file, filling its last page. */
    FileWriter filling(LsmFile file) throws StoreException {
        return FileWriter.filling(pages, allocator, cache, payloads, file);
    }

    /** The file with all records of a source added; nothing is left of it if that fails. */
    LsmFile written(FileWriter writer, RecordSource records) throws StoreException {
        try {
            for (LsmRecord record = records.next(); record != null; record = records.next()) {
                writer.add(record);
            }
            return Objects.requireNonNull(writer.finish());
        } catch (StoreException e) {
            abandon(writer);
            throw e;
        }
    }

    /** Takes back what was written for a commit that will not be. */
    void abandon(FileWriter writer) {
        abandon(writer.written());
    }

    /** Takes back pages to which nothing refers, nor did. */
    void abandon(BitSet written) {
        allocator.release(written);
    }

    /** Gives up pages of no state, which may be being read. */
    void retire(BitSet givenUp) {
        snapshots.publish(table(), givenUp);
        reclaim();
    }

    /** Replaces the last page's payload in the cache, after a chunk was appended to it. */
    void remember(int page, byte[] payload) {
        cache.put(page, payload);
    }

    /** Moves on to another state that needs no entry in the meta log. */
    void publish(FileTable next) {
        snapshots.publish(next, new BitSet());
    }

    /**
     * Moves on to another state, durably.
     *
     * @param fresh the pages that were written for it
     * @param givenUp the pages that it does without
     */
    void commit(FileTable next, BitSet fresh, BitSet givenUp) throws DeviceException, NoSpaceException {
        List<MetaEntry> changes = next.changesSince(table());
        try {
            meta.commit(changes, next);
        } catch (DeviceException | NoSpaceException e) {
            doubtful.or(fresh);
            throw e;
        }
        snapshots.publish(next, givenUp);
        reclaim();
        allocator.release(doubtful);
        doubtful.clear();
    }
}

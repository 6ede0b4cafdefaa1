package dev.morgana.lsm.tree;

import dev.morgana.lsm.layout.Chunks;
import dev.morgana.lsm.layout.MetaEntry;
import dev.morgana.lsm.layout.Shape;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.StoreException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A mounted tree: the one owner of its state. Many threads may read; changes are made by one thread at a time, which is the
 * caller's business.
 */
public final class Tree {
    /** So many runs of a transaction are as good as one; more are merged before older files are. */
    private static final int FEW_RUNS = 2;

    private final Pages pages;
    private final PageCache cache;
    private final PayloadReader payloads;
    private final Preserved preserved;
    private final Allocator allocator;
    private final MetaLog meta;
    private final Snapshots snapshots;
    private final Insertion insertion;
    private final Compaction compaction;

    /** How many allocations it takes until everything is rewritten. */
    private long rewriteAt;

    /** New pages of commits that failed, which may count all the same until the next commit. */
    private final BitSet doubtful = new BitSet();

    Tree(Pages pages, PageCache cache, long preservedBytes, Allocator allocator, MetaLog meta, FileTable table) {
        this.pages = pages;
        this.cache = cache;
        this.preserved = new Preserved(preservedBytes);
        this.payloads = new PayloadReader(pages, cache, preserved, PayloadReader.PRESENT);
        this.allocator = allocator;
        this.meta = meta;
        this.snapshots = new Snapshots(table, preserved);
        this.insertion = new Insertion(this);
        this.compaction = new Compaction(this);
        this.rewriteAt = pages.count();
    }

    /** The pages of the store. */
    public Pages pages() {
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
    public Snapshot snapshot() {
        return snapshots.open(pages, cache);
    }

    /** Whether pages that are given up stay taken, because there is no more memory to keep their content for readers. */
    boolean isHeldUp() {
        return snapshots.areOpen() && !preserved.hasRoom(shape().pageSize());
    }

    /** How many pages can be allocated now. For the writer. */
    public int freePages() throws DeviceException {
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
    public int metaPage() {
        return meta.page();
    }

    /** Whether the meta page in use ends as it should, not with a write that was never finished. For the writer. */
    public boolean isMetaPageWhole() {
        return meta.isContinuable();
    }

    /** Writes the whole state to a new meta page. For the writer. */
    public void renewMetaPage() throws StoreException {
        meta.renew(table());
    }

    /** Erases a meta page that counts no more. For the writer. */
    public void eraseStale(int page) throws DeviceException {
        pages.erase(page);
        cache.remove(page);
    }

    /** The generation of the newest meta page. For the writer. */
    public long generation() {
        return meta.generation();
    }

    /**
     * Makes the changes of a batch durable, all or none.
     *
     * @throws NoSpaceException if they do not fit, also after compaction; the content is as before
     */
    public void commit(Batch batch) throws StoreException {
        forgetVainDeletions(batch);
        if (batch.isEmpty()) {
            return;
        }
        levelWear();
        boolean done = insertion.tryInsert(batch, shape().minFreePages());
        while (!done && compaction.step()) {
            done = insertion.tryInsert(batch, shape().minFreePages());
        }
        if (!done && !insertion.tryInsert(batch, leastReserve(batch))) {
            throw full(batch.bytes(shape()));
        }
    }

    /** Begins a transaction, which keeps so many bytes of changes in memory. */
    public Changes change(long memory) {
        return new Changes(this, memory);
    }

    /** Makes the runs of a transaction count, together; at least one. */
    void commit(Runs runs) throws StoreException {
        while (!insertion.tryPublish(runs)) {
            boolean progress =
                    (runs.count() > FEW_RUNS && runs.mergeSmallest()) || compaction.step() || runs.mergeSmallest();
            if (!progress) {
                throw full(runs.bytes());
            }
        }
    }

    /** How many runs a transaction may have. */
    int mostRuns() {
        return insertion.mostRuns();
    }

    /** Whether so many pages can be taken without touching the reserve. */
    boolean hasRoom(int pages) throws DeviceException {
        return freePages() - pages >= shape().minFreePages();
    }

    /**
     * Merges files until so many pages can be taken without touching the reserve.
     *
     * @throws NoSpaceException if they cannot
     */
    void makeRoom(int pages) throws StoreException {
        while (!hasRoom(pages)) {
            if (!compaction.step()) {
                throw full((long) pages * shape().payload());
            }
        }
    }

    private NoSpaceException full(long needed) throws DeviceException {
        long available = Math.max(0L, freePages() - shape().minFreePages()) * shape().payload();
        return PeerError.FULL.on(
                new NoSpaceException("the changes", OptionalLong.of(needed), OptionalLong.of(available)));
    }

    /**
     * Pages that are taken for long are never erased while others go round. After as many allocations as there are pages
     * everything is rewritten, so that other pages are the ones that rest. It is no loss if that cannot be done.
     */
    void levelWear() throws StoreException {
        if (allocator.allocated() < rewriteAt || isHeldUp()) {
            return;
        }
        try {
            compaction.compactFully();
        } catch (NoSpaceException | CorruptStoreException e) {
            // the change itself may still succeed, and otherwise says why
        }
        rewriteAt = allocator.allocated() + pages.count();
    }

    /**
     * What must stay free once everything is merged, for a batch after whose merge there is no less free than usual. That merge
     * needs a page for the meta log, one for the last page of the destination, one for each source that holds one back, and
     * those of the largest record (section 17). Where nothing grows, the second source holds none back.
     */
    private int leastReserve(Batch batch) throws StoreException {
        int usual = shape().minFreePages();
        long largest = Math.max(compaction.largestRecord(), batch.largestRecord(shape()));
        int least = FileWriter.pagesFor(shape(), largest) + 3;
        if (insertion.isShrinking(batch)) {
            return Math.min(usual, least);
        }
        long bytes = batch.bytes(shape());
        for (LsmFile file : table().newestFirst()) {
            bytes += file.bytes();
        }
        int freeAfterMerge = pages.count() - 1 - FileWriter.pagesFor(shape(), bytes);
        return freeAfterMerge >= usual ? Math.min(usual, least + 1) : usual;
    }

    /** A deletion of what is not there changes nothing. */
    private void forgetVainDeletions(Batch batch) throws StoreException {
        List<byte[]> vain = new ArrayList<>();
        for (LsmRecord change : batch.records()) {
            if (change.isTombstone() && find(change.key()).isEmpty()) {
                vain.add(change.key());
            }
        }
        vain.forEach(batch::without);
    }

    /** What a key is bound to now. For the writer, whose state cannot go while it looks. */
    Optional<LsmRecord> find(byte[] key) throws StoreException {
        return Snapshot.find(table(), payloads, key);
    }

    /** Merges all files into one, without what is outdated. */
    public void compact() throws StoreException {
        compaction.compactFully();
    }

    /** Removes every key. */
    public void clear() throws StoreException {
        FileTable table = table();
        BitSet givenUp = new BitSet();
        for (int number : table.numbers()) {
            LsmFile file = table.present(number);
            givenUp.or(file.pagesBefore(file.end()));
        }
        if (!givenUp.isEmpty()) {
            commit(new FileTable(table.length()), new BitSet(), givenUp);
        }
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

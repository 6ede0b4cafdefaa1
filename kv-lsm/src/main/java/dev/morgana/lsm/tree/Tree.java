package dev.morgana.lsm.tree;

import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.StoreException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A mounted tree: reading it, changing it, and what a change takes beside itself. Many threads may read; changes are made by one
 * thread at a time, which is the caller's business.
 */
public final class Tree {
    /** So many runs of a transaction are as good as one; more are merged before older files are. */
    private static final int FEW_RUNS = 2;

    private final TreeState state;
    private final Insertion insertion;
    private final Compaction compaction;

    /** How many allocations it takes until everything is rewritten. */
    private long rewriteAt;

    Tree(TreeState state) {
        this.state = state;
        this.insertion = new Insertion(state);
        this.compaction = new Compaction(state);
        this.rewriteAt = state.pages().count();
    }

    /** The pages of the store. */
    public Pages pages() {
        return state.pages();
    }

    FileTable table() {
        return state.table();
    }

    PayloadReader payloads() {
        return state.payloads();
    }

    /** Opens the present state for reading. */
    public Snapshot snapshot() {
        return state.snapshot();
    }

    /** How many pages can be allocated now. For the writer. */
    public int freePages() throws DeviceException {
        return state.freePages();
    }

    /** The meta page in use. For the writer. */
    public int metaPage() {
        return state.metaPage();
    }

    /** Whether the meta page in use ends as it should, not with a write that was never finished. For the writer. */
    public boolean isMetaPageWhole() {
        return state.isMetaPageWhole();
    }

    /** Writes the whole state to a new meta page. For the writer. */
    public void renewMetaPage() throws StoreException {
        state.renewMetaPage();
    }

    /** Erases a meta page that counts no more. For the writer. */
    public void eraseStale(int page) throws DeviceException {
        state.eraseStale(page);
    }

    /** The generation of the newest meta page. For the writer. */
    public long generation() {
        return state.generation();
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
        boolean done = insertion.tryInsert(batch, state.shape().minFreePages());
        while (!done && compaction.step()) {
            done = insertion.tryInsert(batch, state.shape().minFreePages());
        }
        if (!done && !insertion.tryInsert(batch, leastReserve(batch))) {
            throw state.full(batch.bytes(state.shape()));
        }
    }

    /** Begins a transaction, which keeps so many bytes of changes in memory. */
    public Changes change(long memory) {
        return new Changes(this, new Runs(state, compaction), memory);
    }

    /** Makes the runs of a transaction count, together; at least one. */
    void commit(Runs runs) throws StoreException {
        while (!insertion.tryPublish(runs)) {
            boolean progress =
                    (runs.count() > FEW_RUNS && runs.mergeSmallest()) || compaction.step() || runs.mergeSmallest();
            if (!progress) {
                throw state.full(runs.bytes());
            }
        }
    }

    /** How many runs a transaction may have. */
    int mostRuns() {
        return insertion.mostRuns();
    }

    /**
     * Pages that are taken for long are never erased while others go round. After as many allocations as there are pages
     * everything is rewritten, so that other pages are the ones that rest. It is no loss if that cannot be done.
     */
    void levelWear() throws StoreException {
        if (state.allocated() < rewriteAt || state.isHeldUp()) {
            return;
        }
        try {
            compaction.compactFully();
        } catch (NoSpaceException | CorruptStoreException e) {
            // the change itself may still succeed, and otherwise says why
        }
        rewriteAt = state.allocated() + state.pages().count();
    }

    /**
     * What must stay free once everything is merged, for a batch after whose merge there is no less free than usual. That merge
     * needs a page for the meta log, one for the last page of the destination, one for each source that holds one back, and
     * those of the largest record (section 17). Where nothing grows, the second source holds none back.
     */
    private int leastReserve(Batch batch) throws StoreException {
        int usual = state.shape().minFreePages();
        long largest = Math.max(compaction.largestRecord(), batch.largestRecord(state.shape()));
        int least = FileWriter.pagesFor(state.shape(), largest) + 3;
        if (insertion.isShrinking(batch)) {
            return Math.min(usual, least);
        }
        long bytes = batch.bytes(state.shape());
        for (LsmFile file : state.table().newestFirst()) {
            bytes += file.bytes();
        }
        int freeAfterMerge = state.pages().count() - 1 - FileWriter.pagesFor(state.shape(), bytes);
        return freeAfterMerge >= usual ? Math.min(usual, least + 1) : usual;
    }

    /** A deletion of what is not there changes nothing. */
    private void forgetVainDeletions(Batch batch) throws StoreException {
        List<byte[]> vain = new ArrayList<>();
        for (LsmRecord change : batch.records()) {
            if (change.isTombstone() && state.find(change.key()).isEmpty()) {
                vain.add(change.key());
            }
        }
        vain.forEach(batch::without);
    }

    /** Merges all files into one, without what is outdated. */
    public void compact() throws StoreException {
        compaction.compactFully();
    }

    /** Removes every key. */
    public void clear() throws StoreException {
        FileTable table = state.table();
        BitSet givenUp = new BitSet();
        for (int number : table.numbers()) {
            LsmFile file = table.present(number);
            givenUp.or(file.pagesBefore(file.end()));
        }
        if (!givenUp.isEmpty()) {
            state.commit(new FileTable(table.length()), new BitSet(), givenUp);
        }
    }

    /** Takes back what was written for a transaction that will not be committed. */
    void abandon(BitSet written) {
        state.abandon(written);
    }
}

package dev.morgana.lsm.tree;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Direction;
import dev.morgana.spi.facet.KeyRange;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The changes of one write transaction over the state that it began with: in memory as long as they are few, beyond that in
 * {@linkplain Runs runs} on free pages. For the writer, whose turn it is to its end; compaction for more room changes no content.
 */
public final class Changes implements AutoCloseable {
    private final Tree tree;
    private final long memory;
    private final Runs runs;
    private final Set<View> views = ConcurrentHashMap.newKeySet();
    private Batch batch = new Batch();
    private Snapshot before;

    Changes(Tree tree, Runs runs, long memory) {
        this.tree = tree;
        this.memory = memory;
        this.runs = runs;
        this.before = tree.snapshot();
    }

    /** The changes so far over the state before, to be scanned whatever else changes. Close it; the transaction's end does too. */
    public final class View implements AutoCloseable {
        private final Snapshot snapshot = tree.snapshot();

        private View() {
            views.add(this);
        }

        /** The live records of a range. */
        public Scan scan(KeyRange range, Direction direction) throws StoreException {
            return snapshot.scan(range, direction, batch, runs.newestFirst());
        }

        /** Lets the pages go that are kept for this. Closing twice does nothing. */
        @Override
        public void close() {
            views.remove(this);
            snapshot.close();
        }
    }

    /** What a key is bound to. */
    public Optional<LsmRecord> find(byte[] key) throws StoreException {
        Optional<LsmRecord> own = batch.find(key);
        return own.isPresent() ? own.filter(record -> !record.isTombstone()) : findOlder(key);
    }

    /** What a key is bound to without what is in memory. */
    private Optional<LsmRecord> findOlder(byte[] key) throws StoreException {
        Optional<StoredRecord> own = runs.find(key);
        return own.isPresent() ? own.filter(record -> !record.isTombstone()).map(record -> record) : before.find(key);
    }

    /** The changes as they are now. */
    public View view() {
        return new View();
    }

    /** Binds a key; the arrays become the transaction's own. */
    public void put(byte[] key, byte[] value) {
        batch.put(key, value);
    }

    /** Deletes a key, and answers whether it was bound; the array becomes the transaction's own. */
    public boolean remove(byte[] key) throws StoreException {
        Optional<LsmRecord> own = batch.find(key);
        if (own.isPresent() && own.get().isTombstone()) {
            return false;
        }
        if (findOlder(key).isPresent()) {
            batch.remove(key);
            return true;
        }
        batch.without(key);
        return own.isPresent();
    }

    /**
     * Writes the changes to free pages if they are too many for memory.
     *
     * @throws dev.morgana.spi.error.NoSpaceException if there are none; the transaction can only be closed then
     */
    public void spill() throws StoreException {
        if (batch.memory() <= memory) {
            return;
        }
        before.close(); // or compaction could not reuse what it gives up
        try {
            if (runs.isEmpty()) {
                tree.levelWear();
            }
            runs.add(batch);
            batch = new Batch();
            while (runs.count() > tree.mostRuns() && runs.mergeSmallest()) {
                // as many as there are places for, with room to spare
            }
        } finally {
            before = tree.snapshot();
        }
    }

    /** Makes the changes durable, all or none. Close it all the same. */
    public void commit() throws StoreException {
        letGo();
        if (runs.isEmpty()) {
            tree.commit(batch);
            return;
        }
        if (!batch.isEmpty()) {
            runs.add(batch);
        }
        tree.commit(runs);
    }

    private void letGo() {
        views.forEach(View::close);
        before.close();
    }

    /** Takes back what is not committed. Closing twice does nothing. */
    @Override
    public void close() {
        letGo();
        tree.abandon(runs.handOver());
    }
}

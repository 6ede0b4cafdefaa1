package dev.morgana.lsm.store;

import dev.morgana.lsm.tree.Batch;
import dev.morgana.lsm.tree.LsmRecord;
import dev.morgana.lsm.tree.PeerError;
import dev.morgana.lsm.tree.Snapshot;
import dev.morgana.lsm.tree.Tree;
import dev.morgana.spi.error.InvalidRequestException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Cursor;
import dev.morgana.spi.facet.Direction;
import dev.morgana.spi.facet.KeyRange;
import dev.morgana.spi.facet.WriteTransaction;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A write transaction: changes in memory until the commit. A change that is refused leaves it as it was, but for a key out of
 * order where that is refused at all: that cancels it, as the peer does.
 */
final class Writing implements WriteTransaction {
    private final StoreLife life;
    private final Tree tree;
    private final Checks checks;
    private final boolean strictOrder;
    private final Snapshot before;
    private final Batch batch = new Batch();
    private byte @Nullable [] previous;
    private boolean canceled;
    private boolean ended;

    /** A transaction that has taken the turn to write, and ends it. */
    Writing(StoreLife life, Tree tree, Settings settings) {
        this.life = life;
        this.tree = tree;
        this.checks = new Checks(settings);
        this.strictOrder = settings.strictOrder();
        this.before = tree.snapshot();
    }

    @Override
    public synchronized Optional<byte[]> get(byte[] key) throws StoreException {
        return life.using(() -> {
            requireOpen();
            Optional<LsmRecord> record = find(key);
            return record.isEmpty()
                    ? Optional.empty()
                    : Optional.of(record.get().value());
        });
    }

    private Optional<LsmRecord> find(byte[] key) throws StoreException {
        Optional<LsmRecord> own = batch.find(key);
        return own.isPresent() ? own.filter(record -> !record.isTombstone()) : before.find(key);
    }

    /** Changes made after the call do not show in the cursor. */
    @Override
    public synchronized Cursor scan(KeyRange range, Direction direction) throws StoreException {
        return life.using(() -> {
            requireOpen();
            return new RecordCursor(life, before.scan(range, direction, batch), this::requireOpen, () -> {});
        });
    }

    @Override
    public synchronized void put(byte[] key, byte[] value) throws StoreException {
        life.using(() -> {
            requireUsable();
            checks.requireKey(key);
            checks.requireValue(key, value.length);
            requireOrder(key);
            batch.put(key.clone(), value.clone());
            return true;
        });
    }

    @Override
    public synchronized boolean remove(byte[] key) throws StoreException {
        return life.using(() -> {
            requireUsable();
            checks.requireKey(key);
            requireOrder(key);
            boolean bound = find(key).isPresent();
            batch.remove(key.clone());
            return bound;
        });
    }

    private void requireOrder(byte[] key) throws InvalidRequestException {
        if (strictOrder && previous != null && Arrays.compareUnsigned(previous, key) >= 0) {
            canceled = true;
            throw PeerError.NOT_SORTED.on(
                    new InvalidRequestException(
                            "key is not above the one before in this transaction; leave out strictOrder to write in any order"));
        }
        previous = strictOrder ? key.clone() : null;
    }

    private void requireUsable() throws InvalidRequestException {
        requireOpen();
        if (canceled) {
            throw PeerError.TRANSACTION_CANCELED.on(
                    new InvalidRequestException("a key of this transaction was out of order; close it and begin anew"));
        }
    }

    private void requireOpen() {
        if (ended) {
            throw new IllegalStateException("transaction has ended");
        }
    }

    @Override
    public synchronized void commit() throws StoreException {
        life.using(() -> {
            requireUsable();
            before.close(); // or compaction could not reuse what it gives up
            try {
                tree.commit(batch);
            } finally {
                close();
            }
            return true;
        });
    }

    @Override
    public synchronized void close() {
        if (!ended) {
            ended = true;
            before.close();
            life.endTurn();
        }
    }
}

package dev.morgana.lsm.store;

import dev.morgana.lsm.layout.PeerError;
import dev.morgana.lsm.tree.Changes;
import dev.morgana.lsm.tree.LsmRecord;
import dev.morgana.spi.backend.StoreLife;
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
 * A write transaction. A change that is refused leaves it as it was, but for what cancels it, as in the reference
 * implementation: no space, a device that fails, and a key out of order where that is refused at all.
 */
final class Writing implements WriteTransaction {
    private final StoreLife life;
    private final WriteTurn turn;
    private final Changes changes;
    private final Checks checks;
    private final boolean strictOrder;
    private byte @Nullable [] previous;
    private boolean canceled;
    private boolean ended;

    /** A transaction that has taken the turn to write, and ends it. */
    Writing(StoreLife life, WriteTurn turn, Changes changes, Settings settings) {
        this.life = life;
        this.turn = turn;
        this.changes = changes;
        this.checks = new Checks(settings);
        this.strictOrder = settings.strictOrder();
    }

    @Override
    public synchronized Optional<byte[]> get(byte[] key) throws StoreException {
        return life.reading(() -> {
            requireOpen();
            Optional<LsmRecord> record = changes.find(key);
            return record.isEmpty()
                    ? Optional.empty()
                    : Optional.of(record.get().value());
        });
    }

    /** Changes made after the call do not show in the cursor. */
    @Override
    public synchronized Cursor scan(KeyRange range, Direction direction) throws StoreException {
        return life.reading(() -> {
            requireOpen();
            Changes.View view = changes.view();
            try {
                return new RecordCursor(life, view.scan(range, direction), this::requireOpen, view::close);
            } catch (StoreException e) {
                view.close();
                throw e;
            }
        });
    }

    @Override
    public synchronized void put(byte[] key, byte[] value) throws StoreException {
        life.reading(() -> {
            requireUsable();
            checks.requireKey(key);
            checks.requireValue(key, value.length);
            requireOrder(key);
            changes.put(key.clone(), value.clone());
            spill();
            return true;
        });
    }

    @Override
    public synchronized boolean remove(byte[] key) throws StoreException {
        return life.reading(() -> {
            requireUsable();
            checks.requireKey(key);
            requireOrder(key);
            boolean bound = changes.remove(key.clone());
            spill();
            return bound;
        });
    }

    private void spill() throws StoreException {
        try {
            changes.spill();
        } catch (StoreException e) {
            canceled = true;
            throw e;
        }
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
                    new InvalidRequestException("a change of this transaction failed; close it and begin anew"));
        }
    }

    private void requireOpen() {
        if (ended) {
            throw new IllegalStateException("transaction has ended");
        }
    }

    @Override
    public synchronized void commit() throws StoreException {
        life.reading(() -> {
            requireUsable();
            try {
                changes.commit();
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
            changes.close();
            turn.end();
        }
    }
}

package dev.morgana.lsm.store;

import dev.morgana.lsm.tree.LsmRecord;
import dev.morgana.lsm.tree.Snapshot;
import dev.morgana.spi.backend.StoreLife;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Cursor;
import dev.morgana.spi.facet.Direction;
import dev.morgana.spi.facet.KeyRange;
import dev.morgana.spi.facet.ReadTransaction;
import java.util.Optional;

/** A read transaction: a snapshot, to its end. Safe for use by many threads; its cursors each for one at a time. */
final class Reading implements ReadTransaction {
    private final StoreLife life;
    private final Snapshot snapshot;
    private volatile boolean ended;

    Reading(StoreLife life, Snapshot snapshot) {
        this.life = life;
        this.snapshot = snapshot;
    }

    @Override
    public Optional<byte[]> get(byte[] key) throws StoreException {
        return life.reading(() -> {
            requireOpen();
            Optional<LsmRecord> record = snapshot.find(key);
            return record.isEmpty()
                    ? Optional.empty()
                    : Optional.of(record.get().value());
        });
    }

    @Override
    public Cursor scan(KeyRange range, Direction direction) throws StoreException {
        return life.reading(() -> {
            requireOpen();
            return new RecordCursor(life, snapshot.scan(range, direction), this::requireOpen, () -> {});
        });
    }

    private void requireOpen() {
        if (ended) {
            throw new IllegalStateException("transaction has ended");
        }
    }

    @Override
    public void close() {
        ended = true;
        snapshot.close();
    }
}

package dev.morgana.lsm.store;

import dev.morgana.lsm.tree.LsmRecord;
import dev.morgana.lsm.tree.Scan;
import dev.morgana.spi.backend.StoreLife;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Cursor;
import org.jspecify.annotations.Nullable;

/** A walk over a snapshot. */
final class RecordCursor implements Cursor {
    /** What a cursor may go on with. */
    interface Permission {
        /** Fails with {@link IllegalStateException} if the transaction has ended. */
        void require();
    }

    private final StoreLife life;
    private final Scan scan;
    private final Permission permission;
    private final Runnable release;
    private @Nullable LsmRecord current;
    private boolean closed;

    /** A walk along a scan, which gives back what it holds when it is closed. */
    RecordCursor(StoreLife life, Scan scan, Permission permission, Runnable release) {
        this.life = life;
        this.scan = scan;
        this.permission = permission;
        this.release = release;
    }

    @Override
    public boolean next() throws StoreException {
        return life.reading(() -> {
            checkOpen();
            current = scan.next();
            return current != null;
        });
    }

    @Override
    public byte[] key() {
        return current().key().clone();
    }

    @Override
    public long size() {
        return current().valueLength();
    }

    @Override
    public byte[] value() throws StoreException {
        return life.reading(() -> current().value());
    }

    private LsmRecord current() {
        life.requireOpen();
        checkOpen();
        if (current == null) {
            throw new IllegalStateException("cursor is at no record");
        }
        return current;
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("cursor is closed");
        }
        permission.require();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            current = null;
            release.run();
        }
    }
}

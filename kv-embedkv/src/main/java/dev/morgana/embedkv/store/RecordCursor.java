package dev.morgana.embedkv.store;

import dev.morgana.embedkv.record.Binding;
import dev.morgana.spi.backend.StoreLife;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Cursor;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A walk over the bindings of one moment. */
final class RecordCursor implements Cursor {
    private final StoreLife life;
    private final Snapshots snapshots;
    private final Queue<Binding> ahead;
    private final Set<Binding> needed = new HashSet<>();

    /** Values that the store has given up meanwhile. */
    private final Map<Binding, byte[]> preserved = new HashMap<>();

    private final Map<Binding, StoreException> lost = new HashMap<>();
    private @Nullable Binding current;
    private boolean closed;

    /** A walk over bindings, in their order. */
    RecordCursor(StoreLife life, Snapshots snapshots, List<Binding> bindings) {
        this.life = life;
        this.snapshots = snapshots;
        this.ahead = new ArrayDeque<>(bindings);
        this.needed.addAll(bindings);
    }

    /** Tells whether the value may still be asked for. */
    synchronized boolean needs(Binding binding) {
        return needed.contains(binding);
    }

    /** Takes a value that the store is about to give up. */
    synchronized void preserve(Binding binding, byte[] value) {
        preserved.put(binding, value);
    }

    /** Takes the error of a value that could not be read when the store gave it up. */
    synchronized void lose(Binding binding, StoreException reason) {
        lost.put(binding, reason);
    }

    @Override
    public synchronized boolean next() {
        checkOpen();
        if (current != null) {
            needed.remove(current);
            preserved.remove(current);
        }
        current = ahead.poll();
        return current != null;
    }

    @Override
    public synchronized byte[] key() {
        return current().copyOfKey();
    }

    @Override
    public synchronized long size() {
        return current().size();
    }

    @Override
    public byte[] value() throws StoreException {
        life.requireOpen();
        // The store's lock comes before the cursor's own, as it does where a value is preserved.
        return life.reading(() -> {
            synchronized (this) {
                Binding binding = current();
                StoreException reason = lost.get(binding);
                if (reason != null) {
                    throw reason;
                }
                byte[] kept = preserved.get(binding);
                return kept == null ? binding.readAll() : kept.clone();
            }
        });
    }

    private Binding current() {
        checkOpen();
        if (current == null) {
            throw new IllegalStateException("cursor is at no record");
        }
        return current;
    }

    private void checkOpen() {
        life.requireOpen();
        if (closed) {
            throw new IllegalStateException("cursor is closed");
        }
    }

    @Override
    public void close() {
        snapshots.remove(this);
        synchronized (this) {
            closed = true;
            ahead.clear();
            needed.clear();
            preserved.clear();
        }
    }
}

package dev.morgana.embedkv.store;

import dev.morgana.embedkv.record.Binding;
import dev.morgana.spi.error.StoreException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The open cursors. The format keeps no old values, so that one which a cursor has still to come to is taken into memory
 * before it is given up.
 */
final class Snapshots {
    private final Set<RecordCursor> cursors = new HashSet<>();

    synchronized void add(RecordCursor cursor) {
        cursors.add(cursor);
    }

    synchronized void remove(RecordCursor cursor) {
        cursors.remove(cursor);
    }

    /** Called before a binding is given up; nobody reads meanwhile. */
    void preserve(Binding binding) {
        List<RecordCursor> concerned = new ArrayList<>();
        synchronized (this) {
            for (RecordCursor cursor : cursors) {
                if (cursor.needs(binding)) {
                    concerned.add(cursor);
                }
            }
        }
        if (!concerned.isEmpty()) {
            try {
                byte[] value = binding.readAll();
                concerned.forEach(cursor -> cursor.preserve(binding, value));
            } catch (StoreException e) {
                concerned.forEach(cursor -> cursor.lose(binding, e));
            }
        }
    }
}

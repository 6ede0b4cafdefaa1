package dev.morgana.pwkvs.sector;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The records of all keys, in an order that others can observe, and by hash (sections 6 and 23.17). */
final class Index {
    private final List<KeyRecord> records = new ArrayList<>();
    private final Map<Integer, KeyRecord> byHash = new HashMap<>();

    @Nullable
    KeyRecord find(int hash) {
        return byHash.get(hash);
    }

    /** The records in order; not to be changed. */
    List<KeyRecord> records() {
        return records;
    }

    int size() {
        return records.size();
    }

    void append(KeyRecord record) {
        records.add(record);
        KeyRecord present = byHash.put(record.hash(), record);
        assert present == null;
    }

    /** Removes a record; the last one takes its place. */
    void remove(int position) {
        byHash.remove(records.get(position).hash());
        KeyRecord last = records.remove(records.size() - 1);
        if (position < records.size()) {
            records.set(position, last);
        }
    }

    /** Removes a record that is in the index, as {@link #remove(int)}. */
    void remove(KeyRecord record) {
        remove(records.indexOf(record));
    }

    int live() {
        return (int) records.stream().filter(record -> !record.isDeleted()).count();
    }
}

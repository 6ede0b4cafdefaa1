package dev.morgana.lsm.tree;

import dev.morgana.lsm.layout.Shape;
import dev.morgana.spi.facet.Direction;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The changes of one transaction, by key. Not safe for use by several threads at once. */
public final class Batch {
    /** What a change takes in memory beside its bytes, roughly: two arrays, a record, an entry of the map. */
    private static final int OBJECTS = 128;

    private final NavigableMap<byte[], Pending> changes = new TreeMap<>(Arrays::compareUnsigned);
    private long memory;

    /** A change that is not in a file yet; without a value it is a deletion. */
    private record Pending(byte[] key, byte @Nullable [] bytes) implements LsmRecord {
        @Override
        public boolean isTombstone() {
            return bytes == null;
        }

        @Override
        public int valueLength() {
            return bytes == null ? 0 : bytes.length;
        }

        @Override
        public void read(int offset, byte[] target, int from, int length) {
            if (bytes != null) {
                System.arraycopy(bytes, offset, target, from, length);
            }
        }
    }

    /** Binds a key; the arrays become the batch's own. */
    public void put(byte[] key, byte[] value) {
        change(new Pending(key, value));
    }

    /** Deletes a key; the array becomes the batch's own. */
    public void remove(byte[] key) {
        change(new Pending(key, null));
    }

    private void change(Pending change) {
        memory += memory(change) - memory(changes.put(change.key, change));
    }

    private static long memory(@Nullable Pending change) {
        return change == null ? 0 : OBJECTS + change.key.length + change.valueLength();
    }

    /** How many bytes of memory the changes take, roughly. */
    long memory() {
        return memory;
    }

    /** What becomes of a key: empty if nothing does. */
    public Optional<LsmRecord> find(byte[] key) {
        return Optional.ofNullable(changes.get(key));
    }

    boolean isEmpty() {
        return changes.isEmpty();
    }

    byte[] firstKey() {
        return changes.firstKey();
    }

    byte[] lastKey() {
        return changes.lastKey();
    }

    /** The bytes of the records. */
    long bytes(Shape shape) {
        long bytes = 0;
        for (Pending change : changes.values()) {
            bytes += RecordBytes.length(shape, change);
        }
        return bytes;
    }

    /** The bytes of the largest record. */
    long largestRecord(Shape shape) {
        return changes.values().stream()
                .mapToLong(change -> RecordBytes.length(shape, change))
                .max()
                .orElse(0);
    }

    Iterable<LsmRecord> records() {
        return () -> changes.values().stream().<LsmRecord>map(change -> change).iterator();
    }

    /** Forgets a change. */
    Batch without(byte[] key) {
        memory -= memory(changes.remove(key));
        return this;
    }

    /** The changes as they are now, in order. */
    RecordSource source(Direction direction) {
        NavigableMap<byte[], Pending> copy = new TreeMap<>(changes);
        Iterator<Pending> each = (direction == Direction.FORWARD ? copy : copy.descendingMap())
                .values()
                .iterator();
        return () -> each.hasNext() ? each.next() : null;
    }
}

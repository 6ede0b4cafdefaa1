package dev.morgana.embedkv.record;

import dev.morgana.spi.error.LimitExceededException;
import dev.morgana.spi.key.Key;
import java.util.Optional;

/** Counts the memory that the index takes, about, and refuses more than is allowed. */
final class IndexBudget {
    /** Objects, references and tree nodes of one key, and of one copy of it, on a usual JVM. */
    private static final int BYTES_PER_KEY = 160;

    private static final int BYTES_PER_COPY = 120;

    private final long limit;
    private long used;

    IndexBudget(long limit) {
        this.limit = limit;
    }

    private static long bytes(Binding binding) {
        long bytes = BYTES_PER_KEY;
        for (Binding.Copy copy : binding.copies()) {
            StoredRecord stored = copy.stored();
            bytes += BYTES_PER_COPY + stored.key().length + (long) Integer.BYTES * stored.blocks().length;
        }
        return bytes;
    }

    void add(Binding binding) {
        used += bytes(binding);
    }

    /** Adds a key that a scan met, and refuses it if it is one too many, before more memory is taken. */
    void addScanned(byte[] key) throws LimitExceededException {
        used += BYTES_PER_COPY + key.length;
        require();
    }

    void remove(Binding binding) {
        used -= bytes(binding);
    }

    void clear() {
        used = 0;
    }

    long used() {
        return used;
    }

    /** Refuses an index that is too large already. */
    void require() throws LimitExceededException {
        require(used, "the keys on the medium");
    }

    /** Refuses a binding that makes it too large, in the place of an earlier one if there is one. */
    void requireRoomFor(Binding binding, Optional<Binding> earlier) throws LimitExceededException {
        long released = earlier.map(IndexBudget::bytes).orElse(0L);
        require(used + bytes(binding) - released, "one more value, " + Key.escape(binding.key()));
    }

    private void require(long bytes, String what) throws LimitExceededException {
        if (bytes > limit) {
            throw new LimitExceededException("indexBytes (bytes of memory)", limit, bytes, what);
        }
    }
}

package dev.morgana.crypt.store;

import dev.morgana.crypt.layout.Segments;
import dev.morgana.crypt.seal.Scratch;
import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The segments of a value that an open handle has changed, each whole. The first ones are in memory, the rest in a temporary file,
 * so that memory does not grow with the value. For one thread at a time.
 */
final class ChangedSegments implements Closeable {
    private static final int MOST_IN_MEMORY = 256;

    private final Map<Long, byte[]> memory = new HashMap<>();
    private Optional<Scratch> scratch = Optional.empty();

    /** A segment that was changed; empty if it was not. */
    Optional<byte[]> get(long number) throws IOException {
        byte[] changed = memory.get(number);
        if (changed != null) {
            return Optional.of(changed.clone());
        }
        return scratch.isPresent() && scratch.get().contains(number)
                ? Optional.of(scratch.get().get(number))
                : Optional.empty();
    }

    /** Keeps a segment of {@link Segments#LENGTH} bytes, not copied. */
    void put(long number, byte[] segment) throws IOException {
        if (memory.containsKey(number) || memory.size() < MOST_IN_MEMORY) {
            memory.put(number, segment);
            return;
        }
        if (scratch.isEmpty()) {
            scratch = Optional.of(new Scratch());
        }
        scratch.get().put(number, segment);
    }

    /** Cuts the value off at a size: what lies behind it is zeros if the value grows again. */
    void cut(long size) throws IOException {
        long last = size / Segments.LENGTH;
        int within = (int) (size % Segments.LENGTH);
        Optional<byte[]> cut = get(last);
        memory.keySet().removeIf(number -> number >= last);
        scratch.ifPresent(kept -> kept.removeFrom(last));
        if (within > 0 && cut.isPresent()) {
            byte[] segment = cut.get();
            Arrays.fill(segment, within, segment.length, (byte) 0);
            put(last, segment);
        }
    }

    @Override
    public void close() {
        memory.clear();
        scratch.ifPresent(Scratch::close);
        scratch = Optional.empty();
    }
}

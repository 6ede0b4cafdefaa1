package dev.morgana.nio.tree;

import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.BeyondEnd;
import dev.morgana.spi.store.Capability;
import dev.morgana.spi.store.KeyValueStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The content of an open file in a store that knows whole values: from the first change on it is a copy. */
final class CopiedDraft implements Draft {
    /** A change of no more than this is written into the value, where the store can do so without writing all of it. */
    private static final int PART = 1 << 16;

    private final KeyValueStore store;
    private @Nullable Scratch copy;
    private boolean changed;

    /** The range that differs from the value in the store, if that is all that differs. */
    private long low = Long.MAX_VALUE;

    private long high;
    private boolean cut;

    CopiedDraft(KeyValueStore store) {
        this.store = store;
    }

    private Scratch copy(Key key) throws IOException {
        Scratch there = copy;
        if (there == null) {
            there = new Scratch();
            try (InputStream value = store.open(key)) {
                there.append(value);
            }
            copy = there;
        }
        return there;
    }

    @Override
    public int read(Key key, long position, ByteBuffer target) throws IOException {
        Scratch there = copy;
        return there == null ? store.read(key, position, target) : there.read(position, target);
    }

    @Override
    public void write(Key key, long position, ByteBuffer source) throws IOException {
        long end = position + source.remaining();
        Scratch there = copy(key);
        low = Math.min(low, Math.min(position, there.size()));
        high = Math.max(high, end);
        changed = true;
        there.write(position, source);
    }

    @Override
    public long size(Key key) throws IOException {
        Scratch there = copy;
        return there == null ? store.size(key) : there.size();
    }

    @Override
    public void resize(Key key, long size) throws IOException {
        if (size == 0 && copy == null) {
            copy = new Scratch();
        }
        Scratch there = copy(key);
        there.resize(size);
        cut = true;
        changed = true;
    }

    @Override
    public boolean isChanged() {
        return changed;
    }

    @Override
    public void publish(Key key) throws IOException {
        Scratch there = copy(key);
        boolean inPlace = store.info().capabilities().contains(Capability.PARTIAL_WRITE);
        if (inPlace && !cut && high - low <= PART) {
            ByteBuffer part = ByteBuffer.allocate((int) (high - low));
            there.read(low, part);
            store.write(key, low, part.flip(), BeyondEnd.ZERO_FILL);
        } else {
            store.set(key, there.stream());
        }
        low = Long.MAX_VALUE;
        high = 0;
        cut = false;
        changed = false;
    }

    @Override
    public void makeWritable(Key key) {
        // The first change makes the copy.
    }

    @Override
    public void hold(Key key) throws IOException {
        copy(key);
    }

    @Override
    public void discard() {
        Scratch there = copy;
        if (there != null) {
            there.discard();
        }
    }
}

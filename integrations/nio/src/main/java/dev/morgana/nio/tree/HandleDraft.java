package dev.morgana.nio.tree;

import dev.morgana.spi.facet.FileHandle;
import dev.morgana.spi.facet.FileHandles;
import dev.morgana.spi.key.Key;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The content of an open file in a store with handles, which keep what is not yet published on the medium. */
final class HandleDraft implements Draft {
    private final FileHandles handles;
    private FileHandle handle;
    private boolean writable;
    private boolean changed;

    /** Why the last change failed. What it left is not published: the store keeps the old content, which is whole. */
    private @Nullable IOException failure;

    HandleDraft(FileHandles handles, Key key) throws IOException {
        this.handles = handles;
        this.handle = handles.open(key, Set.of(StandardOpenOption.READ));
    }

    @Override
    public int read(Key key, long position, ByteBuffer target) throws IOException {
        int total = 0;
        handle.position(position);
        while (target.hasRemaining()) {
            int count = handle.read(target);
            if (count <= 0) {
                break;
            }
            total += count;
        }
        return total;
    }

    @Override
    public void write(Key key, long position, ByteBuffer source) throws IOException {
        handle.position(position);
        change(() -> handle.write(source));
    }

    private interface Change {
        void make() throws IOException;
    }

    private void change(Change change) throws IOException {
        changed = true;
        try {
            change.make();
            failure = null;
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    @Override
    public long size(Key key) throws IOException {
        return handle.size();
    }

    @Override
    public void resize(Key key, long size) throws IOException {
        long before = handle.size();
        if (size < before) {
            change(() -> handle.truncate(size));
        } else if (size > before) {
            // Handles fill what lies before a write, and have no other way to grow.
            write(key, size - 1, ByteBuffer.allocate(1));
        }
    }

    @Override
    public boolean isChanged() {
        return changed;
    }

    @Override
    public void publish(Key key) throws IOException {
        if (failure != null) {
            throw new IOException("a write failed, and the old content stays: " + failure.getMessage(), failure);
        }
        handle.sync();
        changed = false;
    }

    @Override
    public void makeWritable(Key key) throws IOException {
        if (!writable) {
            FileHandle better = handles.open(key, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE));
            handle.close();
            handle = better;
            writable = true;
        }
    }

    @Override
    public void hold(Key key) {
        // A handle outlives its name.
    }

    @Override
    public void discard() {
        try {
            handle.close();
        } catch (IOException e) {
            // What could not be published has been told of by publish, and is given up here.
            changed = false;
        }
    }
}

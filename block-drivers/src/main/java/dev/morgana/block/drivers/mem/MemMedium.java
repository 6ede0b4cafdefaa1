package dev.morgana.block.drivers.mem;

import dev.morgana.block.drivers.Medium;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * Memory as a medium: many readers, or one writer. A snapshot is taken as a writer, because a program that came in between
 * could leave a later operation in the image and an earlier one of the same block out of it.
 */
final class MemMedium implements Medium {
    private final SparseMemory memory;
    private final @Nullable Snapshot snapshot;
    private final ReadWriteLock access = new ReentrantReadWriteLock();
    /** Whether the memory has what the snapshot has not; guarded by the write lock. */
    private boolean changed;

    MemMedium(SparseMemory memory, @Nullable Snapshot snapshot) {
        this.memory = memory;
        this.snapshot = snapshot;
    }

    @Override
    public String name() {
        return snapshot == null ? "mem" : "mem:" + snapshot.file();
    }

    @Override
    public long size() {
        return memory.size();
    }

    @Override
    public void read(long position, ByteBuffer target) {
        access.readLock().lock();
        try {
            memory.read(position, target);
        } finally {
            access.readLock().unlock();
        }
    }

    @Override
    public void write(long position, ByteBuffer source) {
        access.writeLock().lock();
        try {
            changed = true;
            memory.write(position, source);
        } finally {
            access.writeLock().unlock();
        }
    }

    @Override
    public void fill(long position, long length, byte value) {
        access.writeLock().lock();
        try {
            changed = true;
            memory.fill(position, length, value);
        } finally {
            access.writeLock().unlock();
        }
    }

    @Override
    public void sync() throws IOException {
        access.writeLock().lock();
        try {
            if (snapshot != null && changed) {
                snapshot.save(memory);
                changed = false;
            }
        } finally {
            access.writeLock().unlock();
        }
    }

    @Override
    public void close() throws IOException {
        access.writeLock().lock();
        try {
            sync();
        } finally {
            memory.clear();
            access.writeLock().unlock();
        }
    }
}

package dev.morgana.block.drivers.mem;

import dev.morgana.block.drivers.host.DirectoryEntry;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The plain image of a memory in a file. Saving writes a new file beside it and then takes its place in one step, so that the
 * file is always one whole image. Done without channels, which an interrupt would close.
 *
 * @param file where; symbolic links were resolved, because a rename would replace the link
 */
record Snapshot(Path file) {
    private static final AtomicLong SAVES = new AtomicLong();

    static Snapshot at(String path) throws IOException {
        Path file = Path.of(path);
        return new Snapshot(Files.exists(file) ? file.toRealPath() : file.toAbsolutePath());
    }

    boolean exists() {
        return Files.exists(file);
    }

    void load(SparseMemory memory) throws IOException {
        try (RandomAccessFile input = new RandomAccessFile(file.toFile(), "r")) {
            ByteBuffer blank = SparseMemory.filled(SparseMemory.CHUNK, memory.background());
            for (long at = 0; at < memory.size(); at += SparseMemory.CHUNK) {
                ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(SparseMemory.CHUNK, memory.size() - at));
                input.readFully(chunk.array());
                if (!chunk.equals(blank.slice(0, chunk.capacity()))) {
                    memory.write(at, chunk);
                }
            }
        }
    }

    void save(SparseMemory memory) throws IOException {
        // Named by process and count: two devices that were given one snapshot must not write into each other's half.
        Path fresh = file.resolveSibling(
                file.getFileName() + "." + ProcessHandle.current().pid() + "-" + SAVES.incrementAndGet() + ".tmp");
        try {
            write(memory, fresh.toFile());
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
        DirectoryEntry.sync(file);
    }

    private static void write(SparseMemory memory, File fresh) throws IOException {
        try (RandomAccessFile output = new RandomAccessFile(fresh, "rw")) {
            output.setLength(memory.size());
            ByteBuffer chunk = ByteBuffer.allocate(SparseMemory.CHUNK);
            for (long at = 0; at < memory.size(); at += SparseMemory.CHUNK) {
                if (memory.isBlankAt(at) && memory.background() == 0) {
                    continue; // a hole of the file reads as zeros already
                }
                memory.read(at, chunk.clear().limit((int) Math.min(SparseMemory.CHUNK, memory.size() - at)));
                output.seek(at);
                output.write(chunk.array(), 0, chunk.limit());
            }
            output.getFD().sync();
        }
    }
}

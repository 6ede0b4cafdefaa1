package dev.morgana.lsm.file;

import dev.morgana.spi.error.StoreException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** A part laid over the old content of a file, as the chunks that change. */
final class ChunkPatch {
    private final Optional<FileContent> old;
    private final long oldSize;
    private final long unit;
    private final ByteBuffer part;
    private final long offset;

    /** A part that goes to an offset, in chunks of a length. */
    ChunkPatch(Optional<FileContent> old, long unit, ByteBuffer part, long offset) {
        this.old = old;
        this.oldSize = old.isPresent() ? old.get().size() : 0;
        this.unit = unit;
        this.part = part;
        this.offset = offset;
    }

    /** The size of the new file. A part without bytes makes no file longer. */
    long size() {
        return part.hasRemaining() ? Math.max(oldSize, offset + part.remaining()) : oldSize;
    }

    long chunks() {
        return (size() + unit - 1) / unit;
    }

    /** The first chunk that changes: a single one that is longer than chunks should be is divided. */
    long first() {
        return isDivided() ? 0 : Math.min(offset, oldSize) / unit;
    }

    /** The last chunk that changes. */
    long last() {
        boolean longer = size() > oldSize || isDivided();
        return longer || !part.hasRemaining() ? chunks() - 1 : (offset + part.remaining() - 1) / unit;
    }

    private boolean isDivided() {
        return old.isPresent() && oldSize > unit && old.get().metadata().chunks() == 1;
    }

    /** The new bytes of a chunk. */
    byte[] chunk(long number) throws StoreException {
        long start = number * unit;
        byte[] bytes = new byte[(int) Math.min(unit, size() - start)];
        if (old.isPresent() && oldSize > start) {
            old.get().readFully(start, bytes, 0, (int) Math.min(bytes.length, oldSize - start));
        }
        long from = Math.max(start, offset);
        long to = Math.min(start + bytes.length, offset + part.remaining());
        if (to > from) {
            part.get((int) (from - offset), bytes, (int) (from - start), (int) (to - from));
        }
        return bytes;
    }
}

package dev.morgana.littlefs.file;

import dev.morgana.littlefs.layout.PairChanges;
import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.littlefs.layout.TagType;
import dev.morgana.littlefs.log.Directory;
import dev.morgana.littlefs.log.DirectoryEntry;
import dev.morgana.littlefs.log.FileSystem;
import dev.morgana.littlefs.log.InsertionPoint;
import dev.morgana.littlefs.log.Volume;
import dev.morgana.spi.backend.CallerStream;
import dev.morgana.spi.error.LimitExceededException;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.StoreException;
import java.nio.ByteBuffer;

/**
 * A value that is written before it is known where: first its bytes, then one commit that makes it a file. Until then nothing
 * in the tree has changed.
 */
public final class ValueDraft implements AutoCloseable {
    private static final int PIECE_BYTES = 64 * 1024;

    private final FileSystem fileSystem;
    private final FileDraft draft;

    private ValueDraft(FileSystem fileSystem, FileVersion from) {
        this.fileSystem = fileSystem;
        this.draft = new FileDraft(fileSystem, from);
    }

    /** A draft without content. */
    public static ValueDraft empty(FileSystem fileSystem) {
        return new ValueDraft(fileSystem, FileVersion.EMPTY);
    }

    /**
     * A draft that begins with what a file has.
     *
     * @throws StoreException if that is damaged
     */
    public static ValueDraft of(FileSystem fileSystem, DirectoryEntry file) throws StoreException {
        return new ValueDraft(fileSystem, FileVersion.open(fileSystem.volume(), fileSystem.extents(), file));
    }

    /**
     * Refuses a size that no file may have.
     *
     * @throws LimitExceededException if so
     */
    public static void checkSize(Volume volume, long size) throws LimitExceededException {
        FileDraft.checkSize(volume, size);
    }

    /**
     * Refuses a new value that cannot be written, before anything of it is.
     *
     * @param size its size in bytes, or a lower bound
     * @throws LimitExceededException if files may not be as large
     * @throws NoSpaceException if there are too few free blocks
     * @throws StoreException for these, or if free blocks cannot be counted
     */
    public void requireRoom(long size) throws StoreException {
        draft.checkSize(size);
        Volume volume = fileSystem.volume();
        if (size <= volume.inlineLimit()) {
            return;
        }
        long needed = volume.ctzLayout().blocks(size);
        long free = fileSystem.allocator().available();
        if (needed > free) {
            throw PeerError.NOSPC.on(
                    new NoSpaceException(needed + " blocks for a value of " + size + " bytes; " + free + " are free"));
        }
    }

    /** The size so far. */
    public long size() {
        return draft.size();
    }

    /**
     * Writes bytes; a gap is filled with zeros.
     *
     * @throws StoreException if the value becomes too large, there is no space, or the device fails
     */
    public void write(long position, ByteBuffer source) throws StoreException {
        draft.write(position, source);
    }

    /**
     * Writes a stream to its end.
     *
     * @throws StoreException as {@link #write} does, or if the stream fails
     */
    public void write(CallerStream source) throws StoreException {
        byte[] piece = new byte[PIECE_BYTES];
        for (int count = source.read(piece); count >= 0; count = source.read(piece)) {
            draft.write(draft.size(), ByteBuffer.wrap(piece, 0, count));
        }
    }

    /**
     * Makes the value longer by zeros.
     *
     * @throws StoreException as {@link #write} does
     */
    public void lengthen(long size) throws StoreException {
        draft.truncate(size);
    }

    /**
     * Makes it the content of a file, durably.
     *
     * @throws StoreException if there is no space or the device fails
     */
    public void replace(DirectoryEntry file) throws StoreException {
        draft.endRun();
        Publication.of(fileSystem, file.pair().blocks(), file.id(), draft.version(), new PairChanges());
    }

    /**
     * Makes it a new file, durably.
     *
     * @throws StoreException if the name is too long, there is no space, or the device fails
     */
    public void create(InsertionPoint place) throws StoreException {
        draft.endRun();
        Publication.create(fileSystem, place, draft.version());
    }

    /**
     * Makes it a file in place of an empty directory, durably.
     *
     * @throws StoreException if there is no space or the device fails
     */
    public void replace(DirectoryEntry entry, Directory directory) throws StoreException {
        draft.endRun();
        PairChanges changes = new PairChanges()
                .delete(entry.id())
                .create(entry.id(), TagType.FILE_NAME.code(), entry.entry().name())
                .struct(entry.id(), draft.version().struct());
        Publication.addDigest(fileSystem, changes, entry.id(), draft.version());
        new Removal(fileSystem).directory(entry, directory, changes, draft.version());
    }

    /** Ends the draft, published or not. */
    @Override
    public void close() {
        draft.release();
    }
}

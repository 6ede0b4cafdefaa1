package dev.morgana.littlefs.file;

import dev.morgana.littlefs.layout.CtzLayout;
import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.littlefs.log.FileSystem;
import dev.morgana.littlefs.log.Volume;
import dev.morgana.littlefs.space.Extent;
import dev.morgana.spi.error.LimitExceededException;
import dev.morgana.spi.error.StoreException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A version of a file that is being changed (sections 12.1, 12.4 and 12.5). Bytes are written in runs: a run begins somewhere
 * in the old version, goes on as long as the positions do, and at its end takes over what the old version has behind it.
 */
final class FileDraft {
    private static final int PIECE_BYTES = 64 * 1024;

    private final FileSystem fileSystem;
    private FileVersion version;
    private @Nullable CtzWriter run;

    /** Begins with a version, which is held by this from now on. */
    FileDraft(FileSystem fileSystem, FileVersion version) {
        this.fileSystem = fileSystem;
        this.version = version;
    }

    /** The size with everything written so far. */
    long size() {
        return run == null ? version.size() : Math.max(version.size(), run.position());
    }

    /** Whether there are bytes in a run that has not ended. */
    boolean isRunning() {
        return run != null;
    }

    /** The version as it is behind the last run. */
    FileVersion version() {
        assert run == null;
        return version;
    }

    /**
     * Writes bytes. A gap behind the end is filled with zeros. On a failure the size tells what was written.
     *
     * @throws LimitExceededException if the file would become too large, and nothing was written
     * @throws StoreException for this, if there is no space, or if the device fails
     */
    void write(long position, ByteBuffer source) throws StoreException {
        checkSize(position + source.remaining());
        if (!source.hasRemaining()) {
            return;
        }
        if (run == null && fitsInline(Math.max(position + source.remaining(), version.size()))) {
            byte[] bytes =
                    Arrays.copyOf(version.inlineBytes(), (int) Math.max(position + source.remaining(), version.size()));
            source.get(bytes, (int) position, source.remaining());
            version = FileVersion.inline(bytes);
            return;
        }
        CtzWriter writer = runAt(Math.min(position, size()));
        fillZeros(writer, position);
        writer.write(source);
    }

    private boolean fitsInline(long size) {
        return version.isInline() && size <= fileSystem.volume().inlineLimit();
    }

    /** Refuses a size that no file may have here. */
    void checkSize(long size) throws LimitExceededException {
        checkSize(fileSystem.volume(), size);
    }

    /** Refuses a size that no file of a file system may have. */
    static void checkSize(Volume volume, long size) throws LimitExceededException {
        long most = volume.fileMax();
        if (size > most) {
            throw PeerError.FBIG.on(new LimitExceededException("fileMax (bytes)", most, size));
        }
    }

    /** A run at a position: the one that is there goes on, forward through the old version, or another one begins. */
    private CtzWriter runAt(long position) throws StoreException {
        if (run != null && run.position() > position) {
            endRun();
        }
        CtzWriter writer = run;
        if (writer == null) {
            writer = begin(position);
            run = writer;
        } else {
            copy(version.content(fileSystem.volume()), writer, Math.min(position, version.size()));
        }
        return writer;
    }

    private CtzWriter begin(long position) throws StoreException {
        FileContent content = version.content(fileSystem.volume());
        long shared = sharedBlocks(position);
        Extent extent = version.extent();
        Extent before = shared == 0 || extent == null
                ? null
                : fileSystem.extents().prefix(extent, shared, version.block(fileSystem.volume(), shared - 1));
        CtzWriter writer = new CtzWriter(fileSystem.volume(), fileSystem.allocator(), before);
        try {
            copy(content, writer, position);
        } catch (StoreException e) {
            writer.discard();
            throw e;
        }
        return writer;
    }

    /** How many blocks stay as they are where a run begins: all that are full before it. */
    private long sharedBlocks(long position) {
        if (version.isInline() || position == 0) {
            return 0;
        }
        CtzLayout layout = fileSystem.volume().ctzLayout();
        long last = layout.indexOf(position - 1);
        return layout.offsetOf(position - 1) + 1 == layout.blockSize() ? last + 1 : last;
    }

    private static void copy(FileContent from, CtzWriter to, long end) throws StoreException {
        if (to.position() >= end) {
            return;
        }
        ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE_BYTES, end - to.position()));
        while (to.position() < end) {
            piece.clear().limit((int) Math.min(piece.capacity(), end - to.position()));
            from.read(to.position(), piece);
            to.write(piece.flip());
        }
    }

    private static void fillZeros(CtzWriter writer, long end) throws StoreException {
        if (writer.position() >= end) {
            return;
        }
        ByteBuffer zeros = ByteBuffer.allocate((int) Math.min(PIECE_BYTES, end - writer.position()));
        while (writer.position() < end) {
            writer.write(zeros.clear().limit((int) Math.min(zeros.capacity(), end - writer.position())));
        }
    }

    /**
     * Ends the run: what the old version has behind it follows, and all of it becomes the version.
     *
     * @throws StoreException if there is no space or the device fails; trying again is possible
     */
    void endRun() throws StoreException {
        endRun(Long.MAX_VALUE);
    }

    /** Ends the run, if what is behind a size is not needed any more. */
    private void endRun(long neededSize) throws StoreException {
        CtzWriter writer = run;
        if (writer == null) {
            return;
        }
        copy(version.content(fileSystem.volume()), writer, Math.min(version.size(), neededSize));
        if (writer.isEmpty()) {
            writer.discard();
        } else {
            FileVersion old = version;
            long size = writer.position();
            version = FileVersion.of(writer.finish(), size);
            old.release(fileSystem.extents());
        }
        run = null;
    }

    /**
     * Makes the file shorter, or longer by zeros.
     *
     * @throws StoreException as {@link #write} does
     */
    void truncate(long size) throws StoreException {
        checkSize(size);
        if (size > size()) {
            lengthen(size);
        } else if (size < size()) {
            endRun(size);
            if (size < version.size()) {
                shorten(size);
            }
        }
    }

    private void lengthen(long size) throws StoreException {
        if (run == null && fitsInline(size)) {
            version = FileVersion.inline(Arrays.copyOf(version.inlineBytes(), (int) size));
        } else {
            fillZeros(runAt(size()), size);
        }
    }

    private void shorten(long size) throws StoreException {
        FileContent content = version.content(fileSystem.volume());
        FileVersion old = version;
        if (size <= fileSystem.volume().inlineLimit()) {
            byte[] bytes = new byte[(int) size];
            content.read(0, ByteBuffer.wrap(bytes));
            version = FileVersion.inline(bytes);
        } else if (old.extent() == null) {
            version = FileVersion.inline(Arrays.copyOf(old.inlineBytes(), (int) size));
            outline();
        } else {
            long count = fileSystem.volume().ctzLayout().blocks(size);
            Extent kept = fileSystem.extents().prefix(old.extent(), count, old.block(fileSystem.volume(), count - 1));
            version = FileVersion.of(kept, size);
        }
        old.release(fileSystem.extents());
    }

    /** Another writer had a larger limit for inline files: what is above ours gets blocks. */
    private void outline() throws StoreException {
        run = begin(version.size());
        endRun();
    }

    /** Starts anew with an empty file. */
    void clear() {
        discardRun();
        version.release(fileSystem.extents());
        version = FileVersion.EMPTY;
    }

    /** Gives up the run; the version stays. */
    void discardRun() {
        if (run != null) {
            run.discard();
            run = null;
        }
    }

    /** Nobody needs it any more. */
    void release() {
        discardRun();
        version.release(fileSystem.extents());
    }
}

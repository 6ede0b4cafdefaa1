package dev.morgana.littlefs.file;

import dev.morgana.littlefs.layout.EntryStruct;
import dev.morgana.littlefs.layout.MetadataEntry;
import dev.morgana.littlefs.layout.PairChanges;
import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.littlefs.log.AttributeChange;
import dev.morgana.littlefs.log.DirectoryEntry;
import dev.morgana.littlefs.log.FileSystem;
import dev.morgana.littlefs.log.Tracker;
import dev.morgana.littlefs.pair.Settings;
import dev.morgana.spi.error.InvalidRequestException;
import dev.morgana.spi.error.LimitExceededException;
import dev.morgana.spi.error.StoreException;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An open file with a position and a version of its own, which {@link #sync()} publishes as a whole (section 12.8). It follows
 * its entry through renames; once the entry is removed, nothing is published any more. For one thread at a time, and under the
 * lock of the file system.
 */
public final class OpenFile {
    private final FileSystem fileSystem;
    private final Tracker tracker;
    private final OpenMode mode;
    private final List<OpenAttribute> attributes;
    private final FileDraft draft;
    private @Nullable FileContent content;
    private long position;
    private boolean dirty;
    private boolean failed;

    private OpenFile(
            FileSystem fileSystem,
            DirectoryEntry entry,
            OpenMode mode,
            List<OpenAttribute> attributes,
            FileVersion version) {
        this.fileSystem = fileSystem;
        this.tracker =
                fileSystem.trackers().entry(entry.entry().name(), entry.pair().blocks(), entry.id());
        this.mode = mode;
        this.attributes = List.copyOf(attributes);
        this.draft = new FileDraft(fileSystem, version);
    }

    /**
     * Opens a file that is there.
     *
     * @throws LimitExceededException if an attribute that is to be written is too long
     * @throws StoreException for this, or if the file is damaged
     */
    public static OpenFile open(
            FileSystem fileSystem, DirectoryEntry entry, OpenMode mode, List<OpenAttribute> attributes)
            throws StoreException {
        checkAttributes(fileSystem, mode, attributes);
        boolean truncate = mode.truncate() && !isEmpty(entry.entry());
        FileVersion version =
                truncate ? FileVersion.EMPTY : FileVersion.open(fileSystem.volume(), fileSystem.extents(), entry);
        OpenFile file = new OpenFile(fileSystem, entry, mode, attributes, version);
        file.dirty = truncate || (mode.writable() && !attributes.isEmpty());
        if (mode.readable()) {
            file.fillAttributes(entry.entry());
        }
        return file;
    }

    /** Whether there is nothing to truncate. */
    private static boolean isEmpty(MetadataEntry entry) {
        return entry.struct() instanceof EntryStruct.Inline inline && inline.content().length == 0;
    }

    private static void checkAttributes(FileSystem fileSystem, OpenMode mode, List<OpenAttribute> attributes)
            throws LimitExceededException {
        for (OpenAttribute attribute : attributes) {
            if (mode.writable()) {
                AttributeChange.checkLength(fileSystem.volume(), attribute.buffer());
            }
        }
    }

    private void fillAttributes(MetadataEntry entry) {
        for (OpenAttribute attribute : attributes) {
            byte[] stored = entry.attributes().get(attribute.type());
            if (stored != null) {
                attribute.fill(stored);
            }
        }
    }

    /** How the file was opened. */
    public OpenMode mode() {
        return mode;
    }

    /** The attributes that were given when the file was opened. */
    public List<OpenAttribute> attributes() {
        return attributes;
    }

    /** The position, in bytes from the beginning. */
    public long position() {
        return position;
    }

    /** The size of this handle's version, with everything written so far. */
    public long size() {
        return draft.size();
    }

    /**
     * Moves the position. It may lie behind the end.
     *
     * @throws InvalidRequestException if it is negative or beyond the largest file, and it stays where it was
     */
    public void seek(long newPosition) throws InvalidRequestException {
        if (newPosition < 0 || newPosition > fileSystem.volume().fileMax()) {
            throw PeerError.INVAL.on(new InvalidRequestException("position " + newPosition
                    + " is not within a file of at most " + fileSystem.volume().fileMax() + " bytes"));
        }
        position = newPosition;
    }

    /**
     * Reads from the position on.
     *
     * @return how many bytes; 0 at and behind the end
     * @throws StoreException if the file is damaged, the device fails, or what was written before cannot be finished
     */
    public int read(ByteBuffer target) throws StoreException {
        endRun();
        FileContent source = content;
        if (source == null) {
            source = draft.version().content(fileSystem.volume());
            content = source;
        }
        int count = source.read(position, target);
        position += count;
        return count;
    }

    /**
     * Writes at the position, or at the end if the file was opened for appending. After a failure the position tells how much
     * was written, and closing publishes nothing.
     *
     * @throws LimitExceededException if the file would become too large; nothing was written
     * @throws StoreException for this, if there is no space, or if the device fails
     */
    public void write(ByteBuffer source) throws StoreException {
        if (mode.append()) {
            position = Math.max(position, draft.size());
        }
        draft.checkSize(position + source.remaining());
        boolean changes = source.hasRemaining();
        int before = source.remaining();
        if (changes) {
            fileSystem.repair();
        }
        try {
            content = null;
            draft.write(position, source);
            failed = false;
        } catch (LimitExceededException e) {
            throw e;
        } catch (StoreException e) {
            failed = true;
            throw e;
        } finally {
            position += before - source.remaining();
            dirty |= changes;
        }
    }

    /**
     * Changes the size; the position stays.
     *
     * @throws InvalidRequestException if the size is none that the format has
     * @throws LimitExceededException if it is more than files of this file system may have
     * @throws StoreException for these, if there is no space, or if the device fails
     */
    public void truncate(long size) throws StoreException {
        if (size < 0 || size > Settings.FILE_MAX) {
            throw PeerError.INVAL.on(
                    new InvalidRequestException("size " + size + " is not within 0 to " + Settings.FILE_MAX));
        }
        content = null;
        if (size != draft.size()) {
            draft.checkSize(size);
            fileSystem.repair();
            dirty = true;
            draft.truncate(size);
        }
    }

    private void endRun() throws StoreException {
        if (draft.isRunning()) {
            content = null;
            try {
                draft.endRun();
            } catch (StoreException e) {
                failed = true;
                throw e;
            }
        }
    }

    /**
     * Publishes this version, durably: data, size and attributes in one step.
     *
     * @throws StoreException if there is no space or the device fails; the directory then still has the old version
     */
    public void sync() throws StoreException {
        endRun();
        if (!dirty) {
            return;
        }
        fileSystem.repair();
        if (!tracker.isGone()) {
            publish();
        }
        dirty = false;
        failed = false;
    }

    private void publish() throws StoreException {
        FileVersion version = draft.version();
        PairChanges changes = new PairChanges();
        for (OpenAttribute attribute : attributes) {
            AttributeChange.checkLength(fileSystem.volume(), attribute.buffer());
            changes.attribute(tracker.id(), attribute.type(), attribute.buffer());
        }
        Publication.of(fileSystem, tracker.pair(), tracker.id(), version, changes);
    }

    /** Whether closing has to publish this version: there are changes, and no write failed. */
    public boolean mustPublish() {
        return !failed && (dirty || draft.isRunning());
    }

    /** Ends the use of the file without publishing anything. */
    public void discard() {
        fileSystem.trackers().release(tracker);
        draft.release();
    }
}

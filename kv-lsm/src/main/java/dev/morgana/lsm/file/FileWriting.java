package dev.morgana.lsm.file;

import dev.morgana.lsm.layout.FileMetadata;
import dev.morgana.lsm.layout.FilePath;
import dev.morgana.spi.error.InvalidRequestException;
import dev.morgana.spi.error.NoSuchKeyException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Cursor;
import dev.morgana.spi.facet.KeyRange;
import dev.morgana.spi.facet.WriteTransaction;
import dev.morgana.spi.key.Key;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Changes of files within one transaction, so that a power cut leaves the old file or the new one, where the reference
 * implementation deletes the old one first. What is refused leaves the transaction as it was; what fails later than that
 * cancels it. Chunks that no metadata counts are removed when their path is written: they never become bytes of a later file
 * (ekv-fs page, section 13).
 */
public final class FileWriting {
    /** How many keys are in memory at once while they are removed. */
    private static final int MOST_KEYS = 1024;

    private final WriteTransaction transaction;
    private final FileReading files;
    private final FileSettings settings;

    /** Whether a change was begun and not ended. */
    private boolean broken;

    /** Changes of a transaction, which is neither committed nor closed. */
    public FileWriting(WriteTransaction transaction, FileSettings settings) {
        this.transaction = transaction;
        this.files = new FileReading(transaction, settings);
        this.settings = settings;
    }

    /** The files as the transaction sees them. */
    public FileReading files() {
        return files;
    }

    /** Makes or replaces a file. */
    public void replace(FilePath path, Chunked content) throws StoreException {
        changing(() -> {
            long number = 0;
            for (byte[] chunk = content.next(); chunk != null; chunk = content.next()) {
                transaction.put(path.chunkKey(number++), chunk);
            }
            removeChunks(path, content.chunks());
            putMetadata(path, content.size(), content.chunks());
        });
    }

    /** Changes that belong together. */
    private interface Step {
        void run() throws StoreException;
    }

    /** Does what must not be done by half: if it fails, so does the commit. */
    private void changing(Step step) throws StoreException {
        requireWhole();
        broken = true;
        step.run();
        broken = false;
    }

    private void requireWhole() throws StoreException {
        if (broken) {
            throw FileError.DATABASE.on(new InvalidRequestException(
                    "a change of this transaction failed half-way; close it and begin anew"));
        }
    }

    /** Commits the transaction. */
    public void commit() throws StoreException {
        requireWhole();
        transaction.commit();
    }

    private void putMetadata(FilePath path, long size, long chunks) throws StoreException {
        transaction.put(path.metadataKey(), new FileMetadata(size, chunks).encode());
    }

    /** Removes the chunks of a path from a number on, whether the metadata counts them or not. */
    private void removeChunks(FilePath path, long from) throws StoreException {
        removeKeys(
                KeyRange.prefix(path.chunkPrefix()),
                key -> FilePath.ofChunk(key)
                        .filter(chunk -> chunk.path().equals(path) && chunk.number() >= from)
                        .isPresent());
    }

    /** Removes some of the keys of a range; a part of them is in memory at once. */
    private void removeKeys(KeyRange range, Predicate<byte[]> chosen) throws StoreException {
        List<byte[]> keys = keys(range, chosen);
        while (!keys.isEmpty()) {
            for (byte[] key : keys) {
                transaction.remove(key);
            }
            byte[] last = keys.get(keys.size() - 1);
            KeyRange rest = new KeyRange(last, false, range.to(), range.toInclusive());
            keys = keys.size() < MOST_KEYS ? List.of() : keys(rest, chosen);
        }
    }

    private List<byte[]> keys(KeyRange range, Predicate<byte[]> chosen) throws StoreException {
        List<byte[]> keys = new ArrayList<>();
        try (Cursor cursor = files.scan(range)) {
            while (keys.size() < MOST_KEYS && cursor.next()) {
                byte[] key = cursor.key();
                if (chosen.test(key)) {
                    keys.add(key);
                }
            }
        }
        return keys;
    }

    /** Deletes every file, with its orphans; keys of others stay. */
    public void clear() throws StoreException {
        changing(() -> removeKeys(KeyRange.all(), FilePath::isOfFile));
    }

    /** Deletes a file, readable or not; returns whether there was one. */
    public boolean remove(FilePath path) throws StoreException {
        settings.checkPath(path);
        if (!files.exists(path)) {
            return false;
        }
        changing(() -> removeAll(path));
        return true;
    }

    private void removeAll(FilePath path) throws StoreException {
        removeChunks(path, 0);
        transaction.remove(path.metadataKey());
    }

    /** Deletes a file that must be there ({@code NotFound}). */
    public void delete(FilePath path) throws StoreException {
        if (!remove(path)) {
            throw FileError.NOT_FOUND.on(new NoSuchKeyException(Key.ofBytes(path.bytes())));
        }
    }

    /** Moves a file; one at the target is replaced. Its chunks are copied, since their keys bear the path. */
    public void rename(FilePath source, FilePath target) throws StoreException {
        settings.checkPath(source);
        settings.checkNewPath(target);
        FileContent content = files.open(source);
        long chunks = content.metadata().chunks();
        settings.checkChunks(target, chunks);
        content.chunkLength(); // damage shows before anything is changed, as far as it can
        if (source.equals(target)) {
            return;
        }
        changing(() -> {
            for (long i = 0; i < chunks; i++) {
                transaction.put(target.chunkKey(i), content.chunk(i));
            }
            removeChunks(target, chunks);
            putMetadata(target, content.size(), chunks);
            removeAll(source);
        });
    }

    /** Appends to a file; one that is not there is made. */
    public void append(FilePath path, ByteBuffer source) throws StoreException {
        settings.checkNewPath(path);
        write(path, files.find(path).orElse(FileMetadata.EMPTY).size(), source);
    }

    /**
     * Replaces a part of a file, or makes it longer; a gap is filled with zeros, and a file that is not there is made. Only the
     * chunks concerned are written.
     */
    public void write(FilePath path, long offset, ByteBuffer source) throws StoreException {
        long end = Math.addExact(offset, source.remaining());
        settings.checkFile(path, end);
        Optional<FileContent> old = files.content(path);
        long size = old.isPresent() ? old.get().size() : 0;
        if (old.isPresent() && !source.hasRemaining()) {
            return;
        }
        ChunkPatch patch = new ChunkPatch(old, unit(old), source.slice(), offset);
        settings.checkChunks(path, patch.chunks());
        changing(() -> {
            for (long number = patch.first(); number <= patch.last(); number++) {
                transaction.put(path.chunkKey(number), patch.chunk(number));
            }
            if (old.isEmpty()
                    || patch.size() != size
                    || patch.chunks() != old.get().metadata().chunks()) {
                removeChunks(path, patch.chunks());
                putMetadata(path, patch.size(), patch.chunks());
            }
        });
        source.position(source.limit());
    }

    /**
     * The chunk length that a file goes on with: its own, if more than one chunk says which, and that of new files otherwise.
     */
    private long unit(Optional<FileContent> old) throws StoreException {
        boolean own = old.isPresent() && old.get().metadata().chunks() > 1;
        return own ? old.get().chunkLength() : settings.chunkSize();
    }

    /** Cuts off what is behind a size; a file that is not longer stays as it is. */
    public void truncate(FilePath path, long size) throws StoreException {
        settings.checkPath(path);
        FileContent content = files.open(path);
        if (size >= content.size()) {
            return;
        }
        long unit = content.chunkLength();
        long chunks = (size + unit - 1) / unit;
        byte[] last = new byte[(int) (size % unit)];
        content.readFully(size - last.length, last, 0, last.length);
        changing(() -> {
            if (last.length > 0) {
                transaction.put(path.chunkKey(chunks - 1), last);
            }
            removeChunks(path, chunks);
            putMetadata(path, size, chunks);
        });
    }
}

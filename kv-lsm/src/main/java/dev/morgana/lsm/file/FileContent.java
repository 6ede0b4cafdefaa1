package dev.morgana.lsm.file;

import dev.morgana.lsm.layout.FileMetadata;
import dev.morgana.lsm.layout.FilePath;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a file, read chunk by chunk: one chunk is kept in memory. How long a chunk is, is what chunk 0 is; all have that
 * length but the last, which has the rest. Anything else is damage, and never answered with bytes that were not stored (ekv-fs
 * page, sections 6 and 10). For one thread at a time.
 */
public final class FileContent {
    private final FileReading files;
    private final FilePath path;
    private final FileMetadata metadata;
    private long chunkLength;
    private long loaded = -1;
    private byte @Nullable [] chunk;

    FileContent(FileReading files, FilePath path, FileMetadata metadata) {
        this.files = files;
        this.path = path;
        this.metadata = metadata;
    }

    /** What the metadata says. */
    public FileMetadata metadata() {
        return metadata;
    }

    /** The size in bytes. */
    public long size() {
        return metadata.size();
    }

    /**
     * Reads to the end of a chunk at most.
     *
     * @param position from 0; there is nothing to read at the end and behind it
     * @return how many bytes were read
     */
    public int read(long position, byte[] target, int offset, int length) throws StoreException {
        requireCount();
        long left = size() - position;
        if (left <= 0 || length == 0) {
            return 0;
        }
        long unit = chunkLength();
        byte[] bytes = chunk(position / unit);
        int from = (int) (position % unit);
        int count = Math.min(length, bytes.length - from);
        System.arraycopy(bytes, from, target, offset, count);
        return count;
    }

    /** Reads a part that the file must have. */
    public void readFully(long position, byte[] target, int offset, int length) throws StoreException {
        int done = 0;
        while (done < length) {
            int count = read(position + done, target, offset + done, length - done);
            assert count > 0 : position + " " + length;
            done += count;
        }
    }

    /** The length of every chunk but the last: that of the first one. At least 1 if there is a byte. */
    public long chunkLength() throws StoreException {
        requireCount();
        if (chunkLength == 0 && metadata.chunks() > 0) {
            byte[] first = required(0);
            long length = metadata.chunks() == 1 ? size() : first.length;
            requireFit(length);
            chunkLength = length;
            requireLength(0, first);
            loaded = 0;
            chunk = first;
        }
        return chunkLength;
    }

    /** Whether there are as many chunks as bytes allow: none for an empty file only, and none of them empty. */
    private void requireCount() throws CorruptStoreException {
        long chunks = metadata.chunks();
        if ((chunks == 0) != (size() == 0) || Long.compareUnsigned(chunks, size()) > 0) {
            throw contradiction();
        }
    }

    private void requireFit(long length) throws CorruptStoreException {
        long chunks = metadata.chunks();
        boolean fits = length > 0 && (size() - 1) / length == chunks - 1;
        if (!fits) {
            throw contradiction();
        }
    }

    private CorruptStoreException contradiction() {
        return FileError.DATABASE.on(files.damage(
                "metadata of " + path,
                "as many chunks as " + size() + " bytes have",
                Long.toUnsignedString(metadata.chunks())));
    }

    /** A chunk, which must be as long as it should be. */
    byte[] chunk(long number) throws StoreException {
        if (chunk == null || loaded != number) {
            byte[] bytes = required(number);
            requireLength(number, bytes);
            loaded = number;
            chunk = bytes;
        }
        return chunk;
    }

    private byte[] required(long number) throws StoreException {
        byte[] bytes = files.chunk(path, number);
        if (bytes == null) {
            throw FileError.DATABASE.on(
                    files.damage("chunk " + number + " of " + path, "one of " + metadata.chunks() + " chunks", "none"));
        }
        return bytes;
    }

    private void requireLength(long number, byte[] bytes) throws StoreException {
        long wanted = Math.min(chunkLength, size() - number * chunkLength);
        if (bytes.length != wanted) {
            throw FileError.DATABASE.on(
                    files.damage("chunk " + number + " of " + path, wanted + " bytes", bytes.length + " bytes"));
        }
    }
}

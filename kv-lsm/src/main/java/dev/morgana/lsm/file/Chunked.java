package dev.morgana.lsm.file;

import dev.morgana.lsm.layout.FilePath;
import dev.morgana.spi.backend.CallerStream;
import dev.morgana.spi.error.StoreException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * New content of a file, in chunks: all of the same length but the last, which is not empty. What a transaction keeps in memory
 * is read ahead, before anything is changed; the rest is read as it is written. What exceeds a limit is refused where it is read.
 */
public final class Chunked {
    private final FilePath path;
    private final CallerStream content;
    private final FileSettings settings;
    private final Deque<byte[]> ahead = new ArrayDeque<>();
    private long size;
    private long chunks;
    private boolean ended;

    private Chunked(FilePath path, CallerStream content, FileSettings settings) {
        this.path = path;
        this.content = content;
        this.settings = settings;
    }

    /** Divides bytes. */
    public static Chunked of(FilePath path, byte[] content, FileSettings settings) throws StoreException {
        return read(path, new ByteArrayInputStream(content), settings);
    }

    /** Divides what a stream gives, which is not closed. */
    public static Chunked read(FilePath path, InputStream content, FileSettings settings) throws StoreException {
        settings.checkFile(path, 0);
        settings.checkChunks(path, 0);
        Chunked chunked = new Chunked(path, new CallerStream("content of " + path, content), settings);
        while (!chunked.ended && chunked.isAhead()) {
            byte[] chunk = chunked.read();
            if (chunk != null) {
                chunked.ahead.add(chunk);
            }
        }
        return chunked;
    }

    /** Where ten chunks are the limit, an eleventh is refused before anything is changed. */
    private boolean isAhead() {
        return size <= settings.readAhead() || (settings.tenChunks() && chunks <= FileSettings.PEER_CHUNKS);
    }

    /** The next chunk, or null at the end. */
    byte @Nullable [] next() throws StoreException {
        return ahead.isEmpty() ? read() : ahead.remove();
    }

    private byte @Nullable [] read() throws StoreException {
        byte[] chunk = content.readNBytes(settings.chunkSize());
        ended = chunk.length < settings.chunkSize();
        if (chunk.length == 0) {
            return null;
        }
        size += chunk.length;
        chunks++;
        settings.checkFile(path, size);
        settings.checkChunks(path, chunks);
        return chunk;
    }

    /** The sum of the chunks' lengths, as far as they have been read. */
    long size() {
        return size;
    }

    /** How many chunks have been read. */
    long chunks() {
        return chunks;
    }
}

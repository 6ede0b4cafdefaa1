package dev.morgana.lsm.file;

import dev.morgana.lsm.layout.FilePath;
import dev.morgana.spi.error.DeviceIoException;
import dev.morgana.spi.error.StoreException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * New content of a file, in chunks: a transaction is in memory until it is committed.
 *
 * @param size the sum of the chunks' lengths
 * @param chunks all of the same length but the last, which is not empty
 */
public record Chunked(long size, List<byte[]> chunks) {
    /** Divides bytes. */
    public static Chunked of(FilePath path, byte[] content, FileSettings settings) throws StoreException {
        return read(path, new ByteArrayInputStream(content), settings);
    }

    /** Reads a stream to its end, or until it has more bytes than the device. */
    public static Chunked read(FilePath path, InputStream content, FileSettings settings) throws StoreException {
        List<byte[]> chunks = new ArrayList<>();
        long size = 0;
        try {
            byte[] chunk = content.readNBytes(settings.chunkSize());
            while (chunk.length > 0) {
                size += chunk.length;
                settings.checkFile(path, size);
                chunks.add(chunk);
                chunk = content.readNBytes(settings.chunkSize());
            }
        } catch (StoreException e) {
            throw e;
        } catch (IOException e) {
            throw new DeviceIoException("value", "reading the new content of " + path + " failed", 0, 0, e);
        }
        return new Chunked(size, chunks);
    }
}

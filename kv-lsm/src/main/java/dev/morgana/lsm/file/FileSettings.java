package dev.morgana.lsm.file;

import dev.morgana.lsm.layout.FilePath;
import dev.morgana.spi.error.LimitExceededException;
import dev.morgana.spi.error.NoSpaceException;
import java.util.OptionalLong;

/**
 * What files may be like.
 *
 * @param device the name of the device, for messages
 * @param capacity the bytes of the device, which no file exceeds
 * @param maxPathLen the longest path that is written, in bytes
 * @param reach the longest path that is looked for, in bytes, at least {@code maxPathLen}
 * @param maxKeySize the longest key in bytes
 * @param chunkSize bytes of a chunk that is written
 * @param readAhead bytes of new content that are read before anything is changed
 * @param tenChunks whether files are refused that the reference implementation could neither replace nor delete
 */
public record FileSettings(
        String device,
        long capacity,
        int maxPathLen,
        int reach,
        int maxKeySize,
        int chunkSize,
        long readAhead,
        boolean tenChunks) {
    /**
     * The chunks of a file that the reference implementation can write, replace and delete: its keys must ascend, and {@code
     * 10} is below {@code 9}.
     */
    public static final int PEER_CHUNKS = 10;

    /** The longest key that the reference implementation can form. */
    public static final int PEER_KEY = 128;

    /** Refuses a path that is to be looked for, as every operation of the reference implementation does first. */
    public void checkPath(FilePath path) throws LimitExceededException {
        checkLength(path, reach);
    }

    /** Refuses a path that is to be written. */
    public void checkNewPath(FilePath path) throws LimitExceededException {
        checkLength(path, maxPathLen);
    }

    private static void checkLength(FilePath path, int most) throws LimitExceededException {
        if (path.length() > most) {
            throw FileError.PATH_TOO_LONG.on(
                    new LimitExceededException("maxPathLen (bytes)", most, path.length(), path.toString()));
        }
        checkPeerKey(path, path.metadataKey());
    }

    private static void checkPeerKey(FilePath path, byte[] key) throws LimitExceededException {
        if (key.length > PEER_KEY) {
            throw FileError.KEY_TOO_LONG.on(
                    new LimitExceededException("a key of a file (bytes)", PEER_KEY, key.length, path.toString()));
        }
    }

    /** Refuses a file that is to be written. */
    public void checkFile(FilePath path, long size) throws LimitExceededException, NoSpaceException {
        checkNewPath(path);
        if (size > capacity) {
            throw FileError.DATABASE.on(
                    new NoSpaceException("file " + path, OptionalLong.of(size), OptionalLong.of(capacity)));
        }
    }

    /** Refuses a file of so many chunks. */
    void checkChunks(FilePath path, long chunks) throws LimitExceededException {
        if (tenChunks && chunks > PEER_CHUNKS) {
            throw FileError.DATABASE.on(new LimitExceededException(
                    "tenChunks (chunks that the peer can replace)", PEER_CHUNKS, chunks, path.toString()));
        }
        byte[] longest = chunks == 0 ? path.metadataKey() : path.chunkKey(chunks - 1);
        checkPeerKey(path, longest);
        if (longest.length > maxKeySize) {
            throw FileError.DATABASE.on(
                    new LimitExceededException("maxKeySize (bytes)", maxKeySize, longest.length, path.toString()));
        }
    }
}

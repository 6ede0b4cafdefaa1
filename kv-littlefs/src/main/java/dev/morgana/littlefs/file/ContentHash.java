package dev.morgana.littlefs.file;

import dev.morgana.spi.error.StoreException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The SHA-256 of a file. */
public final class ContentHash {
    private static final int PIECE_BYTES = 64 * 1024;

    private ContentHash() {}

    /**
     * Reads a file to its end.
     *
     * @return 32 bytes
     * @throws StoreException if it cannot be read
     */
    public static byte[] of(FileContent content) throws StoreException {
        MessageDigest digest = sha256();
        ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE_BYTES, content.size()));
        long position = 0;
        while (content.read(position, piece) > 0) {
            position += piece.flip().remaining();
            digest.update(piece);
            piece.clear();
        }
        return digest.digest();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

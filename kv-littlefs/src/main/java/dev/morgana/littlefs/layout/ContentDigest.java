package dev.morgana.littlefs.layout;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/**
 * The digest of a file's content, kept in user attribute {@code 0xdc} beside the list of blocks that it is about (littlefs page,
 * section 21). Files in their directory need none: the checksum of the commit covers them.
 *
 * <pre>
 * 0         1         2            6           10                    42
 * +---------+---------+------------+-----------+---------------------+
 * | 1       | 1       | head block | file size | SHA-256             |   little-endian
 * +---------+---------+------------+-----------+---------------------+
 *   layout    algorithm
 * </pre>
 *
 * <p>A writer that does not know the attribute leaves it as it is; then the head or the size is another one, and the digest is
 * outdated.
 *
 * @param file the head and the size of the file that it is about
 * @param sha256 32 bytes; nobody may change them
 */
public record ContentDigest(CtzHead file, byte[] sha256) {
    /** The number of the attribute. */
    public static final int ATTRIBUTE = 0xdc;

    /** The bytes of the attribute. */
    public static final int BYTES = 42;

    private static final byte LAYOUT = 1;
    private static final byte SHA_256 = 1;
    private static final int HEAD_AT = 2;
    private static final int DIGEST_AT = HEAD_AT + CtzHead.BYTES;

    /** Decodes an attribute; empty if it is none of this layout. */
    public static Optional<ContentDigest> decode(byte[] bytes) {
        if (bytes.length != BYTES || bytes[0] != LAYOUT || bytes[1] != SHA_256) {
            return Optional.empty();
        }
        CtzHead file = CtzHead.decode(Arrays.copyOfRange(bytes, HEAD_AT, DIGEST_AT));
        return Optional.of(new ContentDigest(file, Arrays.copyOfRange(bytes, DIGEST_AT, BYTES)));
    }

    /** The bytes of the attribute. */
    public byte[] encode() {
        return ByteBuffer.allocate(BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(LAYOUT)
                .put(SHA_256)
                .put(file.encode())
                .put(sha256)
                .array();
    }
}

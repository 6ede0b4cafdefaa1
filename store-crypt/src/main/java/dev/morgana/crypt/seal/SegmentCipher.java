package dev.morgana.crypt.seal;

import dev.morgana.crypt.layout.Segments;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM over the segments of one value. The key belongs to that value alone, so the number of a segment is nonce enough:
 * no two segments that are sealed by it have the same one. For one thread at a time.
 */
final class SegmentCipher {
    private static final String ALGORITHM = "AES/GCM/NoPadding";
    private static final int NONCE = 12;
    private static final long MOST_SEGMENTS = 1L << 32;

    private final SecretKeySpec key;
    private final byte[] associated;
    private final Cipher cipher;

    /** A cipher with the key of a value, and what is authenticated beside each segment. */
    SegmentCipher(byte[] key, byte[] associated) {
        this.key = new SecretKeySpec(key, "AES");
        this.associated = associated;
        try {
            this.cipher = Cipher.getInstance(ALGORITHM);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has " + ALGORITHM, e);
        }
    }

    /** Encrypts a segment; its tag follows it. */
    byte[] seal(long number, boolean last, byte[] bytes, int offset, int length) {
        try {
            start(Cipher.ENCRYPT_MODE, number, last);
            return cipher.doFinal(bytes, offset, length);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("encryption failed", e);
        }
    }

    /** Decrypts a segment with its tag; empty if it is not what was sealed as this segment of this value. */
    Optional<byte[]> open(long number, boolean last, byte[] sealed, int offset, int length) {
        if (length < Segments.TAG) {
            return Optional.empty();
        }
        try {
            start(Cipher.DECRYPT_MODE, number, last);
            return Optional.of(cipher.doFinal(sealed, offset, length));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("decryption failed", e);
        }
    }

    private void start(int mode, long number, boolean last) throws GeneralSecurityException {
        if (number >= MOST_SEGMENTS) {
            throw new IllegalArgumentException("a value of " + number + " segments and more");
        }
        byte[] nonce = ByteBuffer.allocate(NONCE)
                .put(new byte[NONCE - Integer.BYTES - 1])
                .putInt((int) number)
                .put((byte) (last ? 1 : 0))
                .array();
        cipher.init(mode, key, new GCMParameterSpec(8 * Segments.TAG, nonce));
        cipher.updateAAD(associated);
    }
}

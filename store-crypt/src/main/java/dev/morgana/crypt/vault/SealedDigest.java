package dev.morgana.crypt.vault;

import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The SHA-256 of a sealed value, taken while it is read. */
public final class SealedDigest {
    private final MessageDigest digest;

    SealedDigest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** The stream, whose bytes are counted in as they are read. */
    InputStream over(InputStream sealed) {
        return new DigestInputStream(sealed, digest);
    }

    /** The digest of all that was read; asked once. */
    byte[] value() {
        return digest.digest();
    }
}

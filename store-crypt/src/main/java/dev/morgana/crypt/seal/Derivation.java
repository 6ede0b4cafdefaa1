package dev.morgana.crypt.seal;

import dev.morgana.crypt.layout.Binding;
import dev.morgana.crypt.layout.KeyRing;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;

/**
 * Keys out of keys: HKDF-SHA256 (RFC 5869), one purpose each, all of one store.
 *
 * @param binding the store
 */
record Derivation(Binding binding) {
    /** A key of 32 bytes for a purpose, and for something that has the purpose. */
    byte[] key(byte[] secret, byte[] salt, String purpose, byte[] subject) {
        byte[] words = ("morgana crypt " + purpose).getBytes(StandardCharsets.US_ASCII);
        byte[] store = binding.encode();
        byte[] info = ByteBuffer.allocate(words.length + 1 + store.length + subject.length)
                .put(words)
                .put((byte) 0)
                .put(store)
                .put(subject)
                .array();
        HKDFBytesGenerator generator = new HKDFBytesGenerator(SHA256Digest.newInstance());
        generator.init(new HKDFParameters(secret, salt, info));
        byte[] key = new byte[KeyRing.KEY_LENGTH];
        generator.generateBytes(key, 0, key.length);
        return key;
    }

    /** A key of 32 bytes for a purpose. */
    byte[] key(byte[] secret, String purpose) {
        return key(secret, new byte[0], purpose, new byte[0]);
    }
}

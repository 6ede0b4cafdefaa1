package dev.morgana.crypt.seal;

import dev.morgana.crypt.layout.Binding;
import dev.morgana.crypt.layout.KeyRing;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Names that tell nothing but their length, and whether they are equal: a synthetic nonce (16 bytes of HMAC-SHA256 over the name
 * and what it lies in), then the name under AES-256-CTR with that nonce. Equal names have equal forms, so that they can be looked
 * up; a form that was not made with these keys, or elsewhere, is recognised as such. Safe for use by many threads.
 */
public final class Names {
    /** How much longer the hidden form is, in bytes. */
    public static final int OVERHEAD = 16;

    private static final String CTR = "AES/CTR/NoPadding";

    private final SecretKeySpec macKey;
    private final SecretKeySpec cipherKey;

    /** Hides names under the name key of a ring. */
    public Names(KeyRing ring, Binding binding) {
        Derivation derivation = new Derivation(binding);
        this.macKey = new SecretKeySpec(derivation.key(ring.nameKey(), "name nonce"), Macs.HMAC);
        this.cipherKey = new SecretKeySpec(derivation.key(ring.nameKey(), "name"), "AES");
    }

    /** The hidden form of a name that lies in something. */
    public byte[] hide(byte[] parent, byte[] name) {
        byte[] nonce = nonce(parent, name);
        byte[] hidden = Arrays.copyOf(nonce, OVERHEAD + name.length);
        System.arraycopy(ctr(nonce, name), 0, hidden, OVERHEAD, name.length);
        return hidden;
    }

    /** The name of a hidden form; empty if it is not the form of a name that lies there. */
    public Optional<byte[]> reveal(byte[] parent, byte[] hidden) {
        if (hidden.length < OVERHEAD) {
            return Optional.empty();
        }
        byte[] nonce = Arrays.copyOf(hidden, OVERHEAD);
        byte[] name = ctr(nonce, Arrays.copyOfRange(hidden, OVERHEAD, hidden.length));
        return MessageDigest.isEqual(nonce, nonce(parent, name)) ? Optional.of(name) : Optional.empty();
    }

    private byte[] nonce(byte[] parent, byte[] name) {
        Mac mac = Macs.with(macKey);
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(parent.length).array());
        mac.update(parent);
        return Arrays.copyOf(mac.doFinal(name), OVERHEAD);
    }

    private byte[] ctr(byte[] nonce, byte[] bytes) {
        try {
            Cipher cipher = Cipher.getInstance(CTR);
            cipher.init(Cipher.ENCRYPT_MODE, cipherKey, new IvParameterSpec(nonce)); // its own inverse
            return cipher.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java platform has " + CTR, e);
        }
    }
}

package dev.morgana.crypt.seal;

import dev.morgana.crypt.layout.Binding;
import dev.morgana.crypt.layout.KeyRing;
import dev.morgana.crypt.layout.Version;
import dev.morgana.crypt.layout.VersionSum;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The keyed hashes that a version index is made of. Safe for use by many threads. */
public final class VersionHashes {
    private final SecretKeySpec key;
    private final SecretKeySpec rewrittenKey;
    private final SecretKeySpec stateKey;

    /** Hashes under the index key of a ring. */
    public VersionHashes(KeyRing ring, Binding binding) {
        Derivation derivation = new Derivation(binding);
        this.key = new SecretKeySpec(derivation.key(ring.indexKey(), "versions"), Macs.HMAC);
        this.rewrittenKey = new SecretKeySpec(derivation.key(ring.indexKey(), "rewritten"), Macs.HMAC);
        this.stateKey = new SecretKeySpec(derivation.key(ring.indexKey(), "state"), Macs.HMAC);
    }

    /** The hash of a name with its version, of 32 bytes. Their sum is kept. */
    public byte[] of(byte[] name, Version version) {
        return ofNamed(key, name, version.bytes());
    }

    /** The version that a value gets when it is rewritten under a new data key, by the SHA-256 of what it is rewritten from. */
    public Version rewritten(byte[] name, byte[] digest) {
        return new Version(Arrays.copyOf(ofNamed(rewrittenKey, name, digest), Version.LENGTH));
    }

    private static byte[] ofNamed(SecretKeySpec key, byte[] name, byte[] subject) {
        Mac mac = Macs.with(key);
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(name.length).array());
        mac.update(name);
        return mac.doFinal(subject);
    }

    /** What tells one state of the whole store: 32 bytes. */
    public byte[] state(int epoch, VersionSum sum) {
        Mac mac = Macs.with(stateKey);
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(epoch).array());
        return mac.doFinal(sum.encode());
    }
}

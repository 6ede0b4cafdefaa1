package dev.morgana.crypt.seal;

import dev.morgana.crypt.layout.KeyRing;
import dev.morgana.crypt.layout.Version;
import java.nio.ByteBuffer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The keyed hash of a name with its version, whose sum the version index keeps. Safe for use by many threads. */
public final class VersionHashes {
    private final SecretKeySpec key;

    /** Hashes under the root key of a ring. */
    public VersionHashes(KeyRing ring) {
        this.key = new SecretKeySpec(Derivation.key(ring.root(), "versions"), Macs.HMAC);
    }

    /** The hash, of 32 bytes. */
    public byte[] of(byte[] name, Version version) {
        Mac mac = Macs.with(key);
        mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(name.length).array());
        mac.update(name);
        return mac.doFinal(version.bytes());
    }
}

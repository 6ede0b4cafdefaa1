package dev.morgana.crypt.seal;

import dev.morgana.crypt.layout.KeyRing;
import dev.morgana.crypt.layout.StoreHeader;
import dev.morgana.crypt.layout.StoreHeader.Terms;
import java.util.Arrays;
import java.util.Optional;

/** The key that a store's key ring is encrypted under, and the terms that it was made by. */
public final class Lock {
    private final byte[] key;
    private final Terms terms;

    private Lock(byte[] key, Terms terms) {
        this.key = key;
        this.terms = terms;
    }

    /** A lock for a new store, or a new secret for an old one. */
    public static Lock with(Secret secret, boolean hiddenNames, boolean versionIndex, Nonces nonces) {
        byte[] salt = nonces.bytes(Terms.SALT_LENGTH);
        Terms terms = new Terms(hiddenNames, versionIndex, secret.cost(), salt, nonces.next());
        return new Lock(secret.lock(terms), terms);
    }

    /** The lock of a header, for a secret of the kind that its terms say; whether it is the right one shows when it is opened. */
    public static Lock of(StoreHeader header, Secret secret) {
        return new Lock(secret.lock(header.terms()), header.terms());
    }

    /** A header with a key ring, encrypted under a nonce of its own. */
    public StoreHeader close(KeyRing ring, Nonces nonces) {
        Terms next =
                new Terms(terms.hiddenNames(), terms.versionIndex(), terms.password(), terms.salt(), nonces.next());
        byte[] secret = ring.encode();
        try {
            return new StoreHeader(next, cipher(next).seal(0, true, secret, 0, secret.length));
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /** The key ring of a header; empty if it was encrypted under another key. */
    public Optional<KeyRing> open(StoreHeader header) {
        byte[] ring = header.ring();
        return cipher(header.terms()).open(0, true, ring, 0, ring.length).flatMap(KeyRing::decode);
    }

    private SegmentCipher cipher(Terms used) {
        byte[] ringKey = Derivation.key(key, used.nonce().bytes(), "key ring", new byte[0]);
        return new SegmentCipher(ringKey, used.encode());
    }
}

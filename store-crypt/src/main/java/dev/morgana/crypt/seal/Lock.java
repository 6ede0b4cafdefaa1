package dev.morgana.crypt.seal;

import dev.morgana.crypt.layout.Binding;
import dev.morgana.crypt.layout.KeyRing;
import dev.morgana.crypt.layout.StoreHeader;
import dev.morgana.crypt.layout.StoreHeader.Terms;
import dev.morgana.spi.error.LimitExceededException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/** The key that a store's key ring is encrypted under, and the terms that it was made by. */
public final class Lock {
    private final byte[] key;
    private final Terms terms;
    private final Derivation derivation;

    private Lock(Secret secret, Terms terms, byte[] label) throws LimitExceededException {
        this.terms = terms;
        this.derivation = new Derivation(new Binding(terms.store(), label));
        this.key = derivation.key(secret.material(terms), terms.salt(), "lock", new byte[0]);
    }

    /**
     * A lock for a new store.
     *
     * @param label see {@link Binding}
     * @throws LimitExceededException if a password takes more memory than there is
     */
    public static Lock first(Secret secret, boolean hiddenNames, boolean versionIndex, byte[] label, Nonces nonces)
            throws LimitExceededException {
        Terms terms = new Terms(
                hiddenNames,
                versionIndex,
                label.length > 0,
                secret.cost(),
                nonces.bytes(Terms.SALT_LENGTH),
                nonces.bytes(Binding.STORE_LENGTH),
                nonces.next());
        return new Lock(secret, terms, label);
    }

    /**
     * The lock of a header, for a secret of the kind that its terms say; whether it is the right one shows when it is opened.
     *
     * @param label see {@link Binding}
     * @throws LimitExceededException if a password takes more memory than there is
     */
    public static Lock of(StoreHeader header, Secret secret, byte[] label) throws LimitExceededException {
        return new Lock(secret, header.terms(), label);
    }

    /**
     * The lock of the same store for another secret.
     *
     * @throws LimitExceededException if a password takes more memory than there is
     */
    public Lock with(Secret secret, Nonces nonces) throws LimitExceededException {
        Terms next = terms.with(secret.cost(), nonces.bytes(Terms.SALT_LENGTH), nonces.next());
        return new Lock(secret, next, binding().label());
    }

    /**
     * Whether it is the lock of a secret.
     *
     * @throws LimitExceededException if a password takes more memory than there is
     */
    public boolean isOf(Secret secret) throws LimitExceededException {
        boolean sameKind = terms.password().isPresent() == secret instanceof Secret.Password;
        return sameKind
                && MessageDigest.isEqual(key, new Lock(secret, terms, binding().label()).key);
    }

    /** The store that it locks. */
    public Binding binding() {
        return derivation.binding();
    }

    /** What anybody may read of it. */
    public Terms terms() {
        return terms;
    }

    /** A header with a key ring, encrypted under a nonce of its own. */
    public StoreHeader close(KeyRing ring, Nonces nonces) {
        Terms next = terms.with(terms.password(), terms.salt(), nonces.next());
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
        Optional<byte[]> secret = cipher(header.terms()).open(0, true, ring, 0, ring.length);
        Optional<KeyRing> opened = secret.flatMap(KeyRing::decode);
        secret.ifPresent(bytes -> Arrays.fill(bytes, (byte) 0));
        return opened;
    }

    /** Overwrites the key in memory; the lock is of no use after that. */
    public void wipe() {
        Arrays.fill(key, (byte) 0);
    }

    private SegmentCipher cipher(Terms used) {
        byte[] ringKey = derivation.key(key, used.nonce().bytes(), "key ring", new byte[0]);
        return new SegmentCipher(ringKey, used.encode());
    }
}

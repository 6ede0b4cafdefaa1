package dev.morgana.crypt.layout;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;

/**
 * How a store is encrypted, and its keys under the user's key.
 *
 * @param terms all that stands before the key ring, and is authenticated with it
 * @param ring the encrypted key ring with its tag
 */
public record StoreHeader(Terms terms, byte[] ring) {
    private static final byte[] MAGIC = "MGCRYPT2".getBytes(StandardCharsets.US_ASCII);
    private static final int HIDDEN_NAMES = 1;
    private static final int VERSION_INDEX = 2;
    private static final int LABEL = 4;
    private static final byte KEY = 0;
    private static final byte ARGON2ID = 1;
    private static final int COST = Integer.BYTES + Short.BYTES + 1;
    private static final int SALT = 16;
    private static final int TERMS = MAGIC.length + 1 + 1 + COST + SALT + Binding.STORE_LENGTH + Version.LENGTH;
    private static final int DIGEST = 8;

    /** No header is larger, however many data keys its ring has. */
    public static final int MOST_BYTES = 1 << 14;

    /**
     * What anybody may read.
     *
     * @param hiddenNames whether names are encrypted too
     * @param versionIndex whether the store keeps a version index
     * @param labelled whether a label is needed to open the store
     * @param password what a try of the password costs; empty if the store is locked with a key
     * @param salt 16 random bytes, new with each key or password
     * @param store the identity of the store, see {@link Binding}
     * @param nonce new with each key ring that is written
     */
    public record Terms(
            boolean hiddenNames,
            boolean versionIndex,
            boolean labelled,
            Optional<PasswordCost> password,
            byte[] salt,
            byte[] store,
            Version nonce) {
        /** The length of {@link #salt}. */
        public static final int SALT_LENGTH = SALT;

        /** Those of the same store, for another header. */
        public Terms with(Optional<PasswordCost> otherPassword, byte[] otherSalt, Version otherNonce) {
            return new Terms(hiddenNames, versionIndex, labelled, otherPassword, otherSalt, store, otherNonce);
        }

        /** The bytes. */
        public byte[] encode() {
            PasswordCost cost = password.orElse(new PasswordCost(0, 0, 0));
            return ByteBuffer.allocate(TERMS)
                    .put(MAGIC)
                    .put((byte) ((hiddenNames ? HIDDEN_NAMES : 0)
                            | (versionIndex ? VERSION_INDEX : 0)
                            | (labelled ? LABEL : 0)))
                    .put(password.isPresent() ? ARGON2ID : KEY)
                    .putInt(cost.memory())
                    .putShort((short) cost.iterations())
                    .put((byte) cost.lanes())
                    .put(salt)
                    .put(store)
                    .put(nonce.bytes())
                    .array();
        }

        private static Optional<Terms> decode(ByteBuffer buffer) {
            int flags = buffer.get();
            byte kind = buffer.get();
            PasswordCost cost = new PasswordCost(
                    buffer.getInt(), Short.toUnsignedInt(buffer.getShort()), Byte.toUnsignedInt(buffer.get()));
            byte[] salt = new byte[SALT];
            buffer.get(salt);
            byte[] store = new byte[Binding.STORE_LENGTH];
            buffer.get(store);
            byte[] nonce = new byte[Version.LENGTH];
            buffer.get(nonce);
            boolean known = (flags & ~(HIDDEN_NAMES | VERSION_INDEX | LABEL)) == 0
                    && (kind == KEY || (kind == ARGON2ID && cost.isPossible()));
            return known
                    ? Optional.of(new Terms(
                            (flags & HIDDEN_NAMES) != 0,
                            (flags & VERSION_INDEX) != 0,
                            (flags & LABEL) != 0,
                            kind == ARGON2ID ? Optional.of(cost) : Optional.empty(),
                            salt,
                            store,
                            new Version(nonce)))
                    : Optional.empty();
        }
    }

    /** The bytes of the header. */
    public byte[] encode() {
        ByteBuffer buffer = ByteBuffer.allocate(TERMS + ring.length + DIGEST);
        buffer.put(terms.encode()).put(ring);
        buffer.put(digest(buffer.array(), buffer.position()), 0, DIGEST);
        return buffer.array();
    }

    /** Reads a header; empty if it is none, or damaged. */
    public static Optional<StoreHeader> decode(byte[] bytes) {
        int end = bytes.length - DIGEST;
        boolean whole = end > TERMS
                && Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length)
                && Arrays.equals(bytes, end, bytes.length, digest(bytes, end), 0, DIGEST);
        if (!whole) {
            return Optional.empty();
        }
        byte[] ring = Arrays.copyOfRange(bytes, TERMS, end);
        ByteBuffer terms = ByteBuffer.wrap(bytes, MAGIC.length, TERMS - MAGIC.length);
        return Terms.decode(terms).map(read -> new StoreHeader(read, ring));
    }

    private static byte[] digest(byte[] bytes, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, 0, length);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}

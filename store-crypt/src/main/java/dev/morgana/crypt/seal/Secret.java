package dev.morgana.crypt.seal;

import dev.morgana.crypt.layout.KeyRing;
import dev.morgana.crypt.layout.PasswordCost;
import dev.morgana.crypt.layout.StoreHeader.Terms;
import dev.morgana.spi.error.LimitExceededException;
import java.util.Optional;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/** What the user has: a key or a password. */
public sealed interface Secret {
    /**
     * A key.
     *
     * @param bytes 32 bytes that nobody can guess, not copied
     */
    record Key(byte[] bytes) implements Secret {
        public Key {
            if (bytes.length != KeyRing.KEY_LENGTH) {
                throw new IllegalArgumentException("a key of " + bytes.length + " bytes");
            }
        }
    }

    /**
     * A password.
     *
     * @param bytes its characters in UTF-8, not copied
     */
    record Password(byte[] bytes) implements Secret {}

    /** What a try costs in a store that is locked with it now; nothing where nobody can try. */
    default Optional<PasswordCost> cost() {
        return this instanceof Password ? Optional.of(PasswordCost.DEFAULT) : Optional.empty();
    }

    /** What the lock of a store is derived from. The secret must be of the kind that the terms say. */
    default byte[] material(Terms terms) throws LimitExceededException {
        return this instanceof Password password
                ? argon2id(password, terms.password().orElseThrow(), terms.salt())
                : ((Key) this).bytes();
    }

    private static byte[] argon2id(Password password, PasswordCost cost, byte[] salt) throws LimitExceededException {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        byte[] key = new byte[KeyRing.KEY_LENGTH];
        try {
            generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withMemoryAsKB(cost.memory())
                    .withIterations(cost.iterations())
                    .withParallelism(cost.lanes())
                    .withSalt(salt)
                    .build());
            generator.generateBytes(password.bytes(), key);
        } catch (OutOfMemoryError e) { // all that was allocated for it is garbage again
            throw new LimitExceededException(
                    "heap of this program (bytes)",
                    Runtime.getRuntime().maxMemory(),
                    cost.memoryBytes(),
                    "a try of the password takes so much memory beside what is in use; see the option -Xmx of java");
        }
        return key;
    }
}

package dev.morgana.crypt;

import dev.morgana.crypt.layout.KeyRing;
import dev.morgana.crypt.seal.Secret;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;

/** What locks a store: a key that nobody can guess, or a password. Immutable. */
public final class CryptKey {
    private final Secret secret;

    private CryptKey(Secret secret) {
        this.secret = secret;
    }

    /**
     * A key.
     *
     * @param bytes 32 random bytes; copied
     * @return the key
     * @throws IllegalArgumentException if there are more or fewer
     */
    public static CryptKey of(byte[] bytes) {
        if (bytes.length != KeyRing.KEY_LENGTH) {
            throw new IllegalArgumentException("a key has " + KeyRing.KEY_LENGTH + " bytes, this one " + bytes.length);
        }
        return new CryptKey(new Secret.Key(bytes.clone()));
    }

    /**
     * A password. Each opening of the store takes 64 MiB of memory for a fraction of a second, so that passwords are not tried
     * fast (Argon2id with the second recommendation of RFC 9106, section 4).
     *
     * @param characters at least one; copied
     * @return the password
     * @throws IllegalArgumentException if there are none
     */
    public static CryptKey password(char[] characters) {
        if (characters.length == 0) {
            throw new IllegalArgumentException("an empty password");
        }
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(characters));
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        return new CryptKey(new Secret.Password(bytes));
    }

    Secret secret() {
        return secret;
    }

    /** Says what it is, and nothing of what it says. */
    @Override
    public String toString() {
        return secret instanceof Secret.Password ? "password" : "key";
    }
}

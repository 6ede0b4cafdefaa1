package dev.morgana.crypt.seal;

import dev.morgana.crypt.layout.Version;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/** Random bytes, from the system's secure source and never from a seed. Safe for use by many threads. */
public final class Nonces {
    private final SecureRandom random;
    private @Nullable Version last;

    /** Takes them from a source. */
    public Nonces(SecureRandom random) {
        this.random = random;
    }

    /**
     * A version, or nonce, that was never used.
     *
     * @throws IllegalStateException if the source gives the same bytes twice in a row: it is broken, and nothing must be
     *     encrypted with it
     */
    public synchronized Version next() {
        Version drawn = new Version(bytes(Version.LENGTH));
        if (drawn.equals(last)) {
            throw new IllegalStateException(
                    "the source of random numbers repeats itself; nothing is encrypted with it");
        }
        last = drawn;
        return drawn;
    }

    /** Random bytes for keys and salts. */
    public byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}

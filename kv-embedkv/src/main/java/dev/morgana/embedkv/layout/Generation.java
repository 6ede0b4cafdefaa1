package dev.morgana.embedkv.layout;

import dev.morgana.spi.error.LimitExceededException;
import dev.morgana.spi.key.Key;

/** The numbers that tell records of one key apart (section 16). */
public final class Generation {
    public static final long MAX = 0xffffffffL;

    private Generation() {}

    /**
     * The generation of the record that replaces one. The reference implementations wrap around to 0, and lose the new record
     * if the power fails before the old one is gone; so the last generation is refused to be replaced, and can only be removed.
     */
    public static long after(long latest, byte[] key) throws LimitExceededException {
        if (latest == MAX) {
            throw new LimitExceededException(
                    "generation (remove the key to begin anew)", MAX, latest + 1, Key.escape(key));
        }
        return latest + 1;
    }
}

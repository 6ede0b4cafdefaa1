package dev.morgana.crypt.cells;

import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.Position;
import dev.morgana.spi.key.Key;

/**
 * What is said of a value that is not as it was sealed.
 *
 * @param store the store's name, for people
 */
public record Damage(String store) {
    /** Damage at an offset of the sealed value; where on the medium that lies is the inner store's own business. */
    public CorruptStoreException at(byte[] name, long offset, String expected, String found) {
        String structure = "sealed value of " + Key.escape(name);
        return new CorruptStoreException(new Position(store, Position.NO_BLOCK, offset, structure), expected, found);
    }

    /** A segment whose tag does not fit. */
    public CorruptStoreException tag(byte[] name, long offset) {
        return at(name, offset, "what was encrypted as this part of this value under this name", "something else");
    }
}

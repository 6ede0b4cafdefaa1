package dev.morgana.crypt.cells;

import dev.morgana.crypt.seal.Names;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.key.Key;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * The keys of a tree in the form in which they stand in the inner store: as they are, or each segment hidden, as a name that lies
 * in its parent, in the letters of base64url without padding.
 */
public final class HiddenKeys {
    private final Optional<Names> names;
    private final Damage damage;

    public HiddenKeys(Optional<Names> names, Damage damage) {
        this.names = names;
        this.damage = damage;
    }

    /** Whether anything is hidden. */
    public boolean hide() {
        return names.isPresent();
    }

    /** How long the hidden form of a segment is, in bytes. */
    public static long length(long segment) {
        return ((segment + Names.OVERHEAD) * 4 + 2) / 3;
    }

    /** The longest segment whose hidden form has at most some bytes; less than 1 if there is none. */
    public static long longest(long hidden) {
        return hidden * 3 / 4 - Names.OVERHEAD;
    }

    /** The key in the inner store. */
    public Key inner(Key key) {
        if (names.isEmpty() || (key.depth() == 1 && OwnNames.contain(key.toBytes()))) {
            return key;
        }
        Key inner = Key.ROOT;
        for (int depth = 0; depth < key.depth(); depth++) {
            byte[] parent = key.ancestor(depth).toBytes();
            byte[] hidden = names.get().hide(parent, key.segment(depth));
            inner = inner.child(encoded(hidden));
        }
        return inner;
    }

    /** The key of an entry that lies in a dictionary, from its name in the inner store. */
    Key outer(Key dictionary, byte[] innerName) throws CorruptStoreException {
        return revealed(dictionary, innerName)
                .map(dictionary::child)
                .orElseThrow(() -> damage.at(
                        dictionary.child(innerName).toBytes(),
                        0,
                        "a name that was hidden under this key, in this dictionary",
                        "another one"));
    }

    /** Whether a name in the inner store is one that was made for something in a dictionary. */
    boolean isOurs(Key dictionary, byte[] innerName) {
        return revealed(dictionary, innerName).isPresent();
    }

    private Optional<byte[]> revealed(Key dictionary, byte[] innerName) {
        return names.isEmpty()
                ? Optional.of(innerName)
                : decoded(innerName).flatMap(hidden -> names.get().reveal(dictionary.toBytes(), hidden));
    }

    /** Base64url has several spellings of the same bytes; the one that we write is the only one that counts. */
    private static Optional<byte[]> decoded(byte[] innerName) {
        try {
            byte[] hidden = Base64.getUrlDecoder().decode(innerName);
            return Arrays.equals(encoded(hidden), innerName) ? Optional.of(hidden) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static byte[] encoded(byte[] hidden) {
        return Base64.getUrlEncoder().withoutPadding().encode(hidden);
    }
}

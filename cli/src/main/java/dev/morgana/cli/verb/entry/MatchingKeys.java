package dev.morgana.cli.verb.entry;

import dev.morgana.cli.exchange.DamagePolicy;
import dev.morgana.cli.exchange.EscapedName;
import dev.morgana.cli.exchange.Listing;
import dev.morgana.cli.image.Entries;
import dev.morgana.spi.StoreAddress;
import dev.morgana.spi.error.NoSuchKeyException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.ReadableStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The keys that the entry of an address means.
 *
 * @param keys the entry itself, which need not exist; or those that match where it is a pattern, in their order, at least one
 * @param isPattern whether it is a pattern
 */
record MatchingKeys(List<Key> keys, boolean isPattern) {
    /**
     * Looks for them. An entry whose name looks like a pattern is meant before those that match it.
     *
     * @throws NoSuchKeyException if it is a pattern and nothing matches
     */
    static MatchingKeys of(ReadableStore store, StoreAddress address) throws Exception {
        Key written = address.entry().orElse(Key.ROOT);
        Key literal = Entries.of(address);
        if (!isWild(written) || store.kind(literal).isPresent()) {
            return new MatchingKeys(List.of(literal), false);
        }
        List<Key> keys = List.of(Key.ROOT);
        for (int i = 0; i < written.depth(); i++) {
            keys = children(store, keys, written.segment(i), i + 1 < written.depth());
        }
        if (keys.isEmpty()) {
            throw new NoSuchKeyException(literal);
        }
        return new MatchingKeys(keys, true);
    }

    private static boolean isWild(Key key) {
        boolean wild = false;
        for (int i = 0; i < key.depth(); i++) {
            wild |= NamePattern.isWild(text(key.segment(i)));
        }
        return wild;
    }

    private static String text(byte[] segment) {
        return new String(segment, java.nio.charset.StandardCharsets.UTF_8);
    }

    private static List<Key> children(ReadableStore store, List<Key> parents, byte[] segment, boolean inner)
            throws Exception {
        List<Key> found = new ArrayList<>();
        for (Key parent : parents) {
            if (!NamePattern.isWild(text(segment))) {
                addIfThere(store, parent.child(EscapedName.decode(segment)), inner, found);
                continue;
            }
            NamePattern pattern = NamePattern.of(text(segment));
            Listing.visit(store, parent, DamagePolicy.FAIL, (entry, last) -> {
                if (pattern.matches(entry.key().nameBytes())) {
                    addIfThere(store, entry.key(), inner, found);
                }
            });
        }
        return found;
    }

    /** Where more segments follow, only dictionaries lead there. */
    private static void addIfThere(ReadableStore store, Key key, boolean inner, List<Key> found) throws IOException {
        Optional<Kind> kind = store.kind(key);
        if (kind.isPresent() && (!inner || kind.get() == Kind.DICTIONARY)) {
            found.add(key);
        }
    }
}

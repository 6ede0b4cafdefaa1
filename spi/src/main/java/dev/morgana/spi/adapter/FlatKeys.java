package dev.morgana.spi.adapter;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Cursor;
import dev.morgana.spi.facet.Direction;
import dev.morgana.spi.facet.KeyRange;
import dev.morgana.spi.facet.OrderedScan;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.FlatStore;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Stream;

/** The raw keys of a flat store that are paths, below one dictionary. Raw keys in no normal form are passed over. */
final class FlatKeys {
    /** Takes keys until it has enough. */
    @FunctionalInterface
    interface Visitor {
        /**
         * Takes one key.
         *
         * @return whether it wants another one
         */
        boolean visit(Key key) throws StoreException;
    }

    private final FlatStore flat;

    FlatKeys(FlatStore flat) {
        this.flat = flat;
    }

    /** Visits every path below a dictionary, in no particular order, as of now. */
    void visitBelow(Key dictionary, Visitor visitor) throws StoreException {
        byte[] prefix = prefixOf(dictionary);
        Optional<OrderedScan> scan = flat.facet(OrderedScan.class);
        if (scan.isPresent()) {
            try (Cursor cursor = scan.get().scan(KeyRange.prefix(prefix), Direction.FORWARD)) {
                boolean more = true;
                while (more && cursor.next()) {
                    more = visitPath(cursor.key(), visitor);
                }
            }
            return;
        }
        try (Stream<byte[]> keys = flat.keys()) {
            Iterator<byte[]> iterator = keys.iterator();
            boolean more = true;
            while (more && iterator.hasNext()) {
                byte[] raw = iterator.next();
                more = !startsWith(raw, prefix) || visitPath(raw, visitor);
            }
        }
    }

    private static boolean visitPath(byte[] raw, Visitor visitor) throws StoreException {
        Key key = Key.ofBytes(raw);
        return !isPath(key, raw) || visitor.visit(key);
    }

    private static boolean isPath(Key key, byte[] raw) {
        return !key.isRoot() && Arrays.equals(key.toBytes(), raw);
    }

    /** Tells whether any path lies below a key, as far as the order of keys tells without a visit; empty where they have none. */
    Optional<Boolean> lookBelow(Key key) throws StoreException {
        Optional<OrderedScan> scan = flat.facet(OrderedScan.class);
        if (scan.isEmpty()) {
            return Optional.empty();
        }
        Optional<byte[]> first = scan.get().first(KeyRange.prefix(prefixOf(key)));
        if (first.isEmpty() || isPath(Key.ofBytes(first.get()), first.get())) {
            return Optional.of(first.isPresent());
        }
        return Optional.of(visitsAny(key));
    }

    /** Tells whether any path lies below a key by looking at keys until one does. */
    boolean visitsAny(Key key) throws StoreException {
        boolean[] found = new boolean[1];
        visitBelow(key, below -> {
            found[0] = true;
            return false;
        });
        return found[0];
    }

    private static byte[] prefixOf(Key dictionary) {
        if (dictionary.isRoot()) {
            return new byte[0];
        }
        byte[] path = dictionary.toBytes();
        byte[] prefix = Arrays.copyOf(path, path.length + 1);
        prefix[path.length] = '/';
        return prefix;
    }

    private static boolean startsWith(byte[] raw, byte[] prefix) {
        return raw.length > prefix.length && Arrays.equals(raw, 0, prefix.length, prefix, 0, prefix.length);
    }
}

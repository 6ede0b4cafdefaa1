package dev.morgana.cli.verb.maintenance;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.UserAttributes;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.Entry;
import dev.morgana.spi.store.ReadableStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Compares two trees, a dictionary at a time, so that only the names of one dictionary are held. */
final class TreeComparison {
    private static final int CHUNK = 1 << 16;

    private final ReadableStore first;
    private final ReadableStore second;
    private final Consumer<Difference> differences;

    TreeComparison(ReadableStore first, ReadableStore second, Consumer<Difference> differences) {
        this.first = first;
        this.second = second;
        this.differences = differences;
    }

    /** Compares what is at and below two keys; differences have keys of the first tree. */
    void compare(Key one, Key other) throws IOException {
        Optional<Kind> kind = first.kind(one);
        if (!kind.equals(second.kind(other))) {
            report(one, '~', "of another kind");
        } else if (kind.equals(Optional.of(Kind.VALUE))) {
            compareValues(one, other);
        } else {
            compareAttributes(one, other);
            compareDictionaries(one, other);
        }
    }

    private void compareDictionaries(Key one, Key other) throws IOException {
        Map<Key, Kind> left = names(first, one);
        Map<Key, Kind> right = names(second, other);
        TreeSet<Key> all = new TreeSet<>(left.keySet());
        all.addAll(right.keySet());
        for (Key name : all) {
            Key key = one.append(name);
            if (!right.containsKey(name)) {
                report(key, '-', "");
            } else if (!left.containsKey(name)) {
                report(key, '+', "");
            } else {
                compare(key, other.append(name));
            }
        }
    }

    private static Map<Key, Kind> names(ReadableStore store, Key dictionary) throws StoreException {
        Map<Key, Kind> names = new TreeMap<>();
        try (Stream<Entry> entries = store.list(dictionary)) {
            entries.forEach(entry -> names.put(Key.ROOT.child(entry.key().nameBytes()), entry.kind()));
        }
        return names;
    }

    private void compareValues(Key one, Key other) throws IOException {
        long left = first.size(one);
        long right = second.size(other);
        if (left != right) {
            report(one, '~', left + " bytes, and " + right);
        } else {
            long same = commonBytes(one, other);
            if (same < left) {
                report(one, '~', "from byte " + same + " on");
            }
        }
        compareAttributes(one, other);
    }

    private long commonBytes(Key one, Key other) throws IOException {
        try (InputStream left = first.open(one);
                InputStream right = second.open(other)) {
            long same = 0;
            while (true) {
                byte[] a = left.readNBytes(CHUNK);
                byte[] b = right.readNBytes(CHUNK);
                int mismatch = Arrays.mismatch(a, b);
                if (mismatch >= 0) {
                    return same + mismatch;
                }
                same += a.length;
                if (a.length < CHUNK) {
                    return same;
                }
            }
        }
    }

    /** Attributes are compared where both formats have them: that one has none is what convert tells. */
    private void compareAttributes(Key one, Key other) throws StoreException {
        Optional<UserAttributes> left = first.facet(UserAttributes.class);
        Optional<UserAttributes> right = second.facet(UserAttributes.class);
        if (left.isEmpty() || right.isEmpty()) {
            return;
        }
        TreeSet<Integer> types = new TreeSet<>(left.get().types(one));
        types.addAll(right.get().types(other));
        for (int type : types) {
            Optional<byte[]> a = left.get().get(one, type);
            Optional<byte[]> b = right.get().get(other, type);
            if (a.isPresent() != b.isPresent() || (a.isPresent() && !Arrays.equals(a.get(), b.get()))) {
                report(one, '~', "attribute 0x" + Integer.toHexString(type));
            }
        }
    }

    private void report(Key key, char mark, String what) {
        differences.accept(new Difference(key, mark, what));
    }
}

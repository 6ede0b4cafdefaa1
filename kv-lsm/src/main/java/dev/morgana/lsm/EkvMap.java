package dev.morgana.lsm;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Cursor;
import dev.morgana.spi.facet.Direction;
import dev.morgana.spi.facet.KeyRange;
import dev.morgana.spi.facet.ReadTransaction;
import dev.morgana.spi.facet.WriteTransaction;
import java.io.UncheckedIOException;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.Map;
import java.util.NavigableSet;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentNavigableMap;
import org.jspecify.annotations.Nullable;

/** A range of a database as a map, in one direction. Each call is a transaction of its own; iterators are weakly consistent. */
final class EkvMap<K, V> extends AbstractMap<K, V> implements ConcurrentNavigableMap<K, V> {
    private final Ekv database;
    private final EkvCodec<K> keys;
    private final EkvCodec<V> values;
    private final KeyRange range;
    private final Direction direction;

    EkvMap(Ekv database, EkvCodec<K> keys, EkvCodec<V> values, KeyRange range, Direction direction) {
        this.database = database;
        this.keys = keys;
        this.values = values;
        this.range = range;
        this.direction = direction;
    }

    /** A call of the database. */
    private interface Call<T> {
        T run() throws StoreException;
    }

    private static <T> T unchecked(Call<T> call) {
        try {
            return call.run();
        } catch (StoreException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked") // a key of another type is a ClassCastException, as maps have it
    private byte[] encoded(Object key) {
        return keys.encode((K) Objects.requireNonNull(key, "key"));
    }

    /** The key of a change, which must belong to the range. */
    private byte[] own(K key) {
        byte[] encoded = encoded(key);
        if (!range.contains(encoded)) {
            throw new IllegalArgumentException("key is out of the range of this map: " + key);
        }
        return encoded;
    }

    @Override
    public @Nullable V get(Object key) {
        byte[] encoded = encoded(key);
        return range.contains(encoded) ? find(encoded) : null;
    }

    private @Nullable V find(byte[] key) {
        return unchecked(() -> {
                    try (ReadTransaction reader = database.read()) {
                        return reader.get(key).map(values::decode);
                    }
                })
                .orElse(null);
    }

    @Override
    public boolean containsKey(Object key) {
        return get(key) != null;
    }

    /** What becomes of a value. */
    private interface Change<V> {
        /** The new value, or null to remove the key; the old one to leave it. */
        @Nullable
        V of(@Nullable V old);
    }

    /** Changes the value of a key in one transaction; answers the old one. */
    private @Nullable V change(byte[] key, Change<V> change) {
        return unchecked(() -> changed(key, change)).orElse(null);
    }

    private Optional<V> changed(byte[] key, Change<V> change) throws StoreException {
        try (WriteTransaction transaction = database.write()) {
            V old = transaction.get(key).map(values::decode).orElse(null);
            V changed = change.of(old);
            if (changed != old) {
                if (changed == null) {
                    transaction.remove(key);
                } else {
                    transaction.put(key, values.encode(changed));
                }
                transaction.commit();
            }
            return Optional.ofNullable(old);
        }
    }

    @Override
    public @Nullable V put(K key, V value) {
        Objects.requireNonNull(value, "value");
        return change(own(key), old -> value);
    }

    @Override
    public @Nullable V putIfAbsent(K key, V value) {
        Objects.requireNonNull(value, "value");
        return change(own(key), old -> old == null ? value : old);
    }

    @Override
    public @Nullable V remove(Object key) {
        byte[] encoded = encoded(key);
        return range.contains(encoded) ? change(encoded, old -> null) : null;
    }

    @Override
    public boolean remove(Object key, @Nullable Object value) {
        byte[] encoded = encoded(key);
        if (value == null || !range.contains(encoded)) {
            return false;
        }
        return value.equals(change(encoded, old -> value.equals(old) ? null : old));
    }

    @Override
    public @Nullable V replace(K key, V value) {
        Objects.requireNonNull(value, "value");
        return change(own(key), old -> old == null ? null : value);
    }

    @Override
    public boolean replace(K key, V expected, V value) {
        Objects.requireNonNull(expected, "expected");
        Objects.requireNonNull(value, "value");
        return expected.equals(change(own(key), old -> expected.equals(old) ? value : old));
    }

    @Override
    public void clear() {
        unchecked(() -> {
            try (WriteTransaction transaction = database.write()) {
                try (Cursor cursor = transaction.scan(range, Direction.FORWARD)) {
                    while (cursor.next()) {
                        transaction.remove(cursor.key());
                    }
                }
                transaction.commit();
                return true;
            }
        });
    }

    @Override
    public int size() {
        return unchecked(() -> {
            int count = 0;
            try (ReadTransaction reader = database.read();
                    Cursor cursor = reader.scan(range, Direction.FORWARD)) {
                while (cursor.next()) {
                    count++;
                }
            }
            return count;
        });
    }

    @Override
    public boolean isEmpty() {
        return firstEntry() == null;
    }

    /** The first entry of a range within this one, in a direction. */
    private Map.@Nullable Entry<K, V> first(KeyRange within, Direction order) {
        return unchecked(() -> {
                    try (ReadTransaction reader = database.read();
                            Cursor cursor = reader.scan(within, order)) {
                        return cursor.next() ? Optional.of(entry(cursor)) : Optional.<Map.Entry<K, V>>empty();
                    }
                })
                .orElse(null);
    }

    private Map.Entry<K, V> entry(Cursor cursor) throws StoreException {
        return new SimpleImmutableEntry<>(keys.decode(cursor.key()), values.decode(cursor.value()));
    }

    /** The nearest entry before or behind a key, in the order of this map. */
    private Map.@Nullable Entry<K, V> nearest(K key, boolean behind, boolean inclusive) {
        byte[] bound = encoded(key);
        boolean above = behind == (direction == Direction.FORWARD);
        KeyRange within = above ? from(range, bound, inclusive) : to(range, bound, inclusive);
        return first(within, above ? Direction.FORWARD : Direction.REVERSE);
    }

    /** A range without the keys below a bound. */
    private static KeyRange from(KeyRange range, byte[] bound, boolean inclusive) {
        int order = range.from() == null ? 1 : Arrays.compareUnsigned(bound, range.from());
        boolean narrower = order > 0 || (order == 0 && !inclusive);
        return narrower ? new KeyRange(bound, inclusive, range.to(), range.toInclusive()) : range;
    }

    private static KeyRange to(KeyRange range, byte[] bound, boolean inclusive) {
        int order = range.to() == null ? -1 : Arrays.compareUnsigned(bound, range.to());
        boolean narrower = order < 0 || (order == 0 && !inclusive);
        return narrower ? new KeyRange(range.from(), range.fromInclusive(), bound, inclusive) : range;
    }

    @Override
    public Map.@Nullable Entry<K, V> lowerEntry(K key) {
        return nearest(key, false, false);
    }

    @Override
    public Map.@Nullable Entry<K, V> floorEntry(K key) {
        return nearest(key, false, true);
    }

    @Override
    public Map.@Nullable Entry<K, V> ceilingEntry(K key) {
        return nearest(key, true, true);
    }

    @Override
    public Map.@Nullable Entry<K, V> higherEntry(K key) {
        return nearest(key, true, false);
    }

    @Override
    public Map.@Nullable Entry<K, V> firstEntry() {
        return first(range, direction);
    }

    @Override
    public Map.@Nullable Entry<K, V> lastEntry() {
        return first(range, direction == Direction.FORWARD ? Direction.REVERSE : Direction.FORWARD);
    }

    private static <K, V> @Nullable K keyOf(Map.@Nullable Entry<K, V> entry) {
        return entry == null ? null : entry.getKey();
    }

    @Override
    public @Nullable K lowerKey(K key) {
        return keyOf(lowerEntry(key));
    }

    @Override
    public @Nullable K floorKey(K key) {
        return keyOf(floorEntry(key));
    }

    @Override
    public @Nullable K ceilingKey(K key) {
        return keyOf(ceilingEntry(key));
    }

    @Override
    public @Nullable K higherKey(K key) {
        return keyOf(higherEntry(key));
    }

    @Override
    public K firstKey() {
        return required(firstEntry()).getKey();
    }

    @Override
    public K lastKey() {
        return required(lastEntry()).getKey();
    }

    private static <K, V> Map.Entry<K, V> required(Map.@Nullable Entry<K, V> entry) {
        if (entry == null) {
            throw new NoSuchElementException("the map is empty");
        }
        return entry;
    }

    @Override
    public Map.@Nullable Entry<K, V> pollFirstEntry() {
        return poll(direction);
    }

    @Override
    public Map.@Nullable Entry<K, V> pollLastEntry() {
        return poll(direction == Direction.FORWARD ? Direction.REVERSE : Direction.FORWARD);
    }

    private Map.@Nullable Entry<K, V> poll(Direction order) {
        return unchecked(() -> polled(order)).orElse(null);
    }

    private Optional<Map.Entry<K, V>> polled(Direction order) throws StoreException {
        try (WriteTransaction transaction = database.write()) {
            Map.Entry<K, V> entry;
            try (Cursor cursor = transaction.scan(range, order)) {
                if (!cursor.next()) {
                    return Optional.empty();
                }
                entry = entry(cursor);
                transaction.remove(cursor.key());
            }
            transaction.commit();
            return Optional.of(entry);
        }
    }

    /** The bytes of the keys, unsigned; in the reverse for a descending map. */
    @Override
    public Comparator<? super K> comparator() {
        Comparator<K> ascending = (a, b) -> Arrays.compareUnsigned(keys.encode(a), keys.encode(b));
        return direction == Direction.FORWARD ? ascending : ascending.reversed();
    }

    private EkvMap<K, V> within(KeyRange narrower) {
        return new EkvMap<>(database, keys, values, narrower, direction);
    }

    @Override
    public EkvMap<K, V> subMap(K from, boolean fromInclusive, K to, boolean toInclusive) {
        if (comparator().compare(from, to) > 0) {
            throw new IllegalArgumentException("range from " + from + " to " + to + " is inverted");
        }
        return tailMap(from, fromInclusive).headMap(to, toInclusive);
    }

    @Override
    public EkvMap<K, V> headMap(K to, boolean inclusive) {
        byte[] bound = bound(to, inclusive);
        return within(direction == Direction.FORWARD ? to(range, bound, inclusive) : from(range, bound, inclusive));
    }

    @Override
    public EkvMap<K, V> tailMap(K from, boolean inclusive) {
        byte[] bound = bound(from, inclusive);
        return within(direction == Direction.FORWARD ? from(range, bound, inclusive) : to(range, bound, inclusive));
    }

    /** A bound of a part of this map lies within it, or is one of its own excluded bounds. */
    private byte[] bound(K key, boolean inclusive) {
        byte[] bound = encoded(key);
        boolean below = range.from() != null
                && isOutside(Arrays.compareUnsigned(range.from(), bound), inclusive, range.fromInclusive());
        boolean above = range.to() != null
                && isOutside(Arrays.compareUnsigned(bound, range.to()), inclusive, range.toInclusive());
        if (below || above) {
            throw new IllegalArgumentException("bound is out of the range of this map: " + key);
        }
        return bound;
    }

    private static boolean isOutside(int order, boolean inclusive, boolean rangeInclusive) {
        return order > 0 || (order == 0 && inclusive && !rangeInclusive);
    }

    @Override
    public EkvMap<K, V> subMap(K from, K to) {
        return subMap(from, true, to, false);
    }

    @Override
    public EkvMap<K, V> headMap(K to) {
        return headMap(to, false);
    }

    @Override
    public EkvMap<K, V> tailMap(K from) {
        return tailMap(from, true);
    }

    @Override
    public EkvMap<K, V> descendingMap() {
        Direction other = direction == Direction.FORWARD ? Direction.REVERSE : Direction.FORWARD;
        return new EkvMap<>(database, keys, values, range, other);
    }

    @Override
    public NavigableSet<K> navigableKeySet() {
        return new EkvKeySet<>(this);
    }

    @Override
    public NavigableSet<K> keySet() {
        return navigableKeySet();
    }

    @Override
    public NavigableSet<K> descendingKeySet() {
        return descendingMap().navigableKeySet();
    }

    @Override
    public Set<Map.Entry<K, V>> entrySet() {
        return new Entries();
    }

    /** The entries, each as it is when the iterator comes to it; they cannot be set. */
    private final class Entries extends AbstractSet<Map.Entry<K, V>> {
        @Override
        public int size() {
            return EkvMap.this.size();
        }

        @Override
        public boolean isEmpty() {
            return EkvMap.this.isEmpty();
        }

        @Override
        public void clear() {
            EkvMap.this.clear();
        }

        @Override
        public boolean contains(@Nullable Object object) {
            return object instanceof Map.Entry<?, ?> entry
                    && entry.getKey() != null
                    && entry.getValue() != null
                    && entry.getValue().equals(EkvMap.this.get(entry.getKey()));
        }

        @Override
        public boolean remove(@Nullable Object object) {
            return object instanceof Map.Entry<?, ?> entry
                    && entry.getKey() != null
                    && EkvMap.this.remove(entry.getKey(), entry.getValue());
        }

        @Override
        public Iterator<Map.Entry<K, V>> iterator() {
            return new Steps();
        }
    }

    /** Goes from entry to entry; it holds nothing between two of them. */
    private final class Steps implements Iterator<Map.Entry<K, V>> {
        private Map.@Nullable Entry<K, V> next = firstEntry();
        private @Nullable K last;

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public Map.Entry<K, V> next() {
            Map.Entry<K, V> entry = required(next);
            last = entry.getKey();
            next = higherEntry(entry.getKey());
            return entry;
        }

        @Override
        public void remove() {
            if (last == null) {
                throw new IllegalStateException("there is no entry to remove");
            }
            EkvMap.this.remove(last);
            last = null;
        }
    }
}

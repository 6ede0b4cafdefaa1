package dev.morgana.tck.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.morgana.spi.adapter.FlatTree;
import dev.morgana.spi.error.DeviceIoException;
import dev.morgana.spi.error.DictionaryExpectedException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.error.ValueExpectedException;
import dev.morgana.spi.facet.RawKeys;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.BeyondEnd;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.RenameMode;
import dev.morgana.spi.store.SetOption;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a tree over a flat store knows its dictionaries, where the store has no order of keys. */
class FlatTreeTest {
    private static final byte[] VALUE = {1};
    private static final List<Key> PATHS = Stream.of("a", "a/b", "a/b/c", "a/d", "e", "e/f", "e/f/g/h", "i")
            .map(Key::of)
            .toList();

    private final CountingFlat flat = new CountingFlat();
    private final KeyValueStore tree = FlatTree.over(flat);

    @ParameterizedTest
    @ValueSource(ints = {100, 1_000, 10_000})
    void whatASetLooksAtDoesNotGrowWithItsSiblings(int siblings) throws StoreException {
        for (int i = 0; i < siblings; i++) {
            tree.set(Key.of("d/e/" + i), VALUE);
        }
        long before = flat.visited();
        tree.set(Key.of("d/e/one more"), VALUE);
        tree.set(Key.of("d/e/1"), VALUE);
        tree.remove(Key.of("d/e/2"));
        tree.rename(Key.of("d/e/3"), Key.of("d/e/moved"), RenameMode.EXACT);
        tree.write(Key.of("d/new/key"), 0, ByteBuffer.wrap(VALUE), BeyondEnd.APPEND);
        tree.allocate(Key.of("d/new/allocated"), 5);
        assertEquals(Optional.of(Kind.DICTIONARY), tree.kind(Key.of("d/e")));
        assertEquals(0, flat.visited() - before);
    }

    /** A tree that is made anew counts all keys, and so must agree with one that was told of each change. */
    @Test
    void knowsTheSameAsATreeThatCountsAnew() throws StoreException {
        Random random = new Random(18);
        int refused = 0;
        for (int step = 0; step < 20_000; step++) {
            try {
                change(random);
            } catch (DictionaryExpectedException | ValueExpectedException e) {
                refused++;
            } catch (StoreException e) {
                refused++;
            }
            KeyValueStore anew = FlatTree.over(flat);
            for (Key path : PATHS) {
                assertEquals(anew.kind(path), tree.kind(path), path::toString);
            }
        }
        assertEquals(true, refused > 1_000 && refused < 19_000, "refused " + refused);
    }

    private void change(Random random) throws StoreException {
        Key key = PATHS.get(random.nextInt(PATHS.size()));
        Key other = PATHS.get(random.nextInt(PATHS.size()));
        FlatStore raw = tree.facet(RawKeys.class).orElseThrow().flat();
        flat.failAfterChanges(random.nextInt(10) == 0);
        try {
            switch (random.nextInt(9)) {
                case 0, 1 -> tree.set(key, VALUE);
                case 2 -> tree.set(key, VALUE, SetOption.REPLACE_DICTIONARY);
                case 3 -> tree.write(key, 0, ByteBuffer.wrap(VALUE), BeyondEnd.APPEND);
                case 4 -> tree.allocate(key, 2);
                case 5 -> tree.remove(key);
                case 6 -> tree.rename(key, other, RenameMode.INTO_DICTIONARY);
                case 7 -> raw.put(key.toBytes(), VALUE);
                default -> raw.remove(key.toBytes());
            }
        } finally {
            flat.failAfterChanges(false);
        }
    }

    @Test
    void aChangeThatFailedIsCountedAnew() throws StoreException {
        tree.set(Key.of("a/b"), VALUE);
        assertEquals(Optional.of(Kind.DICTIONARY), tree.kind(Key.of("a")));
        flat.failAfterChanges(true);
        assertThrows(DeviceIoException.class, () -> tree.remove(Key.of("a/b")));
        assertEquals(Optional.empty(), tree.kind(Key.of("a")));
    }
}

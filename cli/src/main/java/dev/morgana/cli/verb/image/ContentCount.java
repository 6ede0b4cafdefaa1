package dev.morgana.cli.verb.image;

import dev.morgana.spi.Morgana;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.Entry;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.spi.store.ReadableStore;
import dev.morgana.spi.store.Store;
import java.io.IOException;
import java.util.Iterator;
import java.util.stream.Stream;

/**
 * What an image contains, counted by reading it.
 *
 * @param values how many values there are, in a flat store also under raw keys that are not paths
 * @param dictionaries how many there are below the root, in a flat store those that paths imply
 * @param bytes the sum of the values' sizes
 */
record ContentCount(long values, long dictionaries, long bytes) {
    private static final ContentCount NONE = new ContentCount(0, 0, 0);

    static ContentCount of(Store store) throws IOException {
        ContentCount tree = below(Morgana.tree(store), Key.ROOT);
        return store instanceof FlatStore flat ? ofKeys(flat, tree.dictionaries) : tree;
    }

    private static ContentCount ofKeys(FlatStore store, long dictionaries) throws IOException {
        ContentCount content = new ContentCount(0, dictionaries, 0);
        try (Stream<byte[]> keys = store.keys()) {
            for (Iterator<byte[]> i = keys.iterator(); i.hasNext(); ) {
                content =
                        content.plus(new ContentCount(1, 0, store.size(i.next()).orElseThrow()));
            }
        }
        return content;
    }

    private static ContentCount below(ReadableStore store, Key dictionary) throws IOException {
        ContentCount content = NONE;
        try (Stream<Entry> entries = store.list(dictionary)) {
            for (Iterator<Entry> i = entries.iterator(); i.hasNext(); ) {
                Entry entry = i.next();
                content = content.plus(
                        entry.kind() == Kind.VALUE
                                ? new ContentCount(1, 0, store.size(entry.key()))
                                : below(store, entry.key()).plus(new ContentCount(0, 1, 0)));
            }
        }
        return content;
    }

    private ContentCount plus(ContentCount other) {
        return new ContentCount(values + other.values, dictionaries + other.dictionaries, bytes + other.bytes);
    }
}

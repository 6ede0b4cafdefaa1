package dev.morgana.cli.exchange;

import dev.morgana.spi.Morgana;
import dev.morgana.spi.error.NoSuchKeyException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.UserAttributes;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.spi.store.ReadableStore;
import dev.morgana.spi.store.Store;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.TreeMap;

/** What a store holds at and below a key. Paths are relative to that key; those of a single value are its name. */
public final class StoreSource implements TreeSource {
    private final ReadableStore store;
    private final Key root;
    private final DamagePolicy policy;

    /** A source that damage ends; the store stays the caller's. */
    public StoreSource(ReadableStore store, Key root) {
        this(store, root, DamagePolicy.FAIL);
    }

    /**
     * A source; the store stays the caller's.
     *
     * @param policy what becomes of entries that cannot be read; nothing of them is sent
     */
    public StoreSource(ReadableStore store, Key root, DamagePolicy policy) {
        this.store = store;
        this.root = root;
        this.policy = policy;
    }

    /** Everything in a store, as another one takes it: raw keys between flat stores, else paths. Damage ends it. */
    public static TreeSource between(Store store, Store target) {
        return store instanceof FlatStore flat && target instanceof FlatStore
                ? new FlatSource(flat)
                : new StoreSource(Morgana.tree(store), Key.ROOT);
    }

    @Override
    public void sendTo(TreeSink sink) throws IOException {
        Kind kind = store.kind(root).orElseThrow(() -> new NoSuchKeyException(root));
        if (kind == Kind.VALUE) {
            policy.guard(root, () -> value(root, root.nameBytes(), sink));
        } else {
            below(root, sink);
        }
    }

    private void below(Key dictionary, TreeSink sink) throws IOException {
        Listing.visit(store, dictionary, policy, (entry, last) -> {
            byte[] path = relative(entry.key());
            if (entry.kind() == Kind.VALUE) {
                value(entry.key(), path, sink);
            } else {
                sink.dictionary(path, details(entry.key()));
                below(entry.key(), sink);
            }
        });
    }

    private void value(Key key, byte[] path, TreeSink sink) throws IOException {
        if (policy != DamagePolicy.FAIL) {
            try (InputStream content = store.open(key)) { // a sink cannot take back what it has begun
                content.transferTo(OutputStream.nullOutputStream());
            }
        }
        try (InputStream content = store.open(key)) {
            sink.value(path, store.size(key), content, details(key));
        }
    }

    private byte[] relative(Key key) {
        Key path = Key.ROOT;
        for (int i = root.depth(); i < key.depth(); i++) {
            path = path.child(key.segment(i));
        }
        return path.toBytes();
    }

    private Details details(Key key) throws StoreException {
        TreeMap<Integer, byte[]> attributes = new TreeMap<>();
        Optional<UserAttributes> facet = store.facet(UserAttributes.class);
        if (facet.isPresent()) {
            for (int type : facet.get().types(key)) {
                attributes.put(type, facet.get().get(key, type).orElseThrow());
            }
        }
        boolean value = store.kind(key).orElseThrow() == Kind.VALUE;
        return new Details(value ? store.lastModified(key) : Optional.empty(), attributes, "");
    }
}

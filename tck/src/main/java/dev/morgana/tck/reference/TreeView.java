package dev.morgana.tck.reference;

import dev.morgana.spi.error.DictionaryExpectedException;
import dev.morgana.spi.error.NoSuchKeyException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.error.ValueExpectedException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.Entry;
import dev.morgana.spi.store.Facet;
import dev.morgana.spi.store.ReadableStore;
import dev.morgana.spi.store.StoreInfo;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/** A store as it is at one moment, read-only: what reads answer from, and what changes are checked against. */
final class TreeView implements ReadableStore {
    private final ReferenceTree store;
    private final Tree tree;

    TreeView(ReferenceTree store, Tree tree) {
        this.store = store;
        this.tree = tree;
    }

    @Override
    public Optional<Kind> kind(Key key) {
        return Optional.ofNullable(tree.find(key)).map(Node::kind);
    }

    @Override
    public byte[] get(Key key) throws StoreException {
        return value(key).bytes().clone();
    }

    @Override
    public InputStream open(Key key) throws StoreException {
        return new ValueStream(store::isClosed, value(key).bytes());
    }

    @Override
    public int read(Key key, long offset, ByteBuffer target) throws StoreException {
        return Bytes.copy(value(key).bytes(), offset, target);
    }

    @Override
    public Stream<Entry> list(Key dictionary) throws StoreException {
        if (node(dictionary).kind() == Kind.VALUE) {
            throw new DictionaryExpectedException(dictionary, dictionary);
        }
        return tree.children(dictionary)
                .map(child -> new Entry(child.getKey(), child.getValue().kind()));
    }

    @Override
    public long size(Key key) throws StoreException {
        return value(key).bytes().length;
    }

    @Override
    public long totalSize(Key key) throws StoreException {
        node(key);
        return tree.subtree(key)
                .mapToLong(below -> below.getValue() instanceof Node.Value value ? value.bytes().length : 0)
                .sum();
    }

    @Override
    public Optional<Instant> lastModified(Key key) throws StoreException {
        return node(key) instanceof Node.Value value ? Optional.of(value.time()) : Optional.empty();
    }

    @Override
    public byte[] digest(Key key) throws StoreException {
        return Bytes.sha256(value(key).bytes());
    }

    Node node(Key key) throws NoSuchKeyException {
        Node node = tree.find(key);
        if (node == null) {
            throw new NoSuchKeyException(key);
        }
        return node;
    }

    Node.Value value(Key key) throws StoreException {
        if (node(key) instanceof Node.Value value) {
            return value;
        }
        throw new ValueExpectedException(key);
    }

    @Override
    public StoreInfo info() {
        return store.info();
    }

    @Override
    public <F extends Facet> Optional<F> facet(Class<F> type) {
        return Optional.empty();
    }

    @Override
    public void flush() {
        // A view changes nothing.
    }

    @Override
    public void close() {
        // A view holds nothing.
    }
}

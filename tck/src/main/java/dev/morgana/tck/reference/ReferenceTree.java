package dev.morgana.tck.reference;

import dev.morgana.spi.backend.ArgumentChecks;
import dev.morgana.spi.backend.Facets;
import dev.morgana.spi.error.InvalidRequestException;
import dev.morgana.spi.error.LimitExceededException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.BeyondEnd;
import dev.morgana.spi.store.Entry;
import dev.morgana.spi.store.Facet;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.Lookup;
import dev.morgana.spi.store.RenameMode;
import dev.morgana.spi.store.SetOption;
import dev.morgana.spi.store.StoreInfo;
import dev.morgana.spi.store.TreeRules;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** The tree. Reads answer from the content of the moment; changes are computed on it, and written as a whole. */
final class ReferenceTree implements KeyValueStore {
    private final Persistent<Tree> content;
    private final StoreInfo info;
    private final InstantSource clock;
    private final Facets facets;

    ReferenceTree(Persistent<Tree> content, StoreInfo info, InstantSource clock, Tools tools) {
        this.content = content;
        this.info = info;
        this.clock = clock;
        this.facets = Facets.of(
                new TreeDictionaries(this),
                new TreeTimestamps(this),
                new TreeAttributes(this),
                new TreeFiles(this),
                new TreeBatch(this),
                tools);
    }

    @Override
    public StoreInfo info() {
        content.checkOpen();
        return info;
    }

    @Override
    public <F extends Facet> Optional<F> facet(Class<F> type) {
        content.checkOpen();
        return facets.facet(type);
    }

    boolean isClosed() {
        return content.isClosed();
    }

    /** The store as it is now, for reading. */
    TreeView now() {
        return view(content.content());
    }

    /** A content that may be on its way to become the store's, for reading. */
    TreeView view(Tree tree) {
        return new TreeView(this, tree);
    }

    /** Changes the content as a whole. For the facets. */
    void update(String operation, Persistent.Update<Tree> update) throws StoreException {
        content.update(operation, update);
    }

    @Override
    public Optional<Kind> kind(Key key) {
        return now().kind(key);
    }

    @Override
    public byte[] get(Key key) throws StoreException {
        return now().get(key);
    }

    @Override
    public InputStream open(Key key) throws StoreException {
        return now().open(key);
    }

    @Override
    public int read(Key key, long offset, ByteBuffer target) throws StoreException {
        return now().read(key, offset, target);
    }

    @Override
    public Stream<Entry> list(Key dictionary) throws StoreException {
        return now().list(dictionary);
    }

    @Override
    public long size(Key key) throws StoreException {
        return now().size(key);
    }

    @Override
    public long totalSize(Key key) throws StoreException {
        return now().totalSize(key);
    }

    @Override
    public Optional<Instant> lastModified(Key key) throws StoreException {
        return now().lastModified(key);
    }

    @Override
    public byte[] digest(Key key) throws StoreException {
        return now().digest(key);
    }

    @Override
    public void set(Key key, byte[] value, SetOption... options) throws StoreException {
        Bytes.checkSize(value.length, TreeCodec.MAX_VALUE_BYTES, key.toString());
        setOwned(key, value.clone(), options);
    }

    @Override
    public void set(Key key, InputStream value, SetOption... options) throws StoreException {
        // Read before the writer's turn begins, since the stream may read from this store.
        setOwned(key, Bytes.of(value, TreeCodec.MAX_VALUE_BYTES, key.toString()), options);
    }

    private void setOwned(Key key, byte[] value, SetOption... options) throws StoreException {
        boolean replace = Arrays.asList(options).contains(SetOption.REPLACE_DICTIONARY);
        update("set", tree -> {
            Optional<Kind> present = TreeRules.checkSet(Lookup.in(view(tree), key), replace);
            checkLimits(key);
            boolean dictionary = present.isPresent() && present.get() == Kind.DICTIONARY;
            return withBytes(dictionary ? tree.without(key) : tree, key, value);
        });
    }

    /** The tree with new bytes, the time of now, and the attributes that the value had. */
    Tree withBytes(Tree tree, Key key, byte[] value) {
        Node old = tree.find(key);
        return tree.with(
                key, new Node.Value(value, clock.instant(), old == null ? Node.noAttributes() : old.attributes()));
    }

    static void checkLimits(Key key) throws LimitExceededException {
        if (key.depth() > TreeCodec.MAX_DEPTH) {
            throw new LimitExceededException("depth (segments)", TreeCodec.MAX_DEPTH, key.depth(), key.toString());
        }
        for (int i = 0; i < key.depth(); i++) {
            int length = key.segment(i).length;
            if (length > TreeCodec.MAX_SEGMENT_BYTES) {
                throw new LimitExceededException(
                        "segment (bytes)", TreeCodec.MAX_SEGMENT_BYTES, length, key.toString());
            }
        }
    }

    @Override
    public void write(Key key, long offset, ByteBuffer source, BeyondEnd rule) throws StoreException {
        ArgumentChecks.requireOffset(offset);
        update("write", tree -> {
            TreeRules.checkSet(Lookup.in(view(tree), key), false);
            checkLimits(key);
            byte[] old = tree.find(key) instanceof Node.Value value ? value.bytes() : new byte[0];
            if (offset > old.length && rule == BeyondEnd.REFUSE) {
                throw new InvalidRequestException(
                        "offset " + offset + " is past the end of " + key + ", which has " + old.length + " bytes");
            }
            long start = rule == BeyondEnd.APPEND ? Math.min(offset, old.length) : offset;
            return source.hasRemaining() ? withBytes(tree, key, spliced(key, old, start, source.duplicate())) : tree;
        });
        source.position(source.limit());
    }

    private static byte[] spliced(Key key, byte[] old, long start, ByteBuffer part) throws LimitExceededException {
        Bytes.checkSize(start, TreeCodec.MAX_VALUE_BYTES, key.toString());
        int end = (int) start + part.remaining();
        Bytes.checkSize(end, TreeCodec.MAX_VALUE_BYTES, key.toString());
        byte[] changed = Arrays.copyOf(old, Math.max(old.length, end));
        part.get(changed, (int) start, part.remaining());
        return changed;
    }

    @Override
    public void allocate(Key key, long size) throws StoreException {
        allocate(key, size, clock.instant());
    }

    /** Binds a key to zeros, with a time. */
    void allocate(Key key, long size, Instant time) throws StoreException {
        ArgumentChecks.requireSize(size);
        update("allocate", tree -> {
            TreeRules.checkCreate(Lookup.in(view(tree), key));
            checkLimits(key);
            Bytes.checkSize(size, TreeCodec.MAX_VALUE_BYTES, key.toString());
            return tree.with(key, new Node.Value(new byte[(int) size], time, Node.noAttributes()));
        });
    }

    @Override
    public boolean remove(Key key) throws StoreException {
        ArgumentChecks.requireRemovable(key);
        boolean[] found = new boolean[1];
        update("remove", tree -> {
            found[0] = tree.find(key) != null;
            return found[0] ? tree.without(key) : tree;
        });
        return found[0];
    }

    @Override
    public void clear() throws StoreException {
        update("clear", tree -> Tree.EMPTY.with(Key.ROOT, view(tree).node(Key.ROOT)));
    }

    @Override
    public void rename(Key source, Key target, RenameMode mode) throws StoreException {
        update("rename", tree -> {
            Optional<Key> exact =
                    TreeRules.renameTarget(Lookup.in(view(tree), source), Lookup.in(view(tree), target), mode);
            if (exact.isEmpty()) {
                return tree;
            }
            Tree moved = tree.moved(source, exact.get());
            for (var node : moved.subtree(exact.get()).toList()) {
                checkLimits(node.getKey());
            }
            return moved;
        });
    }

    @Override
    public void flush() {
        content.checkOpen();
    }

    @Override
    public void close() {
        content.close();
    }
}

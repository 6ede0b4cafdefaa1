package dev.morgana.tck.model;

import dev.morgana.spi.error.Failure;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.AtomicBatch;
import dev.morgana.spi.facet.Change;
import dev.morgana.spi.facet.Compaction;
import dev.morgana.spi.facet.Dictionaries;
import dev.morgana.spi.facet.FileHandle;
import dev.morgana.spi.facet.FileHandles;
import dev.morgana.spi.facet.GarbageCollection;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.BeyondEnd;
import dev.morgana.spi.store.Capability;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.RenameMode;
import dev.morgana.spi.store.SetOption;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The operations of the contract. */
public final class Operations {
    private Operations() {}

    /**
     * Sets a value.
     *
     * @param key the key
     * @param content its bytes
     * @param streamed whether they are given as a stream
     */
    public record Put(Key key, Content content, boolean streamed) implements Operation {
        @Override
        public @Nullable Boolean run(KeyValueStore store) throws StoreException {
            if (streamed) {
                store.set(key, new ByteArrayInputStream(content.bytes()));
            } else {
                store.set(key, content.bytes());
            }
            return null;
        }

        @Override
        public List<Operation> simpler() {
            return content.shorter().stream()
                    .<Operation>map(less -> new Put(key, less, streamed))
                    .toList();
        }

        @Override
        public Outcome apply(TreeModel model) {
            Refusal refusal = model.refusalOfSet(key, false);
            if (refusal != null) {
                return Outcome.refused(refusal);
            }
            model.put(key, content.bytes());
            return Outcome.DONE;
        }

        @Override
        public List<Key> targets(TreeModel before) {
            return List.of(key);
        }
    }

    /**
     * Sets a value where a dictionary may be.
     *
     * @param key the key
     * @param content its bytes
     */
    public record Replace(Key key, Content content) implements Operation {
        @Override
        public @Nullable Boolean run(KeyValueStore store) throws StoreException {
            store.set(key, content.bytes(), SetOption.REPLACE_DICTIONARY);
            return null;
        }

        @Override
        public List<Operation> simpler() {
            return content.shorter().stream()
                    .<Operation>map(less -> new Replace(key, less))
                    .toList();
        }

        @Override
        public Outcome apply(TreeModel model) {
            Refusal refusal = model.refusalOfSet(key, true);
            if (refusal != null) {
                return Outcome.refused(refusal);
            }
            model.put(key, content.bytes());
            return Outcome.DONE;
        }

        @Override
        public boolean isAtomic(TreeModel before, Set<Capability> capabilities) {
            return isTreeChangeAtomic(key, before, capabilities);
        }

        @Override
        public List<Key> targets(TreeModel before) {
            return List.of(key);
        }
    }

    /**
     * Writes a part of a value.
     *
     * @param key the key
     * @param offset where the first byte goes
     * @param content the bytes
     * @param rule what an offset past the end means
     */
    public record Write(Key key, int offset, Content content, BeyondEnd rule) implements Operation {
        @Override
        public @Nullable Boolean run(KeyValueStore store) throws StoreException {
            store.write(key, offset, ByteBuffer.wrap(content.bytes()), rule);
            return null;
        }

        @Override
        public List<Operation> simpler() {
            return content.shorter().stream()
                    .<Operation>map(less -> new Write(key, offset, less, rule))
                    .toList();
        }

        @Override
        public Outcome apply(TreeModel model) {
            Refusal refusal = model.refusalOfSet(key, false);
            if (refusal != null) {
                return Outcome.refused(refusal);
            }
            byte[] old = model.valueOrEmpty(key);
            if (offset > old.length && rule == BeyondEnd.REFUSE) {
                return Outcome.refused(Refusal.of(Failure.INVALID_REQUEST));
            }
            if (content.size() > 0) {
                int start = rule == BeyondEnd.APPEND ? Math.min(offset, old.length) : offset;
                byte[] changed = Arrays.copyOf(old, Math.max(old.length, start + content.size()));
                System.arraycopy(content.bytes(), 0, changed, start, content.size());
                model.put(key, changed);
            }
            return Outcome.DONE;
        }

        @Override
        public List<Key> targets(TreeModel before) {
            return List.of(key);
        }
    }

    /**
     * Allocates zeros.
     *
     * @param key the key
     * @param size how many
     */
    public record Allocate(Key key, int size) implements Operation {
        @Override
        public @Nullable Boolean run(KeyValueStore store) throws StoreException {
            store.allocate(key, size);
            return null;
        }

        @Override
        public List<Operation> simpler() {
            return new Content(size, 0)
                    .shorter().stream()
                            .<Operation>map(less -> new Allocate(key, less.size()))
                            .toList();
        }

        @Override
        public Outcome apply(TreeModel model) {
            Refusal refusal = model.refusalOfCreate(key);
            if (refusal != null) {
                return Outcome.refused(refusal);
            }
            model.put(key, new byte[size]);
            return Outcome.DONE;
        }

        @Override
        public List<Key> targets(TreeModel before) {
            return List.of(key);
        }
    }

    /**
     * Removes a value, or a dictionary with everything below it.
     *
     * @param key the key
     */
    public record Remove(Key key) implements Operation {
        @Override
        public Boolean run(KeyValueStore store) throws StoreException {
            return store.remove(key);
        }

        @Override
        public Outcome apply(TreeModel model) {
            if (key.isRoot()) {
                return Outcome.refused(Refusal.of(Failure.INVALID_REQUEST));
            }
            boolean found = model.kind(key).isPresent();
            model.remove(key);
            return Outcome.answered(found);
        }

        @Override
        public boolean isAtomic(TreeModel before, Set<Capability> capabilities) {
            return isTreeChangeAtomic(key, before, capabilities);
        }
    }

    /** Removes everything. */
    public record Clear() implements Operation {
        @Override
        public @Nullable Boolean run(KeyValueStore store) throws StoreException {
            store.clear();
            return null;
        }

        @Override
        public Outcome apply(TreeModel model) {
            model.remove(Key.ROOT);
            return Outcome.DONE;
        }

        @Override
        public boolean isAtomic(TreeModel before, Set<Capability> capabilities) {
            return false;
        }
    }

    /**
     * Moves a value or a dictionary.
     *
     * @param from the key to move
     * @param to where to
     * @param mode what a dictionary at the target means
     */
    public record Rename(Key from, Key to, RenameMode mode) implements Operation {
        @Override
        public @Nullable Boolean run(KeyValueStore store) throws StoreException {
            store.rename(from, to, mode);
            return null;
        }

        @Override
        public Outcome apply(TreeModel model) {
            Refusal refusal = model.refusalOfRename(from, to, mode);
            if (refusal != null) {
                return Outcome.refused(refusal);
            }
            Key exact = exact(model);
            if (!exact.equals(from)) {
                model.move(from, exact);
            }
            return Outcome.DONE;
        }

        private Key exact(TreeModel model) {
            return model.renameTarget(from, to, mode);
        }

        @Override
        public boolean isAtomic(TreeModel before, Set<Capability> capabilities) {
            return capabilities.contains(Capability.ATOMIC_RENAME);
        }

        @Override
        public List<Key> targets(TreeModel before) {
            return List.of(exact(before));
        }

        @Override
        public Optional<Key> source(TreeModel before) {
            return Optional.of(from);
        }
    }

    /**
     * Makes an empty dictionary; for stores with {@link Dictionaries}.
     *
     * @param key the key
     */
    public record MakeDictionary(Key key) implements Operation {
        @Override
        public @Nullable Boolean run(KeyValueStore store) throws StoreException {
            store.facet(Dictionaries.class).orElseThrow().create(key);
            return null;
        }

        @Override
        public Outcome apply(TreeModel model) {
            Refusal refusal = model.refusalOfCreate(key);
            if (refusal == null && model.kind(key.parent()).isEmpty()) {
                refusal = Refusal.of(Failure.NO_SUCH_KEY, key);
            }
            if (refusal != null) {
                return Outcome.refused(refusal);
            }
            model.makeDictionary(key);
            return Outcome.DONE;
        }
    }

    /**
     * Removes an empty dictionary; for stores with {@link Dictionaries}.
     *
     * @param key the key
     */
    public record RemoveDictionary(Key key) implements Operation {
        @Override
        public @Nullable Boolean run(KeyValueStore store) throws StoreException {
            store.facet(Dictionaries.class).orElseThrow().removeEmpty(key);
            return null;
        }

        @Override
        public Outcome apply(TreeModel model) {
            Refusal refusal = refusal(model);
            if (refusal != null) {
                return Outcome.refused(refusal);
            }
            model.remove(key);
            return Outcome.DONE;
        }

        private @Nullable Refusal refusal(TreeModel model) {
            if (key.isRoot()) {
                return Refusal.of(Failure.INVALID_REQUEST);
            }
            Optional<Kind> kind = model.kind(key);
            if (kind.isEmpty()) {
                return Refusal.of(Failure.NO_SUCH_KEY, key);
            }
            if (kind.get() == Kind.VALUE) {
                return Refusal.of(Failure.DICTIONARY_EXPECTED, key, key);
            }
            return model.hasChildren(key) ? Refusal.of(Failure.KEY_EXISTS) : null;
        }
    }

    /**
     * Writes a part of a value through a handle; for stores with {@link FileHandles}.
     *
     * @param key the key
     * @param offset where the first byte goes; a gap is filled with zeros
     * @param content the bytes
     */
    public record WriteFile(Key key, int offset, Content content) implements Operation {
        @Override
        public @Nullable Boolean run(KeyValueStore store) throws StoreException {
            FileHandles files = store.facet(FileHandles.class).orElseThrow();
            try (FileHandle handle = files.open(key, Set.of(StandardOpenOption.WRITE))) {
                handle.position(offset);
                ByteBuffer source = ByteBuffer.wrap(content.bytes());
                while (source.hasRemaining()) {
                    handle.write(source);
                }
            } catch (StoreException e) {
                throw e;
            } catch (IOException e) {
                throw new AssertionError("a handle just opened fails", e);
            }
            return null;
        }

        @Override
        public Outcome apply(TreeModel model) {
            Optional<Kind> kind = model.kind(key);
            if (kind.isEmpty()) {
                return Outcome.refused(Refusal.of(Failure.NO_SUCH_KEY, key));
            }
            if (kind.get() == Kind.DICTIONARY) {
                return Outcome.refused(Refusal.of(Failure.VALUE_EXPECTED, key));
            }
            return new Write(key, offset, content, BeyondEnd.ZERO_FILL).apply(model);
        }
    }

    /** Collects garbage, which changes no value; for stores with {@link GarbageCollection}. */
    public record Collect() implements Operation {
        @Override
        public @Nullable Boolean run(KeyValueStore store) throws StoreException {
            store.facet(GarbageCollection.class).orElseThrow().collect();
            return null;
        }

        @Override
        public Outcome apply(TreeModel model) {
            return Outcome.DONE;
        }
    }

    /** Compacts the store, which changes no value; for stores with {@link Compaction}. */
    public record Compact() implements Operation {
        @Override
        public @Nullable Boolean run(KeyValueStore store) throws StoreException {
            store.facet(Compaction.class).orElseThrow().compact();
            return null;
        }

        @Override
        public Outcome apply(TreeModel model) {
            return Outcome.DONE;
        }
    }

    /**
     * Changes several values as one; for stores with {@link AtomicBatch}. None of the keys may lie below a value, or be a
     * dictionary.
     *
     * @param contents what the keys are bound to; those without content are removed
     */
    public record Batch(List<Part> contents) implements Operation {
        public Batch {
            contents = List.copyOf(contents);
        }

        /**
         * One change.
         *
         * @param key the key
         * @param content its bytes, or null to remove it
         */
        public record Part(Key key, @Nullable Content content) {}

        @Override
        public @Nullable Boolean run(KeyValueStore store) throws StoreException {
            store.facet(AtomicBatch.class)
                    .orElseThrow()
                    .apply(contents.stream().map(Batch::change).toList());
            return null;
        }

        private static Change change(Part part) {
            byte[] key = part.key().toBytes();
            return part.content() == null
                    ? new Change.Remove(key)
                    : new Change.Put(key, part.content().bytes());
        }

        @Override
        public Outcome apply(TreeModel model) {
            for (Part part : contents) {
                if (part.content() == null) {
                    model.remove(part.key());
                } else {
                    model.put(part.key(), part.content().bytes());
                }
            }
            return Outcome.DONE;
        }

        @Override
        public List<Key> targets(TreeModel before) {
            return contents.stream()
                    .filter(part -> part.content() != null)
                    .map(Part::key)
                    .toList();
        }
    }

    private static boolean isTreeChangeAtomic(Key key, TreeModel before, Set<Capability> capabilities) {
        return before.kind(key).equals(Optional.of(Kind.VALUE))
                || before.kind(key).isEmpty()
                || capabilities.contains(Capability.ATOMIC_TREE_REMOVE);
    }
}

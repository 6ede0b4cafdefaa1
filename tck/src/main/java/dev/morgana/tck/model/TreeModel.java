package dev.morgana.tck.model;

import dev.morgana.spi.error.Failure;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.RenameMode;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A tree of keys as two sorted collections: the plainest reading of the contract, to hold stores against. Its methods change
 * it without any check; the questions whether an operation is refused have methods of their own. Not safe for use by many
 * threads.
 */
public final class TreeModel {
    private final boolean explicitDictionaries;
    private final TreeMap<Key, byte[]> values = new TreeMap<>();

    /** Without the root. Where dictionaries are not explicit, exactly the ancestors of the values. */
    private final TreeSet<Key> dictionaries = new TreeSet<>();

    /**
     * An empty tree.
     *
     * @param explicitDictionaries whether dictionaries exist by themselves; else they are there as long as a value is below
     */
    public TreeModel(boolean explicitDictionaries) {
        this.explicitDictionaries = explicitDictionaries;
    }

    /**
     * A tree with some content.
     *
     * @param explicitDictionaries whether dictionaries exist by themselves
     * @param state the content
     */
    public TreeModel(boolean explicitDictionaries, TreeState state) {
        this(explicitDictionaries);
        values.putAll(state.valuesByKey());
        dictionaries.addAll(state.dictionarySet());
    }

    /**
     * Another model with the same content.
     *
     * @return the copy
     */
    public TreeModel copy() {
        return new TreeModel(explicitDictionaries, state());
    }

    /** Takes over the content of another model. */
    void become(TreeModel other) {
        TreeState state = other.state();
        values.clear();
        values.putAll(state.valuesByKey());
        dictionaries.clear();
        dictionaries.addAll(state.dictionarySet());
    }

    /**
     * The content.
     *
     * @return a snapshot
     */
    public TreeState state() {
        return new TreeState(values, dictionaries);
    }

    /**
     * What a key is bound to.
     *
     * @param key the key
     * @return the kind, or empty
     */
    public Optional<Kind> kind(Key key) {
        if (values.containsKey(key)) {
            return Optional.of(Kind.VALUE);
        }
        return key.isRoot() || dictionaries.contains(key) ? Optional.of(Kind.DICTIONARY) : Optional.empty();
    }

    /**
     * A value.
     *
     * @param key its key
     * @return the bytes, none if there is no such value; not copied
     */
    public byte[] valueOrEmpty(Key key) {
        return values.getOrDefault(key, new byte[0]);
    }

    /**
     * Binds a key to a value; missing parents appear, and what was there before goes.
     *
     * @param key the key
     * @param value the bytes; not copied
     */
    public void put(Key key, byte[] value) {
        remove(key);
        addAncestors(key);
        values.put(key, value);
    }

    /**
     * Makes a dictionary, if dictionaries exist by themselves; missing parents appear.
     *
     * @param key the key
     */
    public void makeDictionary(Key key) {
        addAncestors(key);
        dictionaries.add(key);
    }

    private void addAncestors(Key key) {
        for (int depth = 1; depth < key.depth(); depth++) {
            dictionaries.add(key.ancestor(depth));
        }
    }

    /**
     * Removes a key and everything below it. The root stays.
     *
     * @param key the key
     */
    public void remove(Key key) {
        values.keySet().removeIf(key::isPrefixOf);
        dictionaries.removeIf(key::isPrefixOf);
        dropEmpty();
    }

    /** Where dictionaries are not explicit, those without a value below are gone. */
    private void dropEmpty() {
        if (!explicitDictionaries) {
            dictionaries.removeIf(dictionary -> values.keySet().stream().noneMatch(dictionary::isPrefixOf));
        }
    }

    /**
     * Moves a key and everything below it; missing parents appear, and what is at the target goes.
     *
     * @param source the key
     * @param target its new key
     */
    public void move(Key source, Key target) {
        TreeState before = state();
        remove(target);
        remove(source);
        addAncestors(target);
        for (Key key : before.dictionaries()) {
            if (source.isPrefixOf(key)) {
                dictionaries.add(moved(key, source, target));
            }
        }
        before.valuesByKey().forEach((key, value) -> {
            if (source.isPrefixOf(key)) {
                values.put(moved(key, source, target), value);
            }
        });
        dropEmpty();
    }

    /** The key that one at or below the source has after a move. */
    static Key moved(Key key, Key source, Key target) {
        Key moved = target;
        for (int i = source.depth(); i < key.depth(); i++) {
            moved = moved.child(key.segment(i));
        }
        return moved;
    }

    /**
     * Tells whether a key has a child.
     *
     * @param key the key
     * @return whether anything is below it
     */
    public boolean hasChildren(Key key) {
        return values.keySet().stream().anyMatch(other -> isBelow(key, other))
                || dictionaries.stream().anyMatch(other -> isBelow(key, other));
    }

    private static boolean isBelow(Key key, Key other) {
        return key.isPrefixOf(other) && !key.equals(other);
    }

    /**
     * Why a key cannot be bound to a value.
     *
     * @param key the key
     * @param replaceDictionary whether a dictionary may be replaced
     * @return the refusal, or null if it can
     */
    public @Nullable Refusal refusalOfSet(Key key, boolean replaceDictionary) {
        if (key.isRoot()) {
            return Refusal.of(Failure.VALUE_EXPECTED, key);
        }
        Refusal refusal = refusalBelowValue(key);
        if (refusal != null) {
            return refusal;
        }
        boolean dictionary = kind(key).equals(Optional.of(Kind.DICTIONARY));
        return dictionary && !replaceDictionary ? Refusal.of(Failure.VALUE_EXPECTED, key) : null;
    }

    /**
     * Why a key cannot be made.
     *
     * @param key the key
     * @return the refusal, or null if it can
     */
    public @Nullable Refusal refusalOfCreate(Key key) {
        Refusal refusal = refusalBelowValue(key);
        if (refusal != null) {
            return refusal;
        }
        return kind(key).isPresent() ? Refusal.of(Failure.KEY_EXISTS, key) : null;
    }

    private @Nullable Refusal refusalBelowValue(Key key) {
        if (key.reservedSegment() != null) {
            return Refusal.of(Failure.INVALID_REQUEST);
        }
        for (int depth = 1; depth < key.depth(); depth++) {
            if (values.containsKey(key.ancestor(depth))) {
                return Refusal.of(Failure.DICTIONARY_EXPECTED, key, key.ancestor(depth));
            }
        }
        return null;
    }

    /**
     * Where a rename takes its source, without regard to whether it is refused.
     *
     * @param source the key to move
     * @param target where to
     * @param mode what a dictionary at the target means
     * @return the exact key
     */
    public Key renameTarget(Key source, Key target, RenameMode mode) {
        boolean into = mode == RenameMode.INTO_DICTIONARY && kind(target).equals(Optional.of(Kind.DICTIONARY));
        return into && !source.isRoot() ? target.child(source.nameBytes()) : target;
    }

    /**
     * Why a key cannot be moved, by the table at {@link dev.morgana.spi.store.KeyValueStore#rename}.
     *
     * @param source the key to move
     * @param target where to
     * @param mode what a dictionary at the target means
     * @return the refusal, or null if it can
     */
    public @Nullable Refusal refusalOfRename(Key source, Key target, RenameMode mode) {
        if (source.isRoot()) {
            return Refusal.of(Failure.INVALID_REQUEST);
        }
        Optional<Kind> kind = kind(source);
        if (kind.isEmpty()) {
            return Refusal.of(Failure.NO_SUCH_KEY, source);
        }
        boolean dictionary = kind.get() == Kind.DICTIONARY;
        if (dictionary && source.isPrefixOf(target)) {
            return Refusal.of(Failure.RENAME_INTO_SELF, source, target);
        }
        if (source.equals(target)) {
            return null;
        }
        Refusal refusal = refusalBelowValue(target);
        if (refusal != null) {
            return refusal;
        }
        if (mode == RenameMode.EXACT && kind(target).equals(Optional.of(Kind.DICTIONARY))) {
            return Refusal.of(Failure.KEY_EXISTS, target);
        }
        return refusalAt(source, renameTarget(source, target, mode), dictionary);
    }

    /** Why a source cannot take the place of what is at its exact target. */
    private @Nullable Refusal refusalAt(Key source, Key exact, boolean dictionary) {
        if (exact.equals(source)) {
            return dictionary ? Refusal.of(Failure.RENAME_INTO_SELF, source, exact) : null;
        }
        Optional<Kind> present = kind(exact);
        if (present.isEmpty() || (present.get() == Kind.VALUE && !dictionary)) {
            return null;
        }
        return Refusal.of(Failure.VALUE_EXPECTED, present.get() == Kind.DICTIONARY ? exact : source);
    }
}

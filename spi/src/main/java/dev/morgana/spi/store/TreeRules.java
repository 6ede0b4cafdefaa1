package dev.morgana.spi.store;

import dev.morgana.spi.error.DictionaryExpectedException;
import dev.morgana.spi.error.InvalidRequestException;
import dev.morgana.spi.error.KeyExistsException;
import dev.morgana.spi.error.NoSuchKeyException;
import dev.morgana.spi.error.RenameIntoSelfException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.error.ValueExpectedException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import java.util.Optional;

/** The checks that come before a change of a tree, the same for every {@link KeyValueStore}. For backends. */
public final class TreeRules {
    private TreeRules() {}

    /**
     * Refuses keys that no store writes.
     *
     * @param key the key to write
     * @throws InvalidRequestException if a segment is {@code .} or {@code ..}
     */
    public static void checkWritable(Key key) throws InvalidRequestException {
        String reserved = key.reservedSegment();
        if (reserved != null) {
            throw new InvalidRequestException(
                    "segment '" + reserved + "' cannot be written: " + key + "; name the parent itself");
        }
    }

    /**
     * Refuses a key that lies below a value.
     *
     * @param at the key to write
     * @throws DictionaryExpectedException if an ancestor of the key is a value
     * @throws StoreException if the medium is damaged or fails
     */
    public static void checkAncestors(Lookup at) throws StoreException {
        Lookup.Ancestor nearest = at.nearestAncestor();
        if (nearest.kind() == Kind.VALUE) {
            throw new DictionaryExpectedException(at.key(), nearest.key());
        }
    }

    /**
     * Refuses what {@link KeyValueStore#set} and {@link KeyValueStore#write} refuse because of what is there.
     *
     * @param at the key to bind to a value
     * @param replaceDictionary whether a dictionary may be replaced
     * @return what is bound to the key now: a value, nothing, or (with {@code replaceDictionary}) a dictionary
     * @throws InvalidRequestException if a segment is {@code .} or {@code ..}
     * @throws ValueExpectedException if the key is the root, or a dictionary that must not be replaced
     * @throws DictionaryExpectedException if an ancestor of the key is a value
     * @throws StoreException if the medium is damaged or fails
     */
    public static Optional<Kind> checkSet(Lookup at, boolean replaceDictionary) throws StoreException {
        Key key = at.key();
        if (key.isRoot()) {
            throw new ValueExpectedException(key);
        }
        checkWritable(key);
        checkAncestors(at);
        Optional<Kind> kind = at.kind();
        if (kind.isPresent() && kind.get() == Kind.DICTIONARY && !replaceDictionary) {
            throw new ValueExpectedException(key);
        }
        return kind;
    }

    /**
     * Refuses what {@link KeyValueStore#allocate} refuses because of what is there.
     *
     * @param at the key to bind to a new value
     * @throws InvalidRequestException if a segment is {@code .} or {@code ..}
     * @throws KeyExistsException if the key is bound, as the root always is
     * @throws DictionaryExpectedException if an ancestor of the key is a value
     * @throws StoreException if the medium is damaged or fails
     */
    public static void checkCreate(Lookup at) throws StoreException {
        checkWritable(at.key());
        checkAncestors(at);
        Optional<Kind> kind = at.kind();
        if (kind.isPresent()) {
            throw new KeyExistsException(at.key(), kind.get());
        }
    }

    /**
     * The one reading of the table at {@link KeyValueStore#rename}: where the source goes, after every check.
     *
     * @param from the key to move
     * @param to where to
     * @param mode what a dictionary at the target means
     * @return the exact key that the source gets, at which there is nothing or (for a value) a value to replace: the target or
     *     a child of it; empty if there is nothing to do because the value stays where it is
     * @throws StoreException as the table says, or if the medium is damaged or fails
     */
    public static Optional<Key> renameTarget(Lookup from, Lookup to, RenameMode mode) throws StoreException {
        Key source = from.key();
        Key target = to.key();
        if (source.isRoot()) {
            throw new InvalidRequestException("the root cannot be moved");
        }
        Kind sourceKind = from.kind().orElseThrow(() -> new NoSuchKeyException(source));
        if (sourceKind == Kind.DICTIONARY && source.isPrefixOf(target)) {
            throw new RenameIntoSelfException(source, target);
        }
        if (source.equals(target)) {
            return Optional.empty();
        }
        checkWritable(target);
        checkAncestors(to);
        Optional<Kind> targetKind = to.kind();
        if (targetKind.isPresent() && targetKind.get() == Kind.DICTIONARY) {
            if (mode == RenameMode.EXACT) {
                throw new KeyExistsException(target, Kind.DICTIONARY);
            }
            return insideTarget(source, sourceKind, to);
        }
        if (targetKind.isPresent() && sourceKind == Kind.DICTIONARY) {
            throw new ValueExpectedException(source);
        }
        return Optional.of(target);
    }

    /**
     * Where {@link KeyValueStore#write} begins.
     *
     * @param key the key, for the message
     * @param size the size of its value in bytes; 0 if there is none
     * @param offset the offset that is asked for, at least 0
     * @param rule what an offset past the end means
     * @return the offset of the first byte that is written
     * @throws InvalidRequestException if the offset is past the end and the rule refuses that
     */
    public static long writeStart(Key key, long size, long offset, BeyondEnd rule) throws InvalidRequestException {
        if (offset > size && rule == BeyondEnd.REFUSE) {
            throw new InvalidRequestException(
                    "offset " + offset + " is past the end of " + key + ", which has " + size + " bytes");
        }
        return rule == BeyondEnd.APPEND ? Math.min(offset, size) : offset;
    }

    /**
     * Where a key goes when a key above it, or itself, is moved.
     *
     * @param key the source, or a key below it
     * @param source the key that is moved
     * @param target the exact key that the source gets
     * @return the target, or the key below it
     */
    public static Key moved(Key key, Key source, Key target) {
        Key moved = target;
        for (int i = source.depth(); i < key.depth(); i++) {
            moved = moved.child(key.segment(i));
        }
        return moved;
    }

    private static Optional<Key> insideTarget(Key source, Kind sourceKind, Lookup target) throws StoreException {
        Key exact = target.key().child(source.nameBytes());
        if (exact.equals(source)) {
            if (sourceKind == Kind.DICTIONARY) {
                throw new RenameIntoSelfException(source, exact);
            }
            return Optional.empty();
        }
        Optional<Kind> present = target.child(source.nameBytes()).kind();
        if (present.isPresent() && present.get() == Kind.DICTIONARY) {
            throw new ValueExpectedException(exact);
        }
        if (present.isPresent() && sourceKind == Kind.DICTIONARY) {
            throw new ValueExpectedException(source);
        }
        return Optional.of(exact);
    }
}

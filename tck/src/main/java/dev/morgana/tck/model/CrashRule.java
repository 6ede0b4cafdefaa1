package dev.morgana.tck.model;

import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.Capability;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a power loss may leave of an operation that was under way. */
final class CrashRule {
    private final Operation operation;
    private final TreeModel before;
    private final TreeState old;
    private final TreeState changed;
    private final boolean explicitDictionaries;
    private final boolean atomic;

    CrashRule(Operation operation, TreeModel before, TreeState changed, Set<Capability> capabilities) {
        this.operation = operation;
        this.before = before;
        this.old = before.state();
        this.changed = changed;
        this.explicitDictionaries = capabilities.contains(Capability.EXPLICIT_DICTIONARIES);
        this.atomic = operation.isAtomic(before, capabilities);
    }

    /** Why what was found is wrong; null if it is not. */
    @Nullable
    String violation(TreeState found) {
        if (found.equals(old) || found.equals(changed)) {
            return null;
        }
        String violation = valuesViolation(found);
        if (violation == null) {
            violation = dictionariesViolation(found);
        }
        if (violation == null && atomic && !isOldWithParents(found)) {
            violation = "the change is half done";
        }
        return violation;
    }

    private @Nullable String valuesViolation(TreeState found) {
        TreeSet<Key> keys = new TreeSet<>(old.valuesByKey().keySet());
        keys.addAll(changed.valuesByKey().keySet());
        keys.addAll(found.valuesByKey().keySet());
        for (Key key : keys) {
            if (!found.sameValue(old, key) && !found.sameValue(changed, key)) {
                return "value of " + key + " is neither the old nor the new one";
            }
        }
        Optional<Key> source = operation.source(before);
        return source.isPresent() ? movedViolation(found, source.get()) : null;
    }

    /** Whatever left its old key is at its new one. */
    private @Nullable String movedViolation(TreeState found, Key source) {
        Key target = operation.targets(before).get(0);
        for (Key key : old.keys()) {
            if (source.isPrefixOf(key) && found.value(key).isEmpty()) {
                Key moved = TreeModel.moved(key, source, target);
                byte[] value = old.valuesByKey().get(key);
                if (!Arrays.equals(found.valuesByKey().get(moved), value)) {
                    return "value of " + key + " is neither there nor at " + moved;
                }
            }
        }
        return null;
    }

    private @Nullable String dictionariesViolation(TreeState found) {
        if (!explicitDictionaries) {
            return null; // They follow from the values.
        }
        for (Key dictionary : old.dictionaries()) {
            if (changed.dictionarySet().contains(dictionary)
                    && !found.dictionarySet().contains(dictionary)) {
                return "dictionary " + dictionary + " is gone";
            }
        }
        for (Key dictionary : found.dictionaries()) {
            if (!old.dictionarySet().contains(dictionary)
                    && !changed.dictionarySet().contains(dictionary)) {
                return "dictionary " + dictionary + " was never made";
            }
        }
        return null;
    }

    /** Whether nothing happened, but that some missing parents appeared. */
    private boolean isOldWithParents(TreeState found) {
        if (!found.sameValues(old) || !explicitDictionaries) {
            return false;
        }
        TreeSet<Key> parents = new TreeSet<>();
        for (Key target : operation.targets(before)) {
            for (int depth = 1; depth < target.depth(); depth++) {
                parents.add(target.ancestor(depth));
            }
        }
        TreeSet<Key> unexplained = new TreeSet<>(found.dictionarySet());
        unexplained.removeAll(parents);
        unexplained.removeAll(old.dictionarySet());
        return unexplained.isEmpty() && found.dictionarySet().containsAll(old.dictionarySet());
    }
}

package dev.morgana.crypt.store;

import dev.morgana.crypt.layout.Version;
import dev.morgana.crypt.layout.VersionSum;
import dev.morgana.crypt.layout.VersionSums;
import dev.morgana.crypt.seal.VersionHashes;
import dev.morgana.spi.error.CorruptStoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which version each value has, so that an earlier value of the same key is not taken for the present one. In memory there is a
 * map; in the store there is the sum over it alone ({@link VersionSums}), so that a change costs the same however many values
 * there are. One thread changes it at a time; any may ask it.
 */
final class VersionIndex {
    /**
     * A name that gets another version.
     *
     * @param name the name
     * @param version the new version, or empty if the value is removed
     */
    record Change(byte[] name, Optional<Version> version) {}

    private final VersionHashes hashes;
    private final Damage damage;
    private final Map<Name, Version> versions = new ConcurrentHashMap<>();

    /** What a change that failed may have left instead, until it is known. */
    private final Map<Name, Optional<Version>> doubtful = new ConcurrentHashMap<>();

    private VersionSum sum = VersionSum.NONE;

    VersionIndex(VersionHashes hashes, Damage damage) {
        this.hashes = hashes;
        this.damage = damage;
    }

    /** Adds what is found in the store when it is opened. */
    void found(byte[] name, Version version) {
        apply(new Change(name, Optional.of(version)));
    }

    /** Refuses a store whose values are not those that its sums are about. */
    void requireOneOf(VersionSums sums) throws CorruptStoreException {
        boolean right = sum.equals(sums.settled()) || sum.equals(sums.next());
        if (!right && sums.going().isPresent()) {
            VersionSum rest = sum;
            for (Map.Entry<Name, Version> entry : versions.entrySet()) {
                byte[] name = entry.getKey().bytes();
                rest = sums.going().get().covers(name) ? rest.minus(hashes.of(name, entry.getValue())) : rest;
            }
            right = rest.equals(sums.going().get().without()) || rest.equals(sums.next());
        }
        if (!right) {
            throw damage.at(
                    OwnNames.versions(),
                    0,
                    "the version index of the values that are there",
                    "that of others: a value is an earlier one, or was removed or added without the key;"
                            + " acceptVersions=true takes what is there");
        }
    }

    /** The sum as it is now. */
    VersionSum sum() {
        return sum;
    }

    /** The sum as it will be after some changes, of different names. */
    VersionSum after(List<Change> changes) {
        VersionSum next = sum;
        for (Change change : changes) {
            Version old = versions.get(new Name(change.name()));
            next = old == null ? next : next.minus(hashes.of(change.name(), old));
            if (change.version().isPresent()) {
                next = next.plus(hashes.of(change.name(), change.version().get()));
            }
        }
        return next;
    }

    /** Notes that a change was made. */
    void apply(Change change) {
        sum = after(List.of(change));
        Name name = new Name(change.name().clone());
        if (change.version().isPresent()) {
            versions.put(name, change.version().get());
        } else {
            versions.remove(name);
        }
        doubtful.remove(name);
    }

    /** Notes that a change is under way, and may be seen. */
    void begin(List<Change> changes) {
        changes.forEach(change -> doubtful.put(new Name(change.name().clone()), change.version()));
    }

    /** The names of which it is not known whether their last change was made. */
    List<byte[]> doubtful() {
        List<byte[]> names = new ArrayList<>();
        doubtful.keySet().forEach(name -> names.add(name.bytes()));
        return names;
    }

    /** Refuses a version that is not the one that the value has. */
    void require(byte[] name, Optional<Version> found) throws CorruptStoreException {
        if (!isRight(name, found)) {
            throw damage.at(
                    name,
                    0,
                    "the version that was written last",
                    found.isPresent() ? "another one, such as an earlier one" : "no value");
        }
    }

    boolean isRight(byte[] name, Optional<Version> found) {
        Name key = new Name(name);
        return found.equals(Optional.ofNullable(versions.get(key))) || found.equals(doubtful.get(key));
    }

    /** The names that have a version. */
    List<byte[]> names() {
        return versions.keySet().stream().map(Name::bytes).toList();
    }

    /** The versions as they are now, for readers of a snapshot. */
    Map<Name, Version> snapshot() {
        return Map.copyOf(versions);
    }
}

package dev.morgana.crypt.vault;

import dev.morgana.crypt.cells.Damage;
import dev.morgana.crypt.cells.Name;
import dev.morgana.crypt.cells.OwnNames;
import dev.morgana.crypt.layout.Version;
import dev.morgana.crypt.layout.VersionSum;
import dev.morgana.crypt.layout.VersionSums;
import dev.morgana.crypt.seal.VersionHashes;
import dev.morgana.spi.error.CorruptStoreException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which version each value has, so that an earlier value of the same key is not taken for the present one. In memory there is a
 * map; in the store there is the sum over it alone ({@link VersionSums}), so that a change costs the same however many values
 * there are. One thread changes it at a time; any may ask it.
 *
 * <p>While values are being rewritten under a new data key, those that are still under an older one have two versions: the one
 * that is written in them, and the one that they will have, which the index is about.
 */
public final class VersionIndex {
    /**
     * A name that gets another version.
     *
     * @param name the name
     * @param version the new version, or empty if the value is removed
     */
    public record Change(byte[] name, Optional<Version> version) {}

    private final VersionHashes hashes;
    private final Damage damage;
    private final Map<Name, Version> versions = new ConcurrentHashMap<>();

    /** What a change that failed may have left instead, until it is known. */
    private final Map<Name, Optional<Version>> doubtful = new ConcurrentHashMap<>();

    /** What is written in values that are under an older data key. */
    private final Map<Name, Version> older = new ConcurrentHashMap<>();

    private VersionSum sum = VersionSum.NONE;

    VersionIndex(VersionHashes hashes, Damage damage) {
        this.hashes = hashes;
        this.damage = damage;
    }

    /** Adds what is found in the store when it is opened. */
    void found(byte[] name, Version version) {
        apply(new Change(name, Optional.of(version)));
    }

    /** Adds a value that is under an older data key, by the version that is written in it and the digest of all that is. */
    void foundOlder(byte[] name, Version written, byte[] digest) {
        found(name, hashes.rewritten(name, digest));
        older.put(new Name(name.clone()), written);
    }

    /** Whether the whole of a value that is under an older data key is what the index is about. */
    boolean isSource(byte[] name, byte[] digest) {
        return Optional.of(hashes.rewritten(name, digest)).equals(version(name));
    }

    /** The version that the index has for a name. */
    Optional<Version> version(byte[] name) {
        return Optional.ofNullable(versions.get(new Name(name)));
    }

    /** The names whose values are under an older data key. */
    public List<byte[]> older() {
        return older.keySet().stream().map(Name::bytes).toList();
    }

    /** Notes that a value was rewritten under the newest data key. */
    void rewritten(byte[] name) {
        older.remove(new Name(name));
    }

    /** Refuses a store whose values are not those that its sums are about. */
    public void requireOneOf(VersionSums sums) throws CorruptStoreException {
        if (!isOneOf(sums)) {
            throw damage.at(
                    OwnNames.state(),
                    0,
                    "the version index of the values that are there",
                    "that of others: a value is an earlier one, or was removed or added without the key;"
                            + " acceptVersions=true takes what is there");
        }
    }

    /** Whether the values of a store are those that its sums are about. */
    public boolean isOneOf(VersionSums sums) {
        if (sum.equals(sums.settled()) || sum.equals(sums.next())) {
            return true;
        }
        if (sums.going().isEmpty()) {
            return false;
        }
        VersionSum rest = withoutThose(sums.going().get().asSet());
        return rest.equals(sums.going().get().without()) || rest.equals(sums.next());
    }

    private VersionSum withoutThose(Set<ByteBuffer> going) {
        VersionSum rest = sum;
        for (Map.Entry<Name, Version> entry : versions.entrySet()) {
            byte[] hash = hashes.of(entry.getKey().bytes(), entry.getValue());
            rest = going.contains(ByteBuffer.wrap(VersionSums.Going.part(hash))) ? rest.minus(hash) : rest;
        }
        return rest;
    }

    /** What is announced of values that are about to go, one by one. */
    VersionSums.Going going(List<byte[]> names) {
        VersionSum without = sum;
        List<byte[]> parts = new ArrayList<>();
        for (byte[] name : names) {
            byte[] hash = hashes.of(name, version(name).orElseThrow());
            without = without.minus(hash);
            parts.add(VersionSums.Going.part(hash));
        }
        return new VersionSums.Going(without, parts);
    }

    /** The sum as it is now. */
    VersionSum sum() {
        return sum;
    }

    /** What tells the state of the store in an epoch. */
    byte[] state(int epoch) {
        return hashes.state(epoch, sum);
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
        older.remove(name);
    }

    /** Notes that a change is under way, and may be seen. */
    void begin(List<Change> changes) {
        changes.forEach(change -> doubtful.put(new Name(change.name().clone()), change.version()));
    }

    /** The names of which it is not known whether their last change was made. */
    List<byte[]> doubtful() {
        return doubtful.keySet().stream().map(Name::bytes).toList();
    }

    /** Ends the doubt about a name by what is there. */
    void resolve(byte[] name, Optional<Version> found) throws CorruptStoreException {
        require(name, found);
        if (isOlder(new Name(name), found)) {
            doubtful.remove(new Name(name)); // the change was not made
        } else {
            apply(new Change(name, found));
        }
    }

    /** Refuses a version that is not the one that the value has. */
    void require(byte[] name, Optional<Version> found) throws CorruptStoreException {
        Name key = new Name(name);
        boolean right = found.equals(Optional.ofNullable(versions.get(key)))
                || found.equals(doubtful.get(key))
                || isOlder(key, found);
        if (!right) {
            throw damage.at(
                    name,
                    0,
                    "the version that was written last",
                    found.isPresent() ? "another one, such as an earlier one" : "no value");
        }
    }

    private boolean isOlder(Name name, Optional<Version> found) {
        return found.isPresent() && found.get().equals(older.get(name));
    }

    /** The names that have a version and begin with a prefix. */
    List<byte[]> names(byte[] prefix) {
        return versions.keySet().stream()
                .map(Name::bytes)
                .filter(name -> begins(name, prefix))
                .toList();
    }

    private static boolean begins(byte[] name, byte[] prefix) {
        return name.length >= prefix.length && Arrays.equals(name, 0, prefix.length, prefix, 0, prefix.length);
    }

    /** The versions that are written in values now, for readers of a snapshot. */
    public Map<Name, Version> snapshot() {
        Map<Name, Version> written = new HashMap<>(versions);
        written.putAll(older);
        return written;
    }
}

package dev.morgana.embedkv.record;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What replicas that take part hold together. They differ after a power loss, since changes reach one after the other, and
 * after damage. What a strict majority says counts, also that a key is not bound; else the highest generation, so that
 * nothing acknowledged is lost. A replica with traces of damage has no vote that a key is not bound.
 */
public final class Merge {
    private final Map<Replica, Scan> scans;

    private Merge(Map<Replica, Scan> scans) {
        this.scans = scans;
    }

    /** The merger of replicas, in the order of the map. */
    static Merge of(Map<Replica, Scan> scans) {
        return new Merge(new LinkedHashMap<>(scans));
    }

    /** Every key that any replica has, with what it is bound to, if anything. */
    NavigableMap<byte[], Optional<Binding>> decisions() {
        NavigableSet<byte[]> keys = new TreeSet<>(Arrays::compareUnsigned);
        scans.values().forEach(scan -> keys.addAll(scan.records().keySet()));
        NavigableMap<byte[], Optional<Binding>> decisions = new TreeMap<>(Arrays::compareUnsigned);
        keys.forEach(key -> decisions.put(key, decide(key).map(agreed -> binding(key, agreed))));
        return decisions;
    }

    private Optional<StoredRecord> decide(byte[] key) {
        List<@Nullable StoredRecord> votes = new ArrayList<>();
        int absent = 0;
        for (Scan scan : scans.values()) {
            List<StoredRecord> records = scan.records().get(key);
            votes.add(records == null ? null : Scan.best(records));
            absent += records == null && !scan.isDamaged() ? 1 : 0;
        }
        if (2 * absent > votes.size()) {
            return Optional.empty();
        }
        return Optional.of(majority(votes).orElseGet(() -> highest(votes)));
    }

    private static Optional<StoredRecord> majority(List<@Nullable StoredRecord> votes) {
        for (StoredRecord candidate : votes) {
            if (candidate != null) {
                long same = votes.stream()
                        .filter(vote -> vote != null && vote.saysTheSameAs(candidate))
                        .count();
                if (2 * same > votes.size()) {
                    return Optional.of(candidate);
                }
            }
        }
        return Optional.empty();
    }

    private static StoredRecord highest(List<@Nullable StoredRecord> votes) {
        StoredRecord highest = null;
        for (StoredRecord candidate : votes) {
            if (candidate != null && (highest == null || candidate.generation() > highest.generation())) {
                highest = candidate;
            }
        }
        return java.util.Objects.requireNonNull(highest, "some replica has the key");
    }

    private Binding binding(byte[] key, StoredRecord agreed) {
        List<Binding.Copy> copies = new ArrayList<>();
        scans.forEach((replica, scan) ->
                same(scan, key, agreed).ifPresent(stored -> copies.add(new Binding.Copy(replica, stored))));
        return new Binding(copies);
    }

    private static Optional<StoredRecord> same(Scan scan, byte[] key, StoredRecord agreed) {
        return scan.records().getOrDefault(key, List.of()).stream()
                .filter(stored -> stored.saysTheSameAs(agreed))
                .findFirst();
    }
}

package dev.morgana.embedkv.record;

import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.StoreException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Recovery of one replica: what it holds is made what the replicas hold together. On one replica that is the reference
 * implementations' recovery (section 14). It can be interrupted anywhere and run again: what the others hold decides the same
 * each time.
 */
final class Reconciliation {
    private final Replica replica;
    private final Scan scan;
    private final NavigableMap<byte[], Optional<Binding>> decisions;
    private final List<Binding> missing = new ArrayList<>();

    /** Records that stay until what replaces them is durable. */
    private final List<StoredRecord> outdated = new ArrayList<>();

    Reconciliation(Replica replica, Scan scan, NavigableMap<byte[], Optional<Binding>> decisions) {
        this.replica = replica;
        this.scan = scan;
        this.decisions = decisions;
        for (Optional<Binding> decision : decisions.values()) {
            decision.filter(binding -> binding.on(replica).isEmpty()).ifPresent(missing::add);
        }
        missing.forEach(binding -> outdated.addAll(recordsOf(binding)));
    }

    /** How many records the replica lacks. */
    int missing() {
        return missing.size();
    }

    /** The blocks that are part of no record that counts, but for those of records that are to be replaced. */
    BitSet dead() {
        BitSet dead = scan.occupied();
        decisions.values().stream()
                .flatMap(Optional::stream)
                .flatMap(binding -> binding.on(replica).stream())
                .forEach(kept -> remove(dead, kept.blocks()));
        outdated.forEach(old -> remove(dead, old.blocks()));
        return dead;
    }

    private static void remove(BitSet blocks, int[] numbers) {
        Arrays.stream(numbers).forEach(blocks::clear);
    }

    private List<StoredRecord> recordsOf(Binding binding) {
        return scan.records().getOrDefault(binding.key(), List.of());
    }

    /** Writes what is missing, and frees what is dead. The decisions then have the new copies too. */
    void run() throws StoreException {
        replica.occupy(scan.occupied());
        replica.discard(dead().stream().toArray());
        replica.settle();
        Map<byte[], Binding> written = new TreeMap<>(Arrays::compareUnsigned);
        for (Binding binding : missing) {
            written.put(binding.key(), copy(binding));
        }
        outdated.forEach(old -> replica.discard(old.blocks()));
        replica.settle();
        written.forEach((key, binding) -> decisions.put(key, Optional.of(binding)));
    }

    private Binding copy(Binding binding) throws StoreException {
        try {
            return copyOf(binding, replica);
        } catch (NoSpaceException e) {
            // No room beside the old record, which the other replicas make up for.
            List<StoredRecord> old = recordsOf(binding);
            outdated.removeAll(old);
            old.forEach(one -> replica.discard(one.blocks()));
            replica.settle();
            return copyOf(binding, replica);
        }
    }

    /** A binding with a copy of its record on a further replica. */
    static Binding copyOf(Binding binding, Replica target) throws StoreException {
        FanOut copy = new FanOut(List.of(target), binding.key(), binding.generation(), binding.userFlags());
        copy.requireRoom(binding.size());
        List<Binding.Copy> copies = copy.write(new CopySource(binding));
        for (DeviceException failure : copy.failed().values()) {
            throw failure;
        }
        return binding.with(copies.get(0));
    }
}

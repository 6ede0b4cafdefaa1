package dev.morgana.embedkv.record;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.StoreException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is on the devices of a store, as opening would find it, for those who look and do not touch. */
public final class Survey {
    /**
     * A replica that does not hold what the replicas hold together.
     *
     * @param member the replica
     * @param key where it differs
     * @param expected what the replicas say together
     * @param found what this one says
     */
    public record Disagreement(Member member, byte[] key, String expected, String found) {}

    private final Opening opening;
    private final NavigableMap<byte[], Optional<Binding>> decisions;

    private Survey(Opening opening) {
        this.opening = opening;
        this.decisions = Merge.of(opening.scans()).decisions();
    }

    /** Looks at devices; fails where opening would. */
    public static Survey of(List<BlockDevice> devices, Settings settings) throws StoreException {
        return new Survey(Opening.of(devices, settings));
    }

    /** Every device, in the order given. */
    public List<Member> members() {
        return opening.members();
    }

    /** What each replica holds that takes part. */
    public Map<Member, Scan> scans() {
        Map<Member, Scan> scans = new LinkedHashMap<>();
        opening.scans().forEach((replica, scan) -> scans.put(members().get(replica.position()), scan));
        return scans;
    }

    /** What a replica holds that takes part. */
    public Scan scan(Member member) {
        return Objects.requireNonNull(
                opening.scans().get(member.replica().orElseThrow()), "a replica that takes part was scanned");
    }

    /** The blocks of each replica that takes part. */
    public Blocks blocks(Member member) {
        return member.replica().orElseThrow().blocks();
    }

    /** Whether the header of a replica was being rewritten when the power was lost. */
    public boolean isTorn(Member member) {
        return opening.torn().contains(member.replica().orElseThrow());
    }

    /** Tells whether a record is what its key is bound to, or would be on a replica that agrees. */
    public boolean counts(StoredRecord stored, Member member) {
        Replica replica = member.replica().orElseThrow();
        return decisions
                .getOrDefault(stored.key(), Optional.empty())
                .flatMap(binding -> binding.on(replica))
                .filter(kept -> kept.descriptor() == stored.descriptor())
                .isPresent();
    }

    /** The blocks of a replica that recovery frees. */
    public BitSet dead(Member member) {
        Replica replica = member.replica().orElseThrow();
        BitSet dead = scan(member).occupied();
        decisions.values().stream()
                .flatMap(Optional::stream)
                .flatMap(binding -> binding.on(replica).stream())
                .forEach(kept -> Arrays.stream(kept.blocks()).forEach(dead::clear));
        return dead;
    }

    /** The value of a record. */
    public byte[] read(Member member, StoredRecord stored) throws StoreException {
        return new RecordReader(blocks(member), stored).readAll();
    }

    /** How many keys are bound. */
    public long records() {
        return decisions.values().stream().filter(Optional::isPresent).count();
    }

    /** Where replicas that take part differ. */
    public List<Disagreement> disagreements() {
        List<Disagreement> found = new ArrayList<>();
        decisions.forEach((key, decision) -> opening.scans().forEach((replica, scan) -> {
            List<StoredRecord> records = scan.records().getOrDefault(key, List.of());
            StoredRecord best = records.isEmpty() ? null : Scan.best(records);
            StoredRecord agreed = decision.map(Binding::agreed).orElse(null);
            boolean same = agreed == null ? best == null : best != null && best.saysTheSameAs(agreed);
            if (!same) {
                Member member = members().get(replica.position());
                found.add(new Disagreement(member, key.clone(), text(agreed), text(best)));
            }
        }));
        return found;
    }

    private static String text(@Nullable StoredRecord stored) {
        return stored == null
                ? "no record"
                : "generation " + stored.generation() + " of " + stored.size() + " bytes, fingerprint "
                        + Integer.toHexString(stored.fingerprint());
    }
}

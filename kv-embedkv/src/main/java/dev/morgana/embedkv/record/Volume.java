package dev.morgana.embedkv.record;

import dev.morgana.embedkv.layout.BlockSize;
import dev.morgana.embedkv.layout.Generation;
import dev.morgana.embedkv.layout.PeerError;
import dev.morgana.embedkv.layout.StorageHeader;
import dev.morgana.spi.backend.CallerStream;
import dev.morgana.spi.backend.HostFailure;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.LimitExceededException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A store as it ought to be: what the replicas hold together, in memory; changes on all of them before the old is given up on
 * any; and a replica that fails is left behind, so that it shows (section 26).
 *
 * <p>Changes come one at a time. {@link #stage} leaves everything readable as it was, and may run beside readers; the other
 * methods that change something may not.
 */
public final class Volume {
    private final Settings settings;
    private final List<Member> members;
    private final NavigableMap<byte[], Binding> index = new TreeMap<>(Arrays::compareUnsigned);
    private final IndexBudget budget;
    private final Membership membership;

    private Volume(Settings settings, List<Member> members, Membership membership) {
        this.settings = settings;
        this.members = members;
        this.membership = membership;
        this.budget = new IndexBudget(settings.indexBytes());
    }

    /** Opens a store, and recovers it: in memory if it is read-only. */
    public static Volume open(List<BlockDevice> devices, Settings settings) throws StoreException {
        return recovered(Opening.of(devices, settings), settings);
    }

    /** The same, unless a device cannot be read, which may hold what the others do not: then nothing is recovered. */
    public static Volume openAll(List<BlockDevice> devices, Settings settings) throws StoreException {
        Opening opening = Opening.of(devices, settings);
        for (Member member : opening.members()) {
            member.requireRead();
        }
        return recovered(opening, settings);
    }

    private static Volume recovered(Opening opening, Settings settings) throws StoreException {
        Membership membership = new Membership(opening.members(), opening.epoch());
        Volume volume = new Volume(settings, opening.members(), membership);
        if (!settings.readOnly()) {
            for (Replica torn : opening.torn()) {
                membership.runOn(torn, replica -> replica.write(replica.header()));
            }
        }
        volume.load(opening.scans());
        return volume;
    }

    private void load(Map<Replica, Scan> scans) throws StoreException {
        NavigableMap<byte[], Optional<Binding>> decisions = Merge.of(scans).decisions();
        decisions.values().forEach(decision -> decision.ifPresent(budget::add));
        budget.require();
        if (!settings.readOnly()) {
            for (Map.Entry<Replica, Scan> entry : scans.entrySet()) {
                Reconciliation recovery = new Reconciliation(entry.getKey(), entry.getValue(), decisions);
                membership.runOn(entry.getKey(), replica -> recovery.run());
            }
        }
        index.clear();
        decisions.forEach((key, decision) -> decision.ifPresent(binding -> index.put(key, binding)));
    }

    /** Every device, in the order given. */
    public List<Member> members() {
        return members;
    }

    /** Tells whether a device does not take part. */
    public boolean isDegraded() {
        return membership.isDegraded();
    }

    /** The header of the first replica that takes part. */
    public StorageHeader header() {
        return first().header();
    }

    /** The blocks of the first replica that takes part. */
    public Blocks blocks() {
        return first().blocks();
    }

    private Replica first() {
        return membership.working().get(0);
    }

    /** How many blocks are free, on the replica that has the fewest; none are known if the store is read-only. */
    public OptionalLong freeBlocks() {
        return settings.readOnly()
                ? OptionalLong.empty()
                : OptionalLong.of(membership.working().stream()
                        .mapToLong(replica -> replica.room().free())
                        .min()
                        .orElse(0));
    }

    /** How much memory the index takes, about. */
    public long indexBytes() {
        return budget.used();
    }

    /** What every key is bound to, ascending; a view. */
    public NavigableMap<byte[], Binding> index() {
        return Collections.unmodifiableNavigableMap(index);
    }

    /** What a key is bound to. */
    public Optional<Binding> find(byte[] key) {
        return Optional.ofNullable(index.get(key));
    }

    /** A record that is durable on every replica, and not yet what its key is bound to. */
    public static final class Staged {
        private final Binding binding;

        private Staged(Binding binding) {
            this.binding = binding;
        }
    }

    /**
     * Writes a record that is to replace what a key is bound to.
     *
     * @param key not changed afterwards
     * @param size of the value, where it is known
     */
    public Staged stage(byte[] key, CallerStream value, OptionalLong size, long userFlags) throws StoreException {
        int longest = new BlockSize(blocks().size()).maxKey();
        if (key.length > longest) {
            throw PeerError.KEY_TOO_LONG.on(
                    new LimitExceededException("key (bytes)", Math.max(0, longest), key.length, Key.escape(key)));
        }
        membership.settle();
        membership.raiseEpoch();
        long generation = Generation.after(find(key).map(Binding::generation).orElse(0L), key);
        FanOut writing = new FanOut(membership.working(), key, generation, userFlags);
        if (size.isPresent()) {
            writing.requireRoom(size.getAsLong());
        }
        try {
            Binding written = new Binding(writing.write(new StreamSource(value)));
            accept(written, writing.failed());
            return new Staged(written);
        } catch (StoreException | RuntimeException e) {
            membership.trySettle();
            throw e;
        }
    }

    /** Whatever keeps a written record from being acknowledged, nothing of it may stay: it would pass for a later one. */
    private void accept(Binding written, Map<Replica, DeviceException> failed) throws StoreException {
        try {
            failed.forEach(membership::drop);
            budget.requireRoomFor(written, find(written.key()));
            membership.raiseEpoch();
        } catch (StoreException e) {
            discard(written);
            throw e;
        }
    }

    /** Binds a key to a staged record, and frees the old one. It does not fail: what cannot be freed now is freed later. */
    public void publish(Staged staged) {
        Binding old = index.put(staged.binding.key(), staged.binding);
        budget.add(staged.binding);
        if (old != null) {
            budget.remove(old);
            discard(old);
            membership.trySettle();
        }
    }

    private void discard(Binding binding) {
        for (Replica replica : membership.working()) {
            binding.on(replica).ifPresent(stored -> replica.discard(stored.blocks()));
        }
    }

    /** Removes a key; returns whether it was bound. After a failure it is still bound where its record is still there. */
    public boolean delete(byte[] key) throws StoreException {
        Binding binding = index.get(key);
        if (binding == null) {
            return false;
        }
        remove(List.of(binding));
        return true;
    }

    /** Removes every key. */
    public void clear() throws StoreException {
        remove(new ArrayList<>(index.values()));
    }

    private void remove(List<Binding> bindings) throws StoreException {
        membership.settle();
        membership.raiseEpoch();
        bindings.forEach(this::discard);
        try {
            membership.settle();
            membership.raiseEpoch();
        } catch (DeviceException e) {
            bindings.forEach(this::keepOrForget);
            throw e;
        }
        bindings.forEach(this::forget);
    }

    private void forget(Binding binding) {
        index.remove(binding.key());
        budget.remove(binding);
    }

    /** After a failure: a record that is still whole stays, and what is left of any other one goes. */
    private void keepOrForget(Binding binding) {
        boolean kept = false;
        for (Replica replica : membership.working()) {
            StoredRecord stored = binding.on(replica).orElse(null);
            if (stored != null && isReadable(replica, stored)) {
                replica.keep(stored.blocks());
                kept = true;
            }
        }
        if (!kept) {
            forget(binding);
        }
    }

    private static boolean isReadable(Replica replica, StoredRecord stored) {
        try {
            new RecordReader(replica.blocks(), stored).readAll();
            return true;
        } catch (StoreException e) {
            return false; // gone, or as good as gone
        }
    }

    /** Frees what failed calls left. */
    public void settle() throws StoreException {
        if (!settings.readOnly()) {
            membership.settle();
        }
    }

    /** Reads everything again and recovers it, as opening does, unless a device cannot be read. */
    public void recover() throws StoreException {
        Map<Replica, Scan> scans = new java.util.LinkedHashMap<>();
        List<DeviceException> unread = new ArrayList<>();
        for (Replica replica : membership.working()) {
            membership.runOn(replica, working -> {
                try {
                    scans.put(working, Scan.of(working.blocks(), settings.indexBytes()));
                } catch (DeviceException e) {
                    unread.add(e);
                    throw e;
                }
            });
        }
        for (DeviceException each : unread) {
            HostFailure.passOn(each);
        }
        budget.clear();
        load(scans);
    }

    /**
     * Makes each device that does not take part a replica again, with the content of those that do; each is told before.
     * Interrupted, it can be run again: until it is done, the device has no header.
     *
     * @throws StoreException one of them could not be read when the store was opened, and may hold what the others do not: none
     *     is rebuilt; or a device fails meanwhile
     */
    public void rebuild(Consumer<Member> told) throws StoreException {
        for (Member member : members) {
            member.requireRead();
        }
        for (Member member : members) {
            if (member.state() != Member.State.WORKING) {
                told.accept(member);
                rebuild(member);
            }
        }
    }

    private void rebuild(Member member) throws StoreException {
        Map<byte[], Binding> copied = new TreeMap<>(Arrays::compareUnsigned);
        member.join(new Rebuild(member, first(), settings.freePattern()).run(index, copied));
        index.putAll(copied);
        budget.clear();
        copied.values().forEach(budget::add);
    }
}

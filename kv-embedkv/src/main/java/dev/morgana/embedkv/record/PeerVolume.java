package dev.morgana.embedkv.record;

import dev.morgana.embedkv.layout.BlockSize;
import dev.morgana.embedkv.layout.PeerError;
import dev.morgana.embedkv.layout.StorageHeader;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.LimitExceededException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A store with the peers' own steps and answers, weaknesses included: replica after replica, the first failure ends a call,
 * and what cannot be read is missing (sections 11 to 19).
 */
public final class PeerVolume {
    private record Candidate(PeerReplica replica, StoredRecord stored) {}

    private final List<PeerReplica> replicas;

    private PeerVolume(List<PeerReplica> replicas) {
        this.replicas = replicas;
    }

    /**
     * Opens, without recovery and without an index.
     *
     * @param indexBytes how much memory the keys of a replica may take, about
     * @param rereads see {@link PeerReplica}
     * @param lossyKeys whether keys are compared as the Rust implementation does
     */
    public static PeerVolume open(List<Blocks> devices, long indexBytes, boolean rereads, boolean lossyKeys)
            throws StoreException {
        List<PeerReplica> replicas = new ArrayList<>();
        for (Blocks blocks : devices) {
            StorageHeader header = Headers.read(blocks);
            Headers.expectGeometry(blocks, header);
            Blocks first = devices.get(0);
            if (blocks.size() != first.size() || blocks.count() != first.count()) {
                throw Headers.mismatch(blocks, first);
            }
            KeyIdentity identity = lossyKeys ? KeyIdentity.LOSSY_TEXT : KeyIdentity.BYTES;
            replicas.add(new PeerReplica(blocks, header, indexBytes, rereads, identity));
        }
        return new PeerVolume(replicas);
    }

    /** The header of the first replica. */
    public StorageHeader header() {
        return replicas.get(0).header();
    }

    /** How many replicas there are. */
    public int replicas() {
        return replicas.size();
    }

    /** Frees whatever is part of no record that counts. */
    public void recover() throws StoreException {
        for (PeerReplica replica : replicas) {
            replica.recover();
        }
    }

    /** Reads which keys there are. */
    public void buildIndex() throws StoreException {
        for (PeerReplica replica : replicas) {
            replica.buildIndex();
        }
    }

    /** The indexed keys, ascending. */
    public SortedSet<byte[]> keys() {
        SortedSet<byte[]> keys = new TreeSet<>(Arrays::compareUnsigned);
        replicas.forEach(replica -> keys.addAll(replica.index().keySet()));
        return keys;
    }

    /** The indexed record of a key that counts, by the index alone. */
    public Optional<StoredRecord> find(byte[] key) {
        return candidates(key).stream().findFirst().map(Candidate::stored);
    }

    private List<Candidate> candidates(byte[] key) {
        List<Candidate> candidates = new ArrayList<>();
        for (PeerReplica replica : replicas) {
            replica.find(key).ifPresent(stored -> candidates.add(new Candidate(replica, stored)));
        }
        candidates.sort(Comparator.comparingLong(
                        (Candidate candidate) -> candidate.stored().generation())
                .reversed());
        return candidates;
    }

    /**
     * The value of a key; empty also if it is damaged on every replica.
     *
     * @throws StoreException no replica has it, and the device of one of them fails
     */
    public Optional<byte[]> get(byte[] key) throws StoreException {
        DeviceException unread = null;
        for (Candidate candidate : candidates(key)) {
            try {
                Optional<byte[]> value = candidate.replica().read(candidate.stored());
                if (value.isPresent()) {
                    return value;
                }
            } catch (StoreException e) {
                // Passed over, as the peers do; but a device that fails has not said that there is nothing.
                unread = HostFailure.of(e).orElse(unread);
            }
        }
        if (unread != null) {
            throw unread;
        }
        return Optional.empty();
    }

    /** Binds a key to a value on one replica after the other. */
    public void put(byte[] key, byte[] value, long userFlags) throws StoreException {
        int longest = new BlockSize(replicas.get(0).blocks().size()).maxKey();
        if (key.length > longest) {
            throw PeerError.KEY_TOO_LONG.on(
                    new LimitExceededException("key (bytes)", Math.max(0, longest), key.length, Key.escape(key)));
        }
        long generation =
                Generation.after(find(key).map(StoredRecord::generation).orElse(0L), key);
        for (PeerReplica replica : replicas) {
            replica.put(key.clone(), value, generation, userFlags);
        }
    }

    /** Removes a key from one replica after the other; answers whether any had it. */
    public boolean delete(byte[] key) throws StoreException {
        boolean found = false;
        for (PeerReplica replica : replicas) {
            if (replica.find(key).isPresent()) {
                replica.delete(key);
                found = true;
            }
        }
        return found;
    }

    /** The devices, in their order. */
    public List<Blocks> devices() {
        return replicas.stream().map(PeerReplica::blocks).toList();
    }
}

package dev.morgana.embedkv.record;

import dev.morgana.embedkv.layout.BlockSize;
import dev.morgana.embedkv.layout.Generation;
import dev.morgana.embedkv.layout.PeerError;
import dev.morgana.embedkv.layout.StorageHeader;
import dev.morgana.spi.backend.HostFailure;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.InvalidRequestException;
import dev.morgana.spi.error.LimitExceededException;
import dev.morgana.spi.error.Position;
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
 * A model of the peers, for their traces: their own steps and answers on the product's records, weaknesses included. Opening
 * neither recovers nor builds the index; then replica after replica, the first failure ends a call, and what cannot be read is
 * missing (embedkv page, sections 11 to 19). One call at a time.
 */
public final class PeerVolume {
    private record Candidate(PeerReplica replica, StoredRecord stored) {}

    private final List<PeerReplica> replicas;

    private PeerVolume(List<PeerReplica> replicas) {
        this.replicas = replicas;
    }

    /**
     * Formats: block 0 and nothing else, so that records from before are found again (embedkv page, section 11).
     *
     * @param devices as they come
     */
    public static void format(List<BlockDevice> devices, Settings settings) throws StoreException {
        List<Blocks> replicas = blocks(devices, settings);
        for (Blocks blocks : replicas) {
            if (blocks.size() < BlockSize.LEAST_OPENED) {
                throw PeerError.INVALID_BLOCK_SIZE.on(new CorruptStoreException(
                        new Position(blocks.device().name(), 0, 0, "storage header"),
                        "block size of at least " + BlockSize.LEAST_OPENED,
                        Integer.toString(blocks.size())));
            }
            Formatting.writeHeader(blocks, settings, replicas.indexOf(blocks));
        }
    }

    private static List<Blocks> blocks(List<BlockDevice> devices, Settings settings) throws StoreException {
        if (devices.isEmpty()) {
            throw PeerError.NO_REPLICAS.on(new InvalidRequestException("no devices"));
        }
        List<Blocks> blocks = new ArrayList<>();
        for (BlockDevice device : devices) {
            int size = settings.blockSize() == 0 ? device.geometry().blockSize() : settings.blockSize();
            blocks.add(DeviceShape.blocks(device, size, settings.blockCount(), settings.freePattern()));
        }
        return blocks;
    }

    /**
     * Opens, without recovery and without an index.
     *
     * @param given the devices as they come
     * @param rereads see {@link PeerReplica}
     * @param lossyKeys whether keys that are equal once whatever is not UTF-8 in them was replaced by U+FFFD are one key, as in
     *     the Rust implementation
     */
    public static PeerVolume open(List<BlockDevice> given, Settings settings, boolean rereads, boolean lossyKeys)
            throws StoreException {
        List<Blocks> devices = blocks(given, settings);
        List<PeerReplica> replicas = new ArrayList<>();
        for (Blocks blocks : devices) {
            StorageHeader header = Headers.read(blocks);
            Headers.expectGeometry(blocks, header);
            Blocks first = devices.get(0);
            if (blocks.size() != first.size() || blocks.count() != first.count()) {
                throw Headers.mismatch(blocks, first);
            }
            KeyIdentity identity = lossyKeys ? KeyIdentity.LOSSY_TEXT : KeyIdentity.BYTES;
            replicas.add(new PeerReplica(blocks, header, settings.indexBytes(), rereads, identity));
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
}

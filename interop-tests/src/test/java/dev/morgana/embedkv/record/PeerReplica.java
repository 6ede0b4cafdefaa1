package dev.morgana.embedkv.record;

import dev.morgana.embedkv.layout.BlockChecksum;
import dev.morgana.embedkv.layout.BlockClass;
import dev.morgana.embedkv.layout.BlockSize;
import dev.morgana.embedkv.layout.Defect;
import dev.morgana.embedkv.layout.PeerError;
import dev.morgana.embedkv.layout.RecordDescriptor;
import dev.morgana.embedkv.layout.StorageHeader;
import dev.morgana.embedkv.layout.ValueChunk;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One replica with the peers' steps: an index that is built on request and trusted afterwards, and no memory of what went
 * wrong.
 *
 * <p>The peers read the device again for each thing that they want to know. Where nobody but this store writes to it, the same
 * follows from memory; {@code rereads} asks for the reads too, for a device that changes or fails under the store.
 */
final class PeerReplica {
    private final Blocks blocks;
    private final StorageHeader header;
    private final long indexBytes;
    private final boolean rereads;
    private final KeyIdentity identity;
    private NavigableMap<byte[], StoredRecord> index = new TreeMap<>(Arrays::compareUnsigned);

    /** What is free, or null if that has to be found out. */
    private @Nullable Room room;

    /** What recovery found and left, until something is changed. */
    private @Nullable NavigableMap<byte[], StoredRecord> recovered;

    PeerReplica(Blocks blocks, StorageHeader header, long indexBytes, boolean rereads, KeyIdentity identity) {
        this.blocks = blocks;
        this.header = header;
        this.indexBytes = indexBytes;
        this.rereads = rereads;
        this.identity = identity;
    }

    StorageHeader header() {
        return header;
    }

    Blocks blocks() {
        return blocks;
    }

    NavigableMap<byte[], StoredRecord> index() {
        return index;
    }

    /** The indexed record of a key. */
    Optional<StoredRecord> find(byte[] key) {
        return Optional.ofNullable(index.get(identity.of(key)));
    }

    /** The embedkv page, section 15: the value of whatever complete record is where the indexed one was. */
    Optional<byte[]> read(StoredRecord indexed) throws StoreException {
        StoredRecord there =
                rereads ? new RecordFinder(blocks).at(indexed.descriptor()).orElse(null) : indexed;
        return there == null ? Optional.empty() : Optional.of(new RecordReader(blocks, there).readAll());
    }

    private void forget() {
        room = null;
        recovered = null;
    }

    private NavigableMap<byte[], StoredRecord> best(Scan scan) {
        NavigableMap<byte[], StoredRecord> best = new TreeMap<>(Arrays::compareUnsigned);
        for (List<StoredRecord> records : scan.records().values()) {
            StoredRecord candidate = Scan.best(records);
            best.merge(identity.of(candidate.key()), candidate, PeerReplica::better);
        }
        return best;
    }

    private static StoredRecord better(StoredRecord a, StoredRecord b) {
        boolean lower = a.descriptor() < b.descriptor();
        return a.generation() > b.generation() || (a.generation() == b.generation() && lower) ? a : b;
    }

    /** The embedkv page, section 13. */
    void buildIndex() throws StoreException {
        if (rereads) {
            index = new TreeMap<>(Arrays::compareUnsigned);
            indexByFollowing();
        } else if (recovered != null) {
            index = new TreeMap<>(recovered);
        } else {
            Scan scan = Scan.of(blocks, indexBytes);
            index = best(scan);
            room = new Room(blocks.count(), scan.occupied());
        }
    }

    /** What was found before a failure stays in the index. */
    private void indexByFollowing() throws DeviceException {
        RecordFinder finder = new RecordFinder(blocks);
        for (int block = 1; block < blocks.count(); block++) {
            StoredRecord found = finder.at(block).orElse(null);
            if (found != null) {
                index.merge(identity.of(found.key()), found, PeerReplica::better);
            }
        }
    }

    /** The embedkv page, section 14; the index stays as it is. */
    void recover() throws StoreException {
        forget();
        Scan scan = Scan.of(blocks, indexBytes);
        NavigableMap<byte[], StoredRecord> best = best(scan);
        BitSet live = new BitSet();
        best.values().forEach(kept -> Arrays.stream(kept.blocks()).forEach(live::set));
        BitSet dead = scan.occupied();
        dead.andNot(live);
        for (int block = dead.nextSetBit(0); block >= 0; block = dead.nextSetBit(block + 1)) {
            blocks.free(block);
        }
        if (!dead.isEmpty()) {
            blocks.sync();
        }
        room = new Room(blocks.count(), live);
        recovered = best;
    }

    /** The embedkv page, section 16, what is done on one replica. */
    void put(byte[] key, byte[] value, long generation, long userFlags) throws StoreException {
        recovered = null;
        RecordWriter writer = new RecordWriter(blocks, key, generation, userFlags);
        for (int block : allocate(key, new BlockSize(blocks.size()).blocks(key.length, value.length))) {
            writer.extend(block);
        }
        try {
            writer.writeAll(value);
            blocks.sync();
            StoredRecord old = index.put(identity.of(key), writer.record(value.length));
            if (old != null) {
                free(old);
                blocks.sync();
            }
        } catch (StoreException e) {
            forget();
            throw e;
        }
    }

    private int[] allocate(byte[] key, long wanted) throws StoreException {
        int[] found = rereads ? freeByReading(wanted) : freeFromRoom(wanted);
        if (found.length < wanted) {
            throw PeerError.STORAGE_FULL.on(new NoSpaceException(
                    "value of " + Key.escape(key),
                    OptionalLong.of(wanted * blocks.size()),
                    OptionalLong.of((long) found.length * blocks.size())));
        }
        return found;
    }

    private int[] freeFromRoom(long wanted) throws StoreException {
        if (room == null) {
            room = new Room(blocks.count(), Scan.of(blocks, indexBytes).occupied());
        }
        int[] found = new int[(int) Math.min(wanted, room.free())];
        if (found.length == wanted) {
            for (int i = 0; i < found.length; i++) {
                found[i] = room.take();
            }
        }
        return found;
    }

    private int[] freeByReading(long wanted) throws DeviceException {
        int[] found = new int[(int) Math.min(wanted, blocks.count())];
        byte[] block = new byte[blocks.size()];
        int length = 0;
        for (int number = 1; number < blocks.count() && length < wanted; number++) {
            blocks.read(number, block);
            if (BlockClass.of(block) == BlockClass.FREE) {
                found[length++] = number;
            }
        }
        return Arrays.copyOf(found, length);
    }

    /** The embedkv page, section 17, what is done on one replica that has the key. */
    void delete(byte[] key) throws StoreException {
        recovered = null;
        try {
            free(find(key).orElseThrow());
            blocks.sync();
            index.remove(identity.of(key));
        } catch (StoreException e) {
            forget();
            throw e;
        }
    }

    private void free(StoredRecord old) throws StoreException {
        if (rereads || room == null) {
            freeByReading(old.descriptor());
            return;
        }
        for (int block : old.blocks()) {
            blocks.free(block);
            room.give(block);
        }
    }

    private void freeByReading(int descriptor) throws StoreException {
        byte[] block = blocks.read(descriptor);
        if (!BlockChecksum.isRight(block)) {
            throw PeerError.CRC_MISMATCH.on(blocks.corrupt(
                    descriptor, "record descriptor", new Defect(0, "checksum", "another", Defect.Kind.CHECKSUM)));
        }
        blocks.free(descriptor);
        BitSet visited = new BitSet();
        visited.set(descriptor);
        long next = RecordDescriptor.nextOf(block);
        while (next < blocks.count() && !visited.get((int) next)) {
            visited.set((int) next);
            blocks.read((int) next, block);
            if (!BlockChecksum.isRight(block)) {
                return; // the rest of the chain stays behind until recovery
            }
            blocks.free((int) next);
            next = ValueChunk.nextOf(block);
        }
    }
}

package dev.morgana.embedkv.record;

import dev.morgana.embedkv.layout.BlockClass;
import dev.morgana.embedkv.layout.BlockType;
import dev.morgana.embedkv.layout.Decoded;
import dev.morgana.embedkv.layout.Defect;
import dev.morgana.embedkv.layout.Fingerprint;
import dev.morgana.embedkv.layout.RecordDescriptor;
import dev.morgana.embedkv.layout.ValueChunk;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.LimitExceededException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Everything that a replica holds, found by reading each block once. */
public final class Scan {
    private record Head(int block, RecordDescriptor descriptor, int fingerprint) {}

    private final Blocks blocks;
    private final IndexBudget budget;
    private final List<Head> heads = new ArrayList<>();
    private final ChunkTable chunks = new ChunkTable();
    private final BitSet occupied = new BitSet();
    private final BitSet loose = new BitSet();
    private final NavigableMap<byte[], List<StoredRecord>> records = new TreeMap<>(Arrays::compareUnsigned);
    private final List<Incomplete> incomplete = new ArrayList<>();

    private Scan(Blocks blocks, IndexBudget budget) {
        this.blocks = blocks;
        this.budget = budget;
    }

    /**
     * Reads the blocks of a replica, all but the header.
     *
     * @param indexBytes how much memory its keys may take, about
     */
    static Scan of(Blocks blocks, long indexBytes) throws DeviceException, LimitExceededException {
        Scan scan = new Scan(blocks, new IndexBudget(indexBytes));
        byte[] block = new byte[blocks.size()];
        for (int number = 1; number < blocks.count(); number++) {
            blocks.read(number, block);
            scan.take(number, block);
        }
        scan.heads.forEach(scan::follow);
        scan.heads.clear();
        return scan;
    }

    private void take(int number, byte[] block) throws LimitExceededException {
        if (BlockClass.isFree(block)) {
            return;
        }
        occupied.set(number);
        loose.set(number);
        if (BlockType.DESCRIPTOR.isOf(block)) {
            if (RecordDescriptor.decode(block) instanceof Decoded.Right<RecordDescriptor> right) {
                addHead(number, right.value(), block);
            }
        } else if (ValueChunk.decode(block) instanceof Decoded.Right<ValueChunk> chunk) {
            int part = chunk.value().part();
            chunks.add(number, chunk.value(), Fingerprint.ofPart(block, ValueChunk.PART_OFFSET, part));
        }
    }

    private void addHead(int number, RecordDescriptor found, byte[] block) throws LimitExceededException {
        budget.addScanned(found.key());
        heads.add(new Head(number, found, Fingerprint.ofPart(block, found.partOffset(), found.firstPart())));
    }

    private void follow(Head head) {
        Chain chain = new Chain(head.descriptor(), head.block(), head.fingerprint(), blocks);
        while (chain.hasNext()) {
            int block = chain.next();
            Optional<ValueChunk> chunk = chunks.chunk(block);
            Defect defect = chunk.isEmpty()
                    ? new Defect(0, "a chunk", "none", Defect.Kind.TYPE)
                    : chain.take(chunk.get(), chunks.fingerprint(block));
            if (defect != null) {
                addIncomplete(head, block, defect);
                return;
            }
        }
        Defect defect = chain.defect();
        if (defect != null) {
            addIncomplete(head, head.block(), defect);
        } else {
            StoredRecord complete = chain.record();
            Arrays.stream(complete.blocks()).forEach(loose::clear);
            records.computeIfAbsent(complete.key(), key -> new ArrayList<>(1)).add(complete);
        }
    }

    private void addIncomplete(Head head, int block, Defect defect) {
        RecordDescriptor descriptor = head.descriptor();
        incomplete.add(new Incomplete(descriptor.key(), descriptor.generation(), head.block(), block, defect));
    }

    /** The complete records by key, those of one key by ascending block. */
    public NavigableMap<byte[], List<StoredRecord>> records() {
        return Collections.unmodifiableNavigableMap(records);
    }

    /** The record of a key that counts: of those with the highest generation the one in the lowest block. */
    public static StoredRecord best(List<StoredRecord> ofOneKey) {
        StoredRecord best = ofOneKey.get(0);
        for (StoredRecord candidate : ofOneKey) {
            if (candidate.generation() > best.generation()) {
                best = candidate;
            }
        }
        return best;
    }

    /** Descriptors whose record is not complete. */
    public List<Incomplete> incomplete() {
        return Collections.unmodifiableList(incomplete);
    }

    /** The blocks that are not free; block 0 is not among them. */
    public BitSet occupied() {
        return (BitSet) occupied.clone();
    }

    /** The blocks that are neither free nor part of a complete record. */
    public BitSet loose() {
        return (BitSet) loose.clone();
    }

    /** Tells whether there are traces of a record that is not there as a whole, so that a missing key may be a lost one. */
    boolean isDamaged() {
        return !loose.isEmpty();
    }
}

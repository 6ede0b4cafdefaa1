package dev.morgana.embedkv.record;

import dev.morgana.embedkv.layout.BlockType;
import dev.morgana.embedkv.layout.Fingerprint;
import dev.morgana.embedkv.layout.RecordDescriptor;
import dev.morgana.embedkv.layout.ValueChunk;
import dev.morgana.spi.error.DeviceException;
import java.util.Optional;

/** Finds a record by following its chain on the device, block by block, as the peers do (embedkv page, section 9). */
final class RecordFinder {
    private final Blocks blocks;
    private final byte[] block;

    RecordFinder(Blocks blocks) {
        this.blocks = blocks;
        this.block = new byte[blocks.size()];
    }

    /** The record whose descriptor is in a block; empty if there is none, or it is not complete. */
    Optional<StoredRecord> at(int descriptor) throws DeviceException {
        blocks.read(descriptor, block);
        if (!BlockType.DESCRIPTOR.isOf(block)) {
            return Optional.empty();
        }
        Optional<RecordDescriptor> head = RecordDescriptor.decode(block).asOptional();
        if (head.isEmpty()) {
            return Optional.empty();
        }
        RecordDescriptor found = head.get();
        int first = Fingerprint.ofPart(block, found.partOffset(), found.firstPart());
        Chain chain = new Chain(found, descriptor, first, blocks);
        while (chain.hasNext()) {
            if (!takeNext(chain)) {
                return Optional.empty();
            }
        }
        return chain.defect() == null ? Optional.of(chain.record()) : Optional.empty();
    }

    private boolean takeNext(Chain chain) throws DeviceException {
        blocks.read(chain.next(), block);
        Optional<ValueChunk> chunk = ValueChunk.decode(block).asOptional();
        if (chunk.isEmpty()) {
            return false;
        }
        int part = Fingerprint.ofPart(block, ValueChunk.PART_OFFSET, chunk.get().part());
        return chain.take(chunk.get(), part) == null;
    }
}

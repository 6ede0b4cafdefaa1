package dev.morgana.embedkv.record;

import dev.morgana.embedkv.layout.BlockType;
import dev.morgana.embedkv.layout.StorageHeader;
import dev.morgana.spi.error.DeviceException;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * One replica that takes part: its blocks, what is free of them, and what a failed call left on it. What is left is freed
 * before anything else is changed, so that no half-done change can come back after a later one was acknowledged.
 */
final class Replica {
    private final int position;
    private final Blocks blocks;
    private final BitSet leftovers = new BitSet();
    private StorageHeader header;
    private @Nullable Room room;

    /** A replica that was just read. */
    Replica(int position, Blocks blocks, StorageHeader header) {
        this.position = position;
        this.blocks = blocks;
        this.header = header;
    }

    /** Its place in the list of devices, from 0. */
    int position() {
        return position;
    }

    Blocks blocks() {
        return blocks;
    }

    StorageHeader header() {
        return header;
    }

    /** What is free; known once the replica was {@linkplain #occupy scanned}. */
    Room room() {
        if (room == null) {
            throw new IllegalStateException("replica " + position + " was not scanned");
        }
        return room;
    }

    /** Notes which blocks are not free. */
    void occupy(BitSet occupied) {
        room = new Room(blocks.count(), occupied);
    }

    /** Notes blocks to be freed: of a record that is to go, or of one that could not be written. */
    void discard(int... numbers) {
        for (int number : numbers) {
            leftovers.set(number);
        }
    }

    /** Takes back {@link #discard}, for a record that turned out to be there still. */
    void keep(int... numbers) {
        for (int number : numbers) {
            leftovers.clear(number);
        }
    }

    /**
     * Frees what was discarded, with a sync; nothing happens if there is none. A block that takes no data any more is given up, if what is in it can never be
     * taken for a record.
     */
    void settle() throws DeviceException {
        if (leftovers.isEmpty()) {
            return;
        }
        BitSet freed = new BitSet();
        BitSet harmless = new BitSet();
        for (int number = leftovers.nextSetBit(0); number >= 0; number = leftovers.nextSetBit(number + 1)) {
            try {
                blocks.free(number);
                freed.set(number);
            } catch (DeviceException e) {
                if (BlockType.DESCRIPTOR.isOf(blocks.read(number))) {
                    throw e;
                }
                harmless.set(number);
            }
        }
        blocks.sync();
        freed.stream().forEach(room()::give);
        leftovers.clear();
        assert harmless.stream().noneMatch(freed::get);
    }

    /** Rewrites block 0, with a sync. */
    void write(StorageHeader changed) throws DeviceException {
        blocks.write(0, changed.encode());
        blocks.sync();
        header = changed;
    }
}

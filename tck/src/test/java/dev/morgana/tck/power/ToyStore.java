package dev.morgana.tck.power;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.Position;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.store.Capability;
import dev.morgana.spi.store.Facet;
import dev.morgana.spi.store.Limits;
import dev.morgana.spi.store.Store;
import dev.morgana.spi.store.StoreInfo;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * One number on four blocks, right or with a flaw. Blocks 0 and 1 take turns with pointers (sequence number, slot, CRC), blocks
 * 2 and 3 with the number itself, which has no checksum: it has to be durable before the pointer to it is.
 */
final class ToyStore implements Store {
    /** What is wrong with the store. */
    enum Flaw {
        NONE,
        NO_SYNC_BETWEEN,
        NO_SYNC_AT_END,
        POINTER_FIRST,
        TORN_POINTER_COUNTS,
        REWRITES_IN_PLACE_ON_OPEN,
        PROGRAMS_TWICE,
        READS_FOR_EVER_AFTER_CRASH,
        FORMAT_ERASES_NEWEST_FIRST
    }

    private static final int POINTER_BYTES = 12;

    private final BlockDevice device;
    private final Flaw flaw;
    private int pointerBlock;
    private int sequence;
    private int slot;

    private ToyStore(BlockDevice device, Flaw flaw) {
        this.device = device;
        this.flaw = flaw;
    }

    static void format(BlockDevice device, Flaw flaw) throws StoreException {
        ToyStore store = new ToyStore(device, flaw);
        int newest = store.isPointer(1) && store.word(1, 0) > store.word(0, 0) ? 1 : 0;
        int first = flaw == Flaw.FORMAT_ERASES_NEWEST_FIRST ? newest : 1 - newest;
        device.erase(first);
        device.sync();
        device.erase(1 - first);
        device.sync();
        device.erase(2);
        store.writeData(2, 0);
        device.sync();
        store.writePointer(0, 1, 2);
        device.sync();
    }

    static ToyStore open(BlockDevice device, Flaw flaw, boolean readOnly) throws StoreException {
        ToyStore store = new ToyStore(device, flaw);
        boolean first = store.isPointer(0);
        boolean second = store.isPointer(1);
        if (!first && !second) {
            throw new CorruptStoreException(new Position(device.name(), 0, 0, "pointer"), "a pointer", "none");
        }
        store.pointerBlock = second && (!first || store.word(1, 0) > store.word(0, 0)) ? 1 : 0;
        store.sequence = store.word(store.pointerBlock, 0);
        store.slot = store.word(store.pointerBlock, 4);
        if (store.slot != 2 && store.slot != 3) {
            throw new CorruptStoreException(
                    new Position(device.name(), 0, 4, "pointer"), "slot 2 or 3", "slot " + store.slot);
        }
        if (first != second && store.sequence > 1 && !readOnly) {
            store.recover();
        }
        return store;
    }

    private void recover() throws DeviceException {
        if (flaw == Flaw.REWRITES_IN_PLACE_ON_OPEN) {
            writePointer(pointerBlock, sequence, slot);
            device.sync();
        } else if (flaw == Flaw.READS_FOR_EVER_AFTER_CRASH) {
            while (sequence > 0) {
                word(0, 0);
            }
        }
    }

    private boolean isPointer(int block) throws DeviceException {
        if (flaw == Flaw.TORN_POINTER_COUNTS) {
            return word(block, 0) != -1;
        }
        return word(block, 8) == crc(word(block, 0), word(block, 4));
    }

    long get() throws DeviceException {
        return (long) word(slot, 0) << 32 | Integer.toUnsignedLong(word(slot, 4));
    }

    void put(long value) throws DeviceException {
        int nextSlot = 5 - slot;
        int nextPointer = 1 - pointerBlock;
        if (flaw == Flaw.POINTER_FIRST) {
            writePointer(nextPointer, sequence + 1, nextSlot);
            device.sync();
            writeData(nextSlot, value);
        } else {
            writeData(nextSlot, value);
            if (flaw != Flaw.NO_SYNC_BETWEEN) {
                device.sync();
            }
            writePointer(nextPointer, sequence + 1, nextSlot);
        }
        if (flaw != Flaw.NO_SYNC_AT_END) {
            device.sync();
        }
        slot = nextSlot;
        pointerBlock = nextPointer;
        sequence++;
    }

    private void writeData(int block, long value) throws DeviceException {
        if (flaw != Flaw.PROGRAMS_TWICE) {
            device.erase(block);
        }
        device.program(device.geometry().startOf(block), ByteBuffer.allocate(8).putLong(0, value));
    }

    private void writePointer(int block, int number, int target) throws DeviceException {
        ByteBuffer pointer = ByteBuffer.allocate(POINTER_BYTES);
        pointer.putInt(number).putInt(target).putInt(crc(number, target)).flip();
        device.erase(block);
        device.program(device.geometry().startOf(block), pointer);
    }

    private static int crc(int number, int target) {
        CRC32 crc = new CRC32();
        crc.update(ByteBuffer.allocate(8).putInt(number).putInt(target).flip());
        return (int) crc.getValue();
    }

    private int word(int block, int offset) throws DeviceException {
        ByteBuffer word = ByteBuffer.allocate(4);
        device.read(device.geometry().startOf(block) + offset, word);
        return word.getInt(0);
    }

    @Override
    public StoreInfo info() {
        return new StoreInfo(
                "toy", "", device.geometry(), false, Limits.NONE, Set.of(Capability.ERASE_BEFORE_WRITE), Map.of());
    }

    @Override
    public <F extends Facet> Optional<F> facet(Class<F> type) {
        return Optional.empty();
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
}

package dev.morgana.spi;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.StoreException;
import java.util.ArrayList;
import java.util.List;

/** Opened devices and their one owner. Closing closes them, unless they were released to a store, which closes them itself. */
final class Devices implements AutoCloseable {
    private final List<BlockDevice> owned;

    /** The owner of no device yet. */
    Devices() {
        this(List.of());
    }

    /** The owner of devices that another one has released. */
    Devices(List<BlockDevice> released) {
        owned = new ArrayList<>(released);
    }

    /** Puts a layer over a device. */
    @FunctionalInterface
    interface Wrapping {
        BlockDevice wrap(BlockDevice device) throws StoreException;
    }

    /** Takes the ownership of one more device. */
    void add(BlockDevice device) {
        owned.add(device);
    }

    /** Puts a layer over the device that was added last, which stays owned where that fails. */
    void wrapLast(Wrapping layer) throws StoreException {
        int last = owned.size() - 1;
        owned.set(last, layer.wrap(owned.get(last)));
    }

    /** The devices in their order; the ownership stays here. */
    List<BlockDevice> all() {
        return List.copyOf(owned);
    }

    /** Gives the ownership away, such as to the store that was opened over the devices. */
    List<BlockDevice> release() {
        List<BlockDevice> released = all();
        owned.clear();
        return released;
    }

    /** Closes every device that is still owned, also after one has failed to close. */
    @Override
    public void close() throws DeviceException {
        if (!owned.isEmpty()) {
            BlockDevice first = owned.remove(0);
            try (this) {
                first.close();
            }
        }
    }
}

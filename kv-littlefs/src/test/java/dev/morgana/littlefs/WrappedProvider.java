package dev.morgana.littlefs;

import dev.morgana.block.drivers.layer.BadBlockDevice;
import dev.morgana.block.drivers.layer.BadBlocks;
import dev.morgana.block.drivers.layer.BlockFault;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Repair;
import dev.morgana.spi.option.CommonOptions;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.Identification;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.provider.StoreProvider;
import dev.morgana.spi.store.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * littlefs on devices with bad blocks, or with the repair that a first change would begin with done at opening.
 *
 * @param bad what is wrong with which blocks
 * @param repairing whether to repair at opening
 */
record WrappedProvider(Map<Long, BlockFault> bad, boolean repairing) implements StoreProvider {
    private static final LittleFsProvider INNER = new LittleFsProvider();

    private List<BlockDevice> wrapped(List<BlockDevice> devices) throws StoreException {
        List<BlockDevice> layered = new ArrayList<>();
        for (BlockDevice device : devices) {
            BadBlocks blocks = new BadBlocks();
            bad.forEach(blocks::mark);
            layered.add(BadBlockDevice.of(device, blocks));
        }
        return layered;
    }

    @Override
    public void format(List<BlockDevice> devices, Options options) throws StoreException {
        INNER.format(wrapped(devices), options);
    }

    @Override
    public Store open(List<BlockDevice> devices, Options options) throws StoreException {
        Store store = INNER.open(wrapped(devices), options);
        if (repairing && !options.get(CommonOptions.READ_ONLY)) {
            try {
                store.facet(Repair.class).orElseThrow().repair(false, action -> {});
            } catch (StoreException e) {
                store.close();
                throw e;
            }
        }
        return store;
    }

    @Override
    public Inspection inspect(List<BlockDevice> devices, Options options) throws StoreException {
        return INNER.inspect(wrapped(devices), options);
    }

    @Override
    public Optional<Identification> probe(List<BlockDevice> devices) throws StoreException {
        return INNER.probe(wrapped(devices));
    }

    @Override
    public String format() {
        return INNER.format();
    }

    @Override
    public String description() {
        return INNER.description();
    }

    @Override
    public List<Option<?>> options() {
        return INNER.options();
    }
}

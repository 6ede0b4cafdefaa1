package dev.morgana.block.drivers.layer;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.BlockLayerProvider;
import java.util.List;

/** The layer {@code partition}: {@link PartitionDevice}. Either of its options asks for it. */
public final class PartitionLayer implements BlockLayerProvider {
    /** Where the partition begins. */
    public static final Option<Long> OFFSET =
            Option.size("offset").byDefault(0L).describe("first byte of the partition on the device");

    /** How long the partition is. */
    public static final Option<Long> LENGTH = Option.size("length")
            .range(1, Long.MAX_VALUE)
            .defaultRule("to the end of the device")
            .describe("length of the partition, a multiple of the block size");

    /** For {@link java.util.ServiceLoader}. */
    public PartitionLayer() {}

    @Override
    public String layer() {
        return "partition";
    }

    @Override
    public String description() {
        return "a range of the device as a device of its own";
    }

    @Override
    public List<Option<?>> options() {
        return List.of(OFFSET, LENGTH);
    }

    @Override
    public boolean isImpliedBy(Options options) {
        return options.has(OFFSET) || options.has(LENGTH);
    }

    @Override
    public BlockDevice wrap(BlockDevice inner, Options options) throws StoreException {
        options.check(options());
        long offset = options.get(OFFSET);
        long rest = Math.max(1, inner.geometry().sizeBytes() - offset);
        return PartitionDevice.of(inner, offset, options.optional(LENGTH).orElse(rest));
    }
}

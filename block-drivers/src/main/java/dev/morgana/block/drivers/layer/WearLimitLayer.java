package dev.morgana.block.drivers.layer;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.BlockLayerProvider;
import java.util.List;

/** The layer {@code wearlimit}: {@link WearLimitDevice}. */
public final class WearLimitLayer implements BlockLayerProvider {
    /** How many erases each block takes. */
    public static final Option<Long> CYCLES = Option.integer("cycles")
            .unit("erases")
            .range(0, Long.MAX_VALUE)
            .describe("how many erases each block takes before it goes bad");

    /** For {@link java.util.ServiceLoader}. */
    public WearLimitLayer() {}

    @Override
    public String layer() {
        return "wearlimit";
    }

    @Override
    public String description() {
        return "blocks go bad after a number of erases";
    }

    @Override
    public List<Option<?>> options() {
        return List.of(CYCLES);
    }

    @Override
    public BlockDevice wrap(BlockDevice inner, Options options) throws StoreException {
        options.check(options());
        long cycles = options.optional(CYCLES)
                .orElseThrow(() -> new InvalidOptionException(
                        "cycles", "is needed; cycles=1000 lets every block be erased 1000 times"));
        return WearLimitDevice.of(inner, cycles);
    }
}

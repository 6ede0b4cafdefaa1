package dev.morgana.block.drivers.layer;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.BlockLayerProvider;
import java.util.List;

/** The layer {@code stats}: {@link StatisticsDevice}. */
public final class StatisticsLayer implements BlockLayerProvider {
    /** Where to count; for programs that open a device by its address. */
    public static final Option<StatisticsRecorder> RECORDER = Option.object("recorder", StatisticsRecorder.class)
            .defaultRule("a new one")
            .describe("where a program wants the counts");

    /** For {@link java.util.ServiceLoader}. */
    public StatisticsLayer() {}

    @Override
    public String layer() {
        return "stats";
    }

    @Override
    public String description() {
        return "counts reads, programs, erases and syncs";
    }

    @Override
    public List<Option<?>> options() {
        return List.of(RECORDER);
    }

    @Override
    public BlockDevice wrap(BlockDevice inner, Options options) throws StoreException {
        options.check(options());
        return StatisticsDevice.of(inner, options.optional(RECORDER).orElseGet(StatisticsRecorder::new));
    }
}

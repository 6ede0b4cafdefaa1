package dev.morgana.block.drivers.layer;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.BlockLayerProvider;
import java.util.List;

/** The layer {@code readonly}: {@link ReadOnlyDevice}. */
public final class ReadOnlyLayer implements BlockLayerProvider {
    /** For {@link java.util.ServiceLoader}. */
    public ReadOnlyLayer() {}

    @Override
    public String layer() {
        return "readonly";
    }

    @Override
    public String description() {
        return "refuses programs and erases";
    }

    @Override
    public List<Option<?>> options() {
        return List.of();
    }

    @Override
    public BlockDevice wrap(BlockDevice inner, Options options) throws StoreException {
        options.check(options());
        return ReadOnlyDevice.of(inner);
    }
}

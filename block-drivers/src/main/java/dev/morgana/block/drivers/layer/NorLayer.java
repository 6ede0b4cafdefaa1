package dev.morgana.block.drivers.layer;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.BlockLayerProvider;
import java.util.List;

/** The layer {@code nor}: {@link NorDevice}. */
public final class NorLayer implements BlockLayerProvider {
    /** When a program is taken. */
    public static final Option<NorRule> RULE = Option.choice("program", NorRule.class)
            .byDefault(NorRule.ONCE)
            .describe("when a program is taken: once between erases, or while it only moves bits away from erased");

    /** For {@link java.util.ServiceLoader}. */
    public NorLayer() {}

    @Override
    public String layer() {
        return "nor";
    }

    @Override
    public String description() {
        return "refuses what NOR flash refuses: programming without an erase, and across blocks";
    }

    @Override
    public List<Option<?>> options() {
        return List.of(RULE);
    }

    @Override
    public BlockDevice wrap(BlockDevice inner, Options options) throws StoreException {
        options.check(options());
        if (inner.geometry().erased() == ErasedState.UNDEFINED) {
            throw new InvalidOptionException("erased", "undefined is not a state of flash, must be ones or zeros");
        }
        return NorDevice.of(inner, options.get(RULE));
    }
}

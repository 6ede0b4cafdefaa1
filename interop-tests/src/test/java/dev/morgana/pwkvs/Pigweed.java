package dev.morgana.pwkvs;

import dev.morgana.pwkvs.sector.Rules;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Options;

/** Stores that are not initialized yet, as recorded runs need them. */
public final class Pigweed {
    private Pigweed() {}

    /**
     * A store of the product, or the model of Pigweed's.
     *
     * @param faithful whether to do as Pigweed does where the product does better
     */
    public static PwKvs over(BlockDevice device, Options options, boolean faithful) throws StoreException {
        return PwKvs.over(device, options, faithful ? new PigweedRules() : Rules.PRODUCT);
    }
}

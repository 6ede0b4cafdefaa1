package dev.morgana.block.drivers.layer;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.BlockLayerProvider;
import java.util.List;
import java.util.Optional;

/** The layer {@code powercut}: {@link PowerCutDevice}. */
public final class PowerCutLayer implements BlockLayerProvider {
    /** When to cut. */
    public static final Option<Long> AFTER = Option.integer("after")
            .unit("operations")
            .range(0, Long.MAX_VALUE)
            .describe("how many programs and erases succeed before power is lost");

    /** What is left of the operation that is cut. */
    public static final Option<TornPart> TORN = Option.choice("torn", TornPart.class)
            .byDefault(TornPart.NONE)
            .describe("what is done of the program or erase during which power is lost");

    /** The switch; for programs that open a device by its address. */
    public static final Option<PowerSwitch> POWER = Option.object("power", PowerSwitch.class)
            .defaultRule("a new one")
            .describe("the switch with which a program cuts and restores the power");

    /** For {@link java.util.ServiceLoader}. */
    public PowerCutLayer() {}

    @Override
    public String layer() {
        return "powercut";
    }

    @Override
    public String description() {
        return "loses power during a chosen program or erase";
    }

    @Override
    public List<Option<?>> options() {
        return List.of(AFTER, TORN, POWER);
    }

    @Override
    public BlockDevice wrap(BlockDevice inner, Options options) throws StoreException {
        options.check(options());
        Optional<Long> after = options.optional(AFTER);
        if (after.isEmpty() && !options.has(POWER)) {
            throw new InvalidOptionException("after", "is needed; after=100 lets 100 programs and erases succeed");
        }
        PowerSwitch power = options.optional(POWER).orElseGet(PowerSwitch::new);
        TornPart torn = options.get(TORN);
        after.ifPresent(pass -> power.cutAfter(pass, torn));
        return PowerCutDevice.of(inner, power);
    }
}

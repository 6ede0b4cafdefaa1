package dev.morgana.block.drivers.layer;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.BlockLayerProvider;
import java.util.List;
import java.util.Optional;

/** The layer {@code readfail}: {@link ReadFailDevice}. */
public final class ReadFailLayer implements BlockLayerProvider {
    /** When reads begin to fail. */
    public static final Option<Long> AFTER = Option.integer("after")
            .unit("reads")
            .range(0, Long.MAX_VALUE)
            .describe("how many reads succeed before they begin to fail");

    /** How many fail. */
    public static final Option<Long> TIMES = Option.integer("times")
            .unit("reads")
            .range(1, Long.MAX_VALUE)
            .defaultRule("all that follow")
            .describe("how many reads fail before they succeed again");

    /** What decides; for programs that open a device by its address. */
    public static final Option<ReadFailures> FAILURES = Option.object("failures", ReadFailures.class)
            .defaultRule("a new one")
            .describe("where a program says which reads fail while the device is open");

    /** For {@link java.util.ServiceLoader}. */
    public ReadFailLayer() {}

    @Override
    public String layer() {
        return "readfail";
    }

    @Override
    public String description() {
        return "fails reads from a chosen one on";
    }

    @Override
    public List<Option<?>> options() {
        return List.of(AFTER, TIMES, FAILURES);
    }

    @Override
    public BlockDevice wrap(BlockDevice inner, Options options) throws StoreException {
        options.check(options());
        Optional<Long> after = options.optional(AFTER);
        if (after.isEmpty() && !options.has(FAILURES)) {
            throw new InvalidOptionException("after", "is needed; after=10 lets 10 reads succeed");
        }
        if (after.isEmpty() && options.has(TIMES)) {
            throw new InvalidOptionException("times", "needs after, which says when the first of them fails");
        }
        ReadFailures failures = options.optional(FAILURES).orElseGet(ReadFailures::new);
        long times = options.optional(TIMES).orElse(Long.MAX_VALUE);
        after.ifPresent(pass -> failures.failAfter(pass, times));
        return ReadFailDevice.of(inner, failures);
    }
}

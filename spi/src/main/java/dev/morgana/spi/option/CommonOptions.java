package dev.morgana.spi.option;

import java.time.InstantSource;

/** Options with one meaning for every provider. A provider that uses one, lists it among its own. */
public final class CommonOptions {
    /** Nothing is written to the device, whatever the format's recovery would like. */
    public static final Option<Boolean> READ_ONLY =
            Option.flag("readOnly").describe("open for reading only; recovery happens in memory");

    /** Where times come from. Nothing in Morgana reads the system's clock on its own. */
    public static final Option<InstantSource> CLOCK = Option.object("clock", InstantSource.class)
            .defaultRule("the system's clock in the command line, else the epoch")
            .describe("source of the times that a store records");

    /** Where choices come from that the format leaves open. */
    public static final Option<Long> SEED = Option.integer("seed")
            .byDefault(0L)
            .describe("seed of the choices that the format leaves to chance, such as the first block to allocate");

    /** Further images of one store, beside the one that the address names. */
    public static final Option<String> REPLICA =
            Option.path("replica").describe("a further replica of the same store; may be repeated");

    private CommonOptions() {}
}

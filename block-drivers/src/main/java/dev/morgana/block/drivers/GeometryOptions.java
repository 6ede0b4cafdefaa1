package dev.morgana.block.drivers;

import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.option.Options;
import java.util.List;

/** The options that say how large a medium is and into which units it is cut. All drivers have them. */
public final class GeometryOptions {
    /** The size of the device. */
    public static final Option<Long> SIZE = Option.size("size")
            .range(1, Long.MAX_VALUE)
            .defaultRule("the whole medium")
            .describe("size of the device; needed to make a medium");

    /** The unit of erasing. */
    public static final Option<Long> BLOCK_SIZE = Option.size("blockSize")
            .range(1, Integer.MAX_VALUE)
            .defaultRule("4096, or the largest power of two that divides the size")
            .describe("unit of erasing; divides the size");

    /** The number of blocks, another way to give the size. */
    public static final Option<Long> BLOCK_COUNT = Option.integer("blockCount")
            .unit("blocks")
            .range(1, Long.MAX_VALUE)
            .defaultRule("size / blockSize")
            .describe("number of blocks");

    /** The unit of reading. */
    public static final Option<Long> READ_SIZE = Option.size("readSize")
            .range(1, Integer.MAX_VALUE)
            .byDefault(1L)
            .describe("unit of reading; divides the block size");

    /** The unit of programming. */
    public static final Option<Long> PROG_SIZE = Option.size("progSize")
            .range(1, Integer.MAX_VALUE)
            .byDefault(1L)
            .describe("unit of programming; divides the block size");

    /** What erased blocks read as. */
    public static final Option<ErasedState> ERASED = Option.choice("erased", ErasedState.class)
            .byDefault(ErasedState.ONES)
            .describe("what the bits of an erased block are; undefined leaves the bytes alone");

    private GeometryOptions() {}

    /**
     * All of them.
     *
     * @return the declarations
     */
    public static List<Option<?>> all() {
        return List.of(SIZE, BLOCK_SIZE, BLOCK_COUNT, READ_SIZE, PROG_SIZE, ERASED);
    }

    /**
     * The options that ask for exactly one geometry.
     *
     * @param geometry the geometry
     * @return a value for each option
     */
    public static Options of(Geometry geometry) {
        return Options.none()
                .with(SIZE, geometry.sizeBytes())
                .with(BLOCK_SIZE, (long) geometry.blockSize())
                .with(BLOCK_COUNT, geometry.blockCount())
                .with(READ_SIZE, (long) geometry.readSize())
                .with(PROG_SIZE, (long) geometry.programSize())
                .with(ERASED, geometry.erased());
    }
}

package dev.morgana.block.drivers;

import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.option.Options;
import java.util.Optional;

/**
 * What {@linkplain GeometryOptions options} say about a geometry, and the rules that complete it: the blocks always cover
 * the size, so that no byte of a medium is out of reach because nobody gave a block size.
 */
public final class RequestedGeometry {
    /** The block size where nobody gives one: the page of hosts and the sector of most flash parts. */
    private static final int USUAL_BLOCK_SIZE = 4096;

    private final Options options;

    /** What the medium itself asks for, where the options say nothing. */
    private final int usualUnit;

    private final int usualBlockUnit;
    private final ErasedState usualErased;

    private RequestedGeometry(Options options, int usualUnit, int usualBlockUnit, ErasedState usualErased) {
        this.options = options;
        this.usualUnit = usualUnit;
        this.usualBlockUnit = usualBlockUnit;
        this.usualErased = usualErased;
    }

    /**
     * Takes what options say.
     *
     * @param options any; only those of {@link GeometryOptions} count
     * @return the request
     */
    public static RequestedGeometry of(Options options) {
        return new RequestedGeometry(options, 1, 1, ErasedState.ONES);
    }

    /**
     * This request over a medium with units and an erased state of its own, which count where the options say nothing.
     *
     * @param unit of reading and programming in bytes
     * @param blockUnit of erasing in bytes
     * @param erased what the medium reads as after an erase
     * @return the changed request
     */
    public RequestedGeometry withUnits(int unit, int blockUnit, ErasedState erased) {
        return new RequestedGeometry(options, unit, blockUnit, erased);
    }

    /**
     * The size asked for: {@code size}, or {@code blockCount} times {@code blockSize}.
     *
     * @return bytes, or empty if the options leave it to the medium
     * @throws InvalidOptionException if an option is malformed, or the product is too large
     */
    public Optional<Long> size() throws InvalidOptionException {
        Optional<Long> size = options.optional(GeometryOptions.SIZE);
        Optional<Long> count = options.optional(GeometryOptions.BLOCK_COUNT);
        Optional<Long> blockSize = options.optional(GeometryOptions.BLOCK_SIZE);
        if (size.isPresent() || count.isEmpty() || blockSize.isEmpty()) {
            return size;
        }
        if (count.get() > Long.MAX_VALUE / blockSize.get()) {
            throw invalid(
                    GeometryOptions.BLOCK_COUNT,
                    count.get() + " blocks of " + blockSize.get() + " bytes exceed 2^63 bytes");
        }
        return Optional.of(count.get() * blockSize.get());
    }

    /**
     * The geometry over a medium.
     *
     * @param mediumSize what counts where the options give no size, at least 1, in bytes
     * @return the geometry; it may be larger than the medium if the options ask for it
     * @throws InvalidOptionException if an option is malformed, or they contradict each other or the size
     */
    public Geometry over(long mediumSize) throws InvalidOptionException {
        long size = size().orElse(mediumSize);
        int blockSize = blockSize(size);
        long blockCount = size / blockSize;
        checkCount(size, blockSize, blockCount);
        return new Geometry(
                unit(GeometryOptions.READ_SIZE, blockSize),
                unit(GeometryOptions.PROG_SIZE, blockSize),
                blockSize,
                blockCount,
                options.has(GeometryOptions.ERASED) ? options.get(GeometryOptions.ERASED) : usualErased);
    }

    private int blockSize(long size) throws InvalidOptionException {
        Optional<Long> given = options.optional(GeometryOptions.BLOCK_SIZE);
        if (given.isEmpty()) {
            Optional<Long> count = options.optional(GeometryOptions.BLOCK_COUNT);
            return count.isPresent() ? share(size, count.get()) : usual(size);
        }
        if (given.get() % usualBlockUnit != 0) {
            throw invalid(
                    GeometryOptions.BLOCK_SIZE,
                    given.get() + " bytes are not a multiple of the medium's own block of " + usualBlockUnit
                            + " bytes");
        }
        if (size % given.get() != 0) {
            throw invalid(
                    GeometryOptions.BLOCK_SIZE,
                    given.get() + " bytes do not divide the size of " + size + " bytes; " + usual(size) + " would");
        }
        return Math.toIntExact(given.get());
    }

    private static int share(long size, long count) throws InvalidOptionException {
        if (size % count != 0 || size / count > Integer.MAX_VALUE) {
            throw invalid(
                    GeometryOptions.BLOCK_COUNT,
                    count + " blocks do not divide the size of " + size
                            + " bytes into blocks below 2 GiB; give blockSize");
        }
        return (int) (size / count);
    }

    private int usual(long size) {
        int unit = (int) Math.min(Long.lowestOneBit(size), USUAL_BLOCK_SIZE);
        return unit % usualBlockUnit == 0 ? unit : usualBlockUnit;
    }

    private void checkCount(long size, int blockSize, long blockCount) throws InvalidOptionException {
        long asked = options.optional(GeometryOptions.BLOCK_COUNT).orElse(blockCount);
        if (asked != blockCount) {
            throw invalid(
                    GeometryOptions.BLOCK_COUNT,
                    asked + " blocks of " + blockSize + " bytes are not the size of " + size + " bytes; " + blockCount
                            + " would be");
        }
    }

    private int unit(Option<Long> option, int blockSize) throws InvalidOptionException {
        long unit = options.has(option) ? options.get(option) : usualUnit;
        if (unit % usualUnit != 0) {
            throw invalid(
                    option, unit + " bytes are not a multiple of the medium's own unit of " + usualUnit + " bytes");
        }
        if (blockSize % unit != 0) {
            throw invalid(
                    option,
                    unit + " bytes do not divide the block size of " + blockSize
                            + " bytes; give a blockSize that is a multiple");
        }
        return (int) unit;
    }

    private static InvalidOptionException invalid(Option<?> option, String reason) {
        return new InvalidOptionException(option.name(), reason);
    }
}

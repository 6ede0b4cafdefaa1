package dev.morgana.block.drivers;

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

    private RequestedGeometry(Options options) {
        this.options = options;
    }

    /**
     * Takes what options say.
     *
     * @param options any; only those of {@link GeometryOptions} count
     * @return the request
     */
    public static RequestedGeometry of(Options options) {
        return new RequestedGeometry(options);
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
                options.get(GeometryOptions.ERASED));
    }

    private int blockSize(long size) throws InvalidOptionException {
        Optional<Long> given = options.optional(GeometryOptions.BLOCK_SIZE);
        if (given.isEmpty()) {
            Optional<Long> count = options.optional(GeometryOptions.BLOCK_COUNT);
            return count.isPresent() ? share(size, count.get()) : usual(size);
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

    private static int usual(long size) {
        return (int) Math.min(Long.lowestOneBit(size), USUAL_BLOCK_SIZE);
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
        long unit = options.get(option);
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

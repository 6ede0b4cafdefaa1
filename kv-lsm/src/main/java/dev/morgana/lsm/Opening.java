package dev.morgana.lsm;

import dev.morgana.lsm.layout.Shape;
import dev.morgana.lsm.store.Settings;
import dev.morgana.lsm.tree.Pages;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.CommonOptions;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.option.Options;
import java.util.Optional;

/** Gives a device the shape that options ask for. */
final class Opening {
    private static final long MOST_PAGES = 65535;
    private static final int DEFAULT_MAX_PAGES = 256;

    private Opening() {}

    /** What options say, and defaults for the rest. */
    static Settings settings(BlockDevice device, Options options) throws StoreException {
        options.check(EkvOptions.all());
        int pageSize =
                integer(options, EkvOptions.PAGE_SIZE).orElse(device.geometry().blockSize());
        long there = device.geometry().sizeBytes() / pageSize;
        int count = integer(options, EkvOptions.PAGE_COUNT).orElse((int) Math.min(there, MOST_PAGES));
        Shape shape = new Shape(
                pageSize,
                integer(options, EkvOptions.MAX_PAGE_COUNT).orElse(maxPageCount(count)),
                integer(options, EkvOptions.ALIGN).orElse(4),
                eraseValue(device, options),
                options.optional(EkvOptions.CRC).orElse(true),
                integer(options, EkvOptions.MAX_KEY_SIZE).orElse(64),
                integer(options, EkvOptions.MAX_VALUE_SIZE).orElse(1024),
                options.get(EkvOptions.BRANCHING_FACTOR).intValue(),
                options.get(EkvOptions.MAX_CHUNK_SIZE).intValue(),
                options.get(EkvOptions.SCRATCH_PAGE_COUNT).intValue());
        Optional<Shape.Fault> fault = shape.fault();
        if (fault.isPresent()) {
            throw new InvalidOptionException(fault.get().option(), fault.get().reason());
        }
        return new Settings(
                shape,
                options.get(EkvOptions.RANDOM_SEED),
                options.get(CommonOptions.READ_ONLY) || device.isReadOnly(),
                options.get(EkvOptions.STRICT_ORDER),
                options.get(EkvOptions.CACHE_BYTES));
    }

    private static int maxPageCount(int count) {
        return count <= DEFAULT_MAX_PAGES ? DEFAULT_MAX_PAGES : Integer.highestOneBit(count - 1) << 1;
    }

    private static Optional<Integer> integer(Options options, Option<Long> option) throws InvalidOptionException {
        return options.optional(option).map(Long::intValue);
    }

    private static byte eraseValue(BlockDevice device, Options options) throws InvalidOptionException {
        Optional<String> given = options.optional(EkvOptions.ERASE_VALUE);
        return given.isPresent()
                ? (byte) Integer.parseInt(given.get())
                : (byte) device.geometry().erased().byteValue().orElse(0xff);
    }

    /** The device as pages: as many as there are, or as the options say. */
    static Pages pages(BlockDevice device, Shape shape, Options options) throws StoreException {
        Geometry own = device.geometry();
        if (shape.align() % own.readSize() != 0 || shape.align() % own.programSize() != 0) {
            throw new InvalidOptionException(
                    EkvOptions.ALIGN.name(),
                    shape.align() + " is no multiple of what " + device.name() + " reads (" + own.readSize()
                            + ") and programs (" + own.programSize() + ") at once");
        }
        Geometry whole = own.withUnits(own.readSize(), own.programSize(), shape.pageSize())
                .withErased(shape.eraseValue() == 0 ? ErasedState.ZEROS : ErasedState.ONES);
        long count = integer(options, EkvOptions.PAGE_COUNT)
                .map(Integer::longValue)
                .orElse(Math.min(whole.blockCount(), MOST_PAGES));
        if (count > whole.blockCount()) {
            throw new InvalidOptionException(
                    EkvOptions.PAGE_COUNT.name(),
                    count + " pages of " + shape.pageSize() + " bytes do not fit on " + device.name() + ", at most "
                            + whole.blockCount() + " do");
        }
        return new Pages(device.reshape(whole.withBlockCount(count)), shape, (int) count);
    }
}

package dev.morgana.lsm;

import dev.morgana.lsm.layout.Shape;
import dev.morgana.lsm.store.Settings;
import dev.morgana.lsm.tree.Evidence;
import dev.morgana.lsm.tree.Mount;
import dev.morgana.lsm.tree.Pages;
import dev.morgana.lsm.tree.RecordSizes;
import dev.morgana.lsm.tree.Tree;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.CommonOptions;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.option.Options;
import java.util.Optional;

/**
 * Finds out what an image looks like, as far as the options do not say it, and gives its device that shape. Given options
 * count; they are compared with the image where they make no sense of it.
 */
final class Opening {
    private static final long MOST_PAGES = 65535;
    private static final int DEFAULT_MAX_PAGES = 256;
    private static final int[] OTHER_ALIGNMENTS = {2, 1, 8, 16};

    private final BlockDevice device;
    private final Options options;
    private final Optional<Evidence> evidence;

    private Opening(BlockDevice device, Options options, Optional<Evidence> evidence) {
        this.device = device;
        this.options = options;
        this.evidence = evidence;
    }

    /** For formatting: what is there does not matter. */
    static Opening toFormat(BlockDevice device, Options options) throws StoreException {
        options.check(EkvOptions.all());
        return new Opening(device, options, Optional.empty());
    }

    /** For what is there. It is not looked at if the options say everything. */
    static Opening ofImage(BlockDevice device, Options options) throws StoreException {
        options.check(EkvOptions.all());
        boolean told = options.has(EkvOptions.PAGE_SIZE)
                && options.has(EkvOptions.CRC)
                && options.has(EkvOptions.MAX_PAGE_COUNT)
                && options.has(EkvOptions.ERASE_VALUE);
        Optional<Integer> size = integer(options, EkvOptions.PAGE_SIZE);
        return new Opening(device, options, told ? Optional.empty() : Evidence.of(device, size));
    }

    /** What options and image say, and defaults for the rest. */
    Settings settings() throws StoreException {
        Shape shape = shape();
        Optional<Shape.Fault> fault = shape.fault();
        if (fault.isPresent()) {
            throw new InvalidOptionException(fault.get().option(), fault.get().reason());
        }
        return new Settings(
                shape,
                options.get(EkvOptions.RANDOM_SEED),
                options.get(CommonOptions.READ_ONLY) || device.isReadOnly(),
                options.get(EkvOptions.STRICT_ORDER),
                options.get(EkvOptions.CACHE_BYTES),
                options.get(EkvOptions.TRANSACTION_BYTES));
    }

    /** What options and image say of the image itself. */
    Shape shape() throws StoreException {
        int pageSize = integer(options, EkvOptions.PAGE_SIZE)
                .or(() -> evidence.map(Evidence::pageSize))
                .orElse(device.geometry().blockSize());
        long there = Math.min(device.geometry().sizeBytes() / pageSize, MOST_PAGES);
        int count = integer(options, EkvOptions.PAGE_COUNT).orElse((int) there);
        return new Shape(
                pageSize,
                integer(options, EkvOptions.MAX_PAGE_COUNT).orElse(maxPageCount(count)),
                integer(options, EkvOptions.ALIGN)
                        .orElse(Math.max(4, device.geometry().programSize())),
                eraseValue(),
                options.optional(EkvOptions.CRC)
                        .or(() -> evidence.map(Evidence::crc))
                        .orElse(false),
                integer(options, EkvOptions.MAX_KEY_SIZE).orElse(64),
                integer(options, EkvOptions.MAX_VALUE_SIZE).orElse(1024),
                options.get(EkvOptions.BRANCHING_FACTOR).intValue(),
                options.get(EkvOptions.MAX_CHUNK_SIZE).intValue(),
                options.get(EkvOptions.SCRATCH_PAGE_COUNT).intValue());
    }

    /** The length of skip lists tells it within a factor of two. */
    private int maxPageCount(int pages) {
        int skip = evidence.map(Evidence::skipLength).orElse(0);
        if (skip > 0) {
            long least = evidence.map(Evidence::pageCount).orElse(0L);
            return (int) Math.max(4L << skip, Math.min(least, (8L << skip) - 1));
        }
        return pages <= DEFAULT_MAX_PAGES ? DEFAULT_MAX_PAGES : Integer.highestOneBit(pages - 1) << 1;
    }

    private static Optional<Integer> integer(Options options, Option<Long> option) throws InvalidOptionException {
        return options.optional(option).map(Long::intValue);
    }

    private byte eraseValue() throws InvalidOptionException {
        Optional<EraseValue> given = options.optional(EkvOptions.ERASE_VALUE);
        if (given.isPresent()) {
            return given.get().value();
        }
        byte own = (byte) device.geometry().erased().byteValue().orElse(0xff);
        return evidence.map(Evidence::eraseValue)
                .filter(value -> value == 0 || value == (byte) 0xff)
                .orElse(own);
    }

    /** The device as pages: as many as there are, or as the options say. */
    Pages pages(Shape shape) throws StoreException {
        Geometry own = device.geometry();
        if (shape.align() % own.readSize() != 0 || shape.align() % own.programSize() != 0) {
            throw new InvalidOptionException(
                    EkvOptions.ALIGN.name(),
                    shape.align() + " is not a multiple of what " + device.name() + " reads (" + own.readSize()
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

    /** A mounted image, with the settings that suit its records. */
    record Mounted(Tree tree, Settings settings) {}

    /** Mounts the image. */
    Mounted mount() throws StoreException {
        Settings settings = settings();
        try {
            return mount(settings);
        } catch (CorruptStoreException e) {
            for (int align : options.has(EkvOptions.ALIGN) ? new int[0] : OTHER_ALIGNMENTS) {
                Optional<Mounted> other = mountAligned(settings, align);
                if (other.isPresent()) {
                    return other.get();
                }
            }
            throw contradiction(settings.shape())
                    .map(StoreException.class::cast)
                    .orElse(e);
        }
    }

    private Optional<Mounted> mountAligned(Settings settings, int align) throws StoreException {
        Shape shape = settings.shape().withAlign(align);
        boolean possible = shape.fault().isEmpty()
                && align % device.geometry().programSize() == 0
                && align % device.geometry().readSize() == 0
                && Evidence.hasMagic(device, shape.pageSize());
        try {
            return possible ? Optional.of(mount(settings.withShape(shape))) : Optional.empty();
        } catch (CorruptStoreException e) {
            return Optional.empty();
        }
    }

    private Mounted mount(Settings settings) throws StoreException {
        Pages pages = pages(settings.shape());
        Tree tree = Mount.mount(pages, settings.seed(), settings.cacheBytes());
        if (tree.pages().count() > settings.shape().maxPageCount()) {
            throw new InvalidOptionException(
                    EkvOptions.MAX_PAGE_COUNT.name(),
                    settings.shape().maxPageCount() + ", but the image has "
                            + tree.pages().count() + " pages");
        }
        boolean told = options.has(EkvOptions.MAX_KEY_SIZE) && options.has(EkvOptions.MAX_VALUE_SIZE);
        if (told ? RecordSizes.fit(tree, settings.shape()) : RecordSizes.fitBest(tree, settings.shape())) {
            return new Mounted(tree, settings);
        }
        return withRecordSizes(tree, settings);
    }

    /** The image was mounted, and its records make no sense: with other sizes they may. */
    private Mounted withRecordSizes(Tree tree, Settings settings) throws StoreException {
        Optional<RecordSizes> sizes = RecordSizes.find(tree, settings.shape());
        if (sizes.isEmpty()) {
            return new Mounted(tree, settings); // damage, which shows where it is read
        }
        int key = sized(
                EkvOptions.MAX_KEY_SIZE,
                settings.shape().maxKeySize(),
                sizes.get().keyBits());
        int value = sized(
                EkvOptions.MAX_VALUE_SIZE,
                settings.shape().maxValueSize(),
                sizes.get().valueBits());
        Settings found = settings.withShape(settings.shape().withSizes(key, value));
        Pages pages = pages(found.shape());
        return new Mounted(Mount.mount(pages, found.seed(), found.cacheBytes()), found);
    }

    private int sized(Option<Long> option, int present, int bits) throws InvalidOptionException {
        int least = 1 << (bits - 1);
        int most = (int) ((1L << bits) - 1);
        if (present >= least && present <= most) {
            return present;
        }
        if (options.has(option)) {
            throw new InvalidOptionException(
                    option.name(), present + ", but the records look as if it were " + least + " to " + most);
        }
        return most;
    }

    /** The given option that the image speaks against: with what it looks like instead, the image can be mounted. */
    private Optional<InvalidOptionException> contradiction(Shape shape) throws StoreException {
        if (!Evidence.hasMagic(device, shape.pageSize())) {
            return Optional.empty();
        }
        Optional<Evidence> found = Evidence.of(device, Optional.empty());
        if (found.isEmpty() || found.get().pages() < 2) {
            return Optional.empty();
        }
        Evidence looks = found.get();
        if (looks.pageSize() != shape.pageSize()) {
            return wrong(EkvOptions.PAGE_SIZE, (long) shape.pageSize(), (long) looks.pageSize(), looks);
        }
        if (looks.crc() != shape.crc()) {
            return wrong(EkvOptions.CRC, shape.crc(), looks.crc(), looks);
        }
        if (looks.skipLength() > 0 && looks.skipLength() != shape.skipLength()) {
            return wrong(EkvOptions.MAX_PAGE_COUNT, (long) shape.maxPageCount(), 4L << looks.skipLength(), looks);
        }
        return Optional.empty();
    }

    private <T> Optional<InvalidOptionException> wrong(Option<T> option, T given, T looks, Evidence seen)
            throws StoreException {
        if (!options.has(option)) {
            return Optional.empty();
        }
        Opening other = new Opening(device, options.with(option, looks), Optional.of(seen));
        try {
            other.mount(other.settings());
        } catch (CorruptStoreException | InvalidOptionException e) {
            return Optional.empty(); // damage, not this option
        }
        return Optional.of(
                new InvalidOptionException(option.name(), given + ", but the image looks as if it were " + looks));
    }
}

package dev.morgana.lsm;

import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.option.Options;
import dev.morgana.tck.store.Variant;

/** The configurations of the golden data, and those of the newer revision. */
enum Config {
    P128(128, 60, 60, 4, 255, true, 16, 64, 0, 2, 4096),
    P256_A2_BF4(256, 56, 128, 2, 0, false, 8, 1000, 4, 4, 4096),
    P512_A1(512, 40, 128, 1, 255, true, 32, 600, 4, 2, 4096),
    P512_E00(512, 40, 256, 4, 0, true, 64, 1024, 2, 3, 4096),
    P768(768, 50, 100, 4, 255, true, 64, 1024, 4, 2, 4096),
    P1024_V64K(1024, 320, 1024, 4, 255, true, 128, 65536, 4, 2, 4096),
    P4096(4096, 14, 256, 4, 255, true, 64, 1024, 4, 2, 4096),
    P4096_NOCRC(4096, 12, 256, 4, 255, false, 64, 1024, 4, 2, 4096),
    P4096_CH256(4096, 14, 64, 4, 255, true, 64, 1024, 4, 2, 256),
    P512_A8(512, 48, 64, 8, 255, true, 64, 256, 0, 2, 4096),
    P512_A16(512, 48, 64, 16, 255, false, 64, 256, 0, 2, 4096);

    private static final long LEAST_KEY_SIZE = 32;
    private static final long LEAST_VALUE_SIZE = 512;

    private final Geometry geometry;
    private final Options options;
    private final int maxKeySize;
    private final int maxValueSize;

    Config(
            int pageSize,
            int pages,
            int maxPages,
            int align,
            int eraseValue,
            boolean crc,
            int maxKeySize,
            int maxValueSize,
            int scratch,
            int branching,
            int maxChunk) {
        ErasedState erased = eraseValue == 0 ? ErasedState.ZEROS : ErasedState.ONES;
        this.geometry = new Geometry(align, align, pageSize, pages, erased);
        this.maxKeySize = maxKeySize;
        this.maxValueSize = maxValueSize;
        this.options = Options.none()
                .with(EkvOptions.PAGE_SIZE, (long) pageSize)
                .with(EkvOptions.MAX_PAGE_COUNT, (long) maxPages)
                .with(EkvOptions.ALIGN, (long) align)
                .with(EkvOptions.ERASE_VALUE, eraseValue == 0 ? EraseValue.ZEROS : EraseValue.ONES)
                .with(EkvOptions.CRC, crc)
                .with(EkvOptions.MAX_KEY_SIZE, (long) maxKeySize)
                .with(EkvOptions.MAX_VALUE_SIZE, (long) maxValueSize)
                .with(EkvOptions.SCRATCH_PAGE_COUNT, (long) scratch)
                .with(EkvOptions.BRANCHING_FACTOR, (long) branching)
                .with(EkvOptions.MAX_CHUNK_SIZE, (long) maxChunk)
                .with(EkvOptions.RANDOM_SEED, 7L);
    }

    Geometry geometry() {
        return geometry;
    }

    Options options() {
        return options;
    }

    int maxKeySize() {
        return maxKeySize;
    }

    int maxValueSize() {
        return maxValueSize;
    }

    /** This configuration for the contract, on a flash with so many pages, with keys and values as long as the contract needs. */
    Variant variant(int pages) {
        Geometry larger = geometry.withBlockCount(pages);
        long room = larger.sizeBytes() / 6;
        Options longer = options.with(EkvOptions.MAX_KEY_SIZE, Math.max(LEAST_KEY_SIZE, (long) maxKeySize))
                .with(EkvOptions.MAX_VALUE_SIZE, Math.max(LEAST_VALUE_SIZE, (long) maxValueSize));
        return Variant.of(name(), larger)
                .withOptions(longer, longer)
                .withSizes(Math.min(maxValueSize, larger.blockSize() / 2) - 1)
                .withRoom(room, (int) Math.min(400, room / 48));
    }
}

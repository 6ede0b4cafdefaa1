package dev.morgana.littlefs;

import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.littlefs.pair.Settings;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.option.Options;

/**
 * How the sizes among the options must fit each other (littlefs page, section 2.1); the C implementation stops the program
 * where they do not. A size of 0 is not known yet, or not given.
 */
record SizeRules(
        long blockSize,
        long readSize,
        long progSize,
        long cacheSize,
        long metadataMax,
        long inlineMax,
        long attrMax,
        long compactThresh,
        long blockCycles) {
    private static final int INLINE_FRACTION = 8;

    static SizeRules of(Options options) throws InvalidOptionException {
        return new SizeRules(
                options.optional(LittleFsOptions.BLOCK_SIZE).orElse(0L),
                options.optional(LittleFsOptions.READ_SIZE).orElse(0L),
                options.optional(LittleFsOptions.PROG_SIZE).orElse(0L),
                options.optional(LittleFsOptions.CACHE_SIZE).orElse(0L),
                options.get(LittleFsOptions.METADATA_MAX),
                options.get(LittleFsOptions.INLINE_MAX),
                options.optional(LittleFsOptions.ATTR_MAX).orElse(0L),
                options.get(LittleFsOptions.COMPACT_THRESH),
                options.get(LittleFsOptions.BLOCK_CYCLES));
    }

    /** The same rules for a block size that was found on the medium. */
    SizeRules withBlockSize(long size) {
        return new SizeRules(
                size, readSize, progSize, cacheSize, metadataMax, inlineMax, attrMax, compactThresh, blockCycles);
    }

    /** Checks everything that is known. */
    void check() throws InvalidOptionException {
        multiple(LittleFsOptions.CACHE_SIZE, cacheSize, readSize, "readSize");
        multiple(LittleFsOptions.CACHE_SIZE, cacheSize, progSize, "progSize");
        multiple(LittleFsOptions.BLOCK_SIZE, blockSize, cacheSize, "cacheSize");
        multiple(LittleFsOptions.BLOCK_SIZE, blockSize, readSize, "readSize");
        multiple(LittleFsOptions.BLOCK_SIZE, blockSize, progSize, "progSize");
        multiple(LittleFsOptions.METADATA_MAX, metadataMax, readSize, "readSize");
        multiple(LittleFsOptions.METADATA_MAX, metadataMax, progSize, "progSize");
        multiple(LittleFsOptions.BLOCK_SIZE, blockSize, metadataMax, "metadataMax");
        require(LittleFsOptions.BLOCK_CYCLES, blockCycles != 0, "0 has no meaning, -1 is never");
        checkInline();
        checkThreshold();
    }

    private void checkInline() throws InvalidOptionException {
        long logSize = metadataMax > 0 ? metadataMax : blockSize;
        if (cacheSize > 0) {
            atMost(cacheSize, "cacheSize");
        }
        if (logSize > 0) {
            atMost(logSize / INLINE_FRACTION, "an eighth of a metadata block");
        }
        atMost(attrMax > 0 ? attrMax : Settings.ATTR_MAX, "attrMax");
    }

    private void atMost(long bound, String what) throws InvalidOptionException {
        require(LittleFsOptions.INLINE_MAX, inlineMax <= bound, inlineMax + " is more than " + what + ", " + bound);
    }

    private void checkThreshold() throws InvalidOptionException {
        boolean special = compactThresh <= 0 || blockSize == 0;
        require(
                LittleFsOptions.COMPACT_THRESH,
                special || (compactThresh >= blockSize / 2 && compactThresh <= blockSize),
                compactThresh + " is not between half a block and a block of " + blockSize + " bytes");
    }

    private static void multiple(Option<Long> option, long size, long unit, String unitName)
            throws InvalidOptionException {
        boolean known = size > 0 && unit > 0;
        require(option, !known || size % unit == 0, size + " is not a multiple of " + unitName + ", " + unit);
    }

    private static void require(Option<Long> option, boolean right, String reason) throws InvalidOptionException {
        if (!right) {
            throw PeerError.INVAL.on(new InvalidOptionException(option.name(), reason));
        }
    }
}

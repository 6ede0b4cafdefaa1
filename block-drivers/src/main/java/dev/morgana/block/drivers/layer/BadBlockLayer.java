package dev.morgana.block.drivers.layer;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.option.Quantity;
import dev.morgana.spi.provider.BlockLayerProvider;
import java.util.List;

/** The layer {@code badblocks}: {@link BadBlockDevice}. */
public final class BadBlockLayer implements BlockLayerProvider {
    /** Which blocks are bad. */
    public static final Option<String> BLOCKS =
            Option.text("blocks").describe("numbers of the bad blocks, such as 3,7; may be repeated");

    /** What is wrong with them. */
    public static final Option<BlockFault> MODE = Option.choice("mode", BlockFault.class)
            .byDefault(BlockFault.PROGRAM_ERROR)
            .describe("what is wrong with these blocks");

    /** The bad blocks as an object; for programs that open a device by its address. */
    public static final Option<BadBlocks> BAD_BLOCKS = Option.object("badBlocks", BadBlocks.class)
            .defaultRule("a new one")
            .describe("where a program marks blocks while the device is open");

    /** For {@link java.util.ServiceLoader}. */
    public BadBlockLayer() {}

    @Override
    public String layer() {
        return "badblocks";
    }

    @Override
    public String description() {
        return "misbehaves in chosen blocks";
    }

    @Override
    public List<Option<?>> options() {
        return List.of(BLOCKS, MODE, BAD_BLOCKS);
    }

    @Override
    public BlockDevice wrap(BlockDevice inner, Options options) throws StoreException {
        options.check(options());
        if (!options.has(BLOCKS) && !options.has(BAD_BLOCKS)) {
            throw new InvalidOptionException("blocks", "is needed; blocks=3,7 makes two blocks bad");
        }
        BadBlocks bad = options.optional(BAD_BLOCKS).orElseGet(BadBlocks::new);
        BlockFault fault = options.get(MODE);
        for (String list : options.all(BLOCKS)) {
            for (String number : list.split(",", -1)) {
                bad.mark(block(number, inner.geometry().blockCount()), fault);
            }
        }
        return BadBlockDevice.of(inner, bad);
    }

    private static long block(String text, long blockCount) throws InvalidOptionException {
        Long block = Quantity.parseInteger(text.trim());
        if (block == null || block < 0 || block >= blockCount) {
            throw new InvalidOptionException(
                    "blocks", "'" + text + "' is not a number of a block, the device has 0 to " + (blockCount - 1));
        }
        return block;
    }
}

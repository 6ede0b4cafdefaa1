package dev.morgana.littlefs.log;

import dev.morgana.littlefs.layout.Dialect;
import dev.morgana.littlefs.layout.LogItem;
import dev.morgana.littlefs.layout.LogReader;
import dev.morgana.littlefs.layout.LogScan;
import dev.morgana.littlefs.layout.Superblock;
import dev.morgana.littlefs.layout.Tag;
import dev.morgana.littlefs.layout.TagType;
import dev.morgana.littlefs.pair.BlockWindow;
import dev.morgana.littlefs.pair.Settings;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.BadBlockException;
import dev.morgana.spi.error.DeviceException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Finds a superblock without knowing the block size. Block 0 is at the beginning of the device and its superblock tells the
 * size. Where block 0 is damaged, block 1 is found by its magic: it is as far from the beginning as its own superblock says
 * that a block is long. Reading is bounded, whatever the device holds.
 */
public final class SuperblockSearch {
    /** Up to this block size every size is tried, above it powers of two. */
    private static final int EVERY_SIZE_BYTES = 1 << 20;

    /** How much of a log is read at most. */
    private static final int LOG_BYTES_MAX = 4 << 20;

    /** How many places that have the magic are looked at more closely. */
    private static final int CANDIDATES_MAX = 64;

    /** Where a block cannot be read, the next multiple of this is tried: the block ends there or further behind. */
    private static final int UNREADABLE_STEP_BYTES = 512;

    /** The magic, and the struct behind it with its tag. */
    private static final int HEAD_BYTES = Superblock.NAME.length() + Tag.BYTES + Superblock.BYTES;

    private static final byte[] MAGIC = Superblock.NAME.toBytes();

    private final BlockDevice device;
    private final Dialect dialect;
    private final long deviceBytes;
    private final int unit;
    private int candidates;

    /**
     * What was found.
     *
     * @param superblock the superblock
     * @param block the block that it was found in, 0 or 1
     */
    public record Found(Superblock superblock, int block) {}

    private SuperblockSearch(BlockDevice device, Dialect dialect) {
        this.device = device;
        this.dialect = dialect;
        this.deviceBytes = device.geometry().sizeBytes();
        this.unit = device.geometry().readSize();
    }

    /**
     * Searches a device.
     *
     * @throws DeviceException if the device fails other than by a bad block
     */
    public static Optional<Found> find(BlockDevice device, Dialect dialect) throws DeviceException {
        return new SuperblockSearch(device, dialect).find();
    }

    /**
     * Whether a device bears the magic at the place where block 0 has it, intact or not.
     *
     * @throws DeviceException if the device fails other than by a bad block
     */
    public static boolean hasMagic(BlockDevice device) throws DeviceException {
        return new SuperblockSearch(device, Dialect.LITTLEFS).magicAt(0);
    }

    /**
     * What a superblock in block 0 says whose checksum may be wrong or missing: the first two tags of its log, read without
     * one.
     *
     * @throws DeviceException if the device fails other than by a bad block
     */
    public static Optional<Superblock> findUnproved(BlockDevice device) throws DeviceException {
        SuperblockSearch search = new SuperblockSearch(device, Dialect.LITTLEFS);
        int length =
                (int) search.aligned(Math.min(search.deviceBytes, Superblock.MAGIC_OFFSET + HEAD_BYTES + search.unit));
        try {
            LogReader log = new LogReader(new BlockWindow(device, 0, length), Dialect.LITTLEFS);
            LogItem name = log.next();
            if (name == null || !name.tag().is(TagType.SUPERBLOCK_NAME)) {
                return Optional.empty();
            }
            return log.next() instanceof LogItem.Entry struct && struct.tag().is(TagType.INLINE_STRUCT)
                    ? Superblock.decode(struct.data())
                    : Optional.empty();
        } catch (BadBlockException e) {
            return Optional.empty();
        }
    }

    private Optional<Found> find() throws DeviceException {
        Optional<Superblock> first = superblockAt(0, LOG_BYTES_MAX);
        if (first.isPresent()) {
            return Optional.of(new Found(first.get(), 0));
        }
        long limit = Math.min(EVERY_SIZE_BYTES, deviceBytes / 2);
        Optional<Superblock> second = findSecond(limit);
        for (long size = 2L * EVERY_SIZE_BYTES;
                second.isEmpty() && size <= Math.min(Settings.BLOCK_SIZE_MAX, deviceBytes / 2); ) {
            second = magicAt(size) ? secondAt(size) : Optional.empty();
            size *= 2;
        }
        return second.map(superblock -> new Found(superblock, 1));
    }

    /** Looks at every place of the device's beginning where block 1 can be. */
    private Optional<Superblock> findSecond(long limit) throws DeviceException {
        BlockWindow beginning =
                new BlockWindow(device, 0, (int) aligned(Math.min(deviceBytes, limit + unit + MAGIC.length * 2L)));
        long size = (Settings.BLOCK_SIZE_MIN + unit - 1L) / unit * unit;
        while (size <= limit && candidates < CANDIDATES_MAX) {
            try {
                if (hasMagic(beginning, (int) size)) {
                    Optional<Superblock> found = secondAt(size);
                    if (found.isPresent()) {
                        return found;
                    }
                }
                size += unit;
            } catch (BadBlockException e) {
                long behind = size / UNREADABLE_STEP_BYTES * UNREADABLE_STEP_BYTES + UNREADABLE_STEP_BYTES;
                size = (behind + unit - 1) / unit * unit;
            }
        }
        return Optional.empty();
    }

    private Optional<Superblock> secondAt(long size) throws DeviceException {
        candidates++;
        return superblockAt(size, Math.min(size, LOG_BYTES_MAX)).filter(superblock -> superblock.blockSize() == size);
    }

    private Optional<Superblock> superblockAt(long position, long length) throws DeviceException {
        long size = aligned(Math.min(length, deviceBytes - position));
        if (position % unit != 0 || size < Superblock.MAGIC_OFFSET + MAGIC.length) {
            return Optional.empty();
        }
        try {
            LogScan scan = LogScan.of(new BlockWindow(device, position, (int) size), dialect);
            return scan.state().superblock();
        } catch (BadBlockException e) {
            return Optional.empty();
        }
    }

    private boolean magicAt(long position) throws DeviceException {
        if (position % unit != 0) {
            return false;
        }
        long size = aligned(Math.min(deviceBytes - position, Superblock.MAGIC_OFFSET + MAGIC.length + unit));
        try {
            return hasMagic(new BlockWindow(device, position, (int) size), 0);
        } catch (BadBlockException e) {
            return false;
        }
    }

    private static boolean hasMagic(BlockWindow window, int offset) throws DeviceException {
        int at = offset + Superblock.MAGIC_OFFSET;
        return at + MAGIC.length <= window.size()
                && window.read(at, MAGIC.length).equals(ByteBuffer.wrap(MAGIC));
    }

    private long aligned(long length) {
        return length / unit * unit;
    }
}

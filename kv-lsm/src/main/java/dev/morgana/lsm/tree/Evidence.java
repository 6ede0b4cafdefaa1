package dev.morgana.lsm.tree;

import dev.morgana.lsm.layout.PageHeader;
import dev.morgana.lsm.layout.Shape;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.DeviceException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the bytes of an image say of the options that it was made with (section 23).
 *
 * @param pageSize the distance of pages, from the numbers that they bear
 * @param crc whether a meta header has a checksum
 * @param eraseValue what ends the meta page
 * @param skipLength the entries of skip lists, or 0 if there is no first page of a file
 * @param pageCount from the newest meta header
 * @param pages how many pages bear the format's magic and their own number
 */
public record Evidence(int pageSize, boolean crc, byte eraseValue, int skipLength, long pageCount, int pages) {
    private static final int PREFIX = 64;

    /** The shortest start of a page that holds what is read of it. */
    private static final int LEAST_PREFIX = 20;

    private static final int MOST_PAGES = 4096;
    private static final int LEAST_SIZE = 128;
    private static final int MOST_SIZE = 65536;
    private static final int MOST_SKIP = 14;
    private static final int FIXED_FIELDS = 6;
    private static final int PAGE_UNIT = 4;

    private static final int PADDED_HEADER = 16;

    /** Where the number of pages may be: without and with a checksum, and behind padding. */
    private static final int[] PAGE_COUNT_OFFSETS = {8, 12, PADDED_HEADER};

    /** The beginning of a page with one of the magics and its own number. */
    private record Prefix(int page, ByteBuffer bytes) {
        boolean isMeta() {
            return bytes.getInt(0) == PageHeader.META_MAGIC;
        }
    }

    /** Looks at an image; empty if no meta page is found. Reading is bounded. */
    public static Optional<Evidence> of(BlockDevice device, Optional<Integer> pageSize) throws DeviceException {
        Optional<Evidence> best = Optional.empty();
        for (int size : pageSize.isPresent() ? List.of(pageSize.get()) : sizes(device)) {
            Optional<Evidence> found = of(device, size);
            if (found.isPresent() && (best.isEmpty() || found.get().isBetterThan(best.get(), device))) {
                best = found;
            }
        }
        return best;
    }

    /**
     * More pages count. A store that was just formatted has one page, the first, whose number says nothing of the size: there
     * the number of pages must be the one that the device has.
     */
    private boolean isBetterThan(Evidence other, BlockDevice device) {
        return pages > other.pages || (pages == other.pages && fills(device) && !other.fills(device));
    }

    private boolean fills(BlockDevice device) {
        return pageCount == device.geometry().sizeBytes() / pageSize;
    }

    /** Whether any page begins with one of the magics, whatever number follows: much less to read than {@link #of}. */
    public static boolean hasMagic(BlockDevice device, int pageSize) throws DeviceException {
        long count = pages(device, pageSize);
        for (int page = 0; page < count; page++) {
            if (isMagic(read(device, (long) page * pageSize, Integer.BYTES).getInt(0))) {
                return true;
            }
        }
        return false;
    }

    /** How many pages to look at; none where they are too short to be any, as the blocks of an odd device may be. */
    private static long pages(BlockDevice device, int size) {
        return size < LEAST_PREFIX ? 0 : Math.min(MOST_PAGES, device.geometry().sizeBytes() / size);
    }

    private static boolean isMagic(int value) {
        return value == PageHeader.META_MAGIC || value == PageHeader.DATA_MAGIC;
    }

    private static List<Integer> sizes(BlockDevice device) throws DeviceException {
        List<Integer> sizes = new ArrayList<>();
        sizes.add(device.geometry().blockSize());
        for (int size = LEAST_SIZE; size <= MOST_SIZE; size *= 2) {
            sizes.add(size);
            sizes.add(size / 2 * 3);
            sizes.add(size / 4 * 5);
        }
        sizes.addAll(sizesOfPageCount(device));
        return sizes;
    }

    /** What fills the device with the number of pages that a meta page at its beginning tells, with or without a checksum. */
    private static List<Integer> sizesOfPageCount(BlockDevice device) throws DeviceException {
        List<Integer> sizes = new ArrayList<>();
        long total = device.geometry().sizeBytes();
        if (total < LEAST_SIZE) {
            return sizes;
        }
        ByteBuffer start = read(device, 0, PREFIX);
        for (int offset : start.getInt(0) == PageHeader.META_MAGIC ? PAGE_COUNT_OFFSETS : new int[0]) {
            long count = Integer.toUnsignedLong(start.getInt(offset));
            if (count > 0 && total / count >= PREFIX && total / count <= MOST_SIZE) {
                sizes.add((int) (total / count) / PAGE_UNIT * PAGE_UNIT);
            }
        }
        return sizes;
    }

    private static Optional<Evidence> of(BlockDevice device, int size) throws DeviceException {
        List<Prefix> found = new ArrayList<>();
        long count = pages(device, size);
        for (int page = 0; page < count; page++) {
            ByteBuffer bytes = read(device, (long) page * size, Math.min(PREFIX, size));
            if (isMagic(bytes.getInt(0)) && bytes.getInt(4) == page) {
                found.add(new Prefix(page, bytes));
            }
        }
        Optional<Prefix> meta = found.stream().filter(Prefix::isMeta).findFirst();
        if (meta.isEmpty()) {
            return Optional.empty();
        }
        boolean crc = hasChecksum(meta.get());
        byte erased = read(device, (meta.get().page + 1L) * size - 1, 1).get(0);
        long pageCount = pageCount(meta.get().bytes, crc ? 12 : 8);
        return Optional.of(new Evidence(size, crc, erased, skipLength(found, crc), pageCount, found.size()));
    }

    /** Behind the page header, which is padded to a unit that may be longer; what pads is no number of pages. */
    private static long pageCount(ByteBuffer meta, int offset) {
        long count = Integer.toUnsignedLong(meta.getInt(offset));
        return count > 0 && count <= MOST_SIZE ? count : Integer.toUnsignedLong(meta.getInt(PADDED_HEADER));
    }

    /** Reads around the position what the device can read at once. */
    private static ByteBuffer read(BlockDevice device, long position, int length) throws DeviceException {
        int unit = device.geometry().readSize();
        long start = position / unit * unit;
        long end = Math.min(
                (position + length + unit - 1) / unit * unit, device.geometry().sizeBytes());
        ByteBuffer bytes = ByteBuffer.allocate((int) (end - start));
        device.read(start, bytes);
        return bytes.flip().position((int) (position - start)).slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    private static boolean hasChecksum(Prefix meta) {
        byte[] prefix = new byte[Math.min(PREFIX, meta.bytes.limit())];
        meta.bytes.get(0, prefix);
        for (int align : new int[] {4, 8, 16}) {
            Shape shape = shape(align, true);
            if (prefix.length >= PageHeader.prefixBytes(shape)
                    && PageHeader.decode(shape, prefix, meta.page).isPresent()) {
                return true;
            }
        }
        return false;
    }

    /** A shape of which nothing but the headers of meta pages is used. */
    private static Shape shape(int align, boolean crc) {
        return new Shape(4096, 64, align, (byte) 0xff, crc, 64, 1024, 2, 4096, 0);
    }

    /** In the first page of a file the list is empty, and a record starts at 0. */
    private static int skipLength(List<Prefix> found, boolean crc) {
        int start = crc ? 12 : 8;
        for (Prefix page : found) {
            if (!page.isMeta() && page.bytes.limit() >= PREFIX && page.bytes.getInt(start) == 0) {
                int length = 0;
                while (length < MOST_SKIP
                        && start + FIXED_FIELDS + 2 * length < PREFIX
                        && page.bytes.getShort(start + 4 + 2 * length) == (short) 0xffff) {
                    length++;
                }
                if (page.bytes.getShort(start + 4 + 2 * length) == 0) {
                    return length;
                }
            }
        }
        return 0;
    }
}

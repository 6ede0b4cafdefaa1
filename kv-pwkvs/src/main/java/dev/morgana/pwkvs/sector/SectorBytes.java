package dev.morgana.pwkvs.sector;

import dev.morgana.pwkvs.layout.ChecksumAlgorithm;
import dev.morgana.pwkvs.layout.EntryHeader;
import dev.morgana.spi.backend.HostFailure;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.StoreException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one sector during a scan: read at once where that works, else piece by piece, so that one place of which the
 * medium says that it cannot be read does not hide the others.
 */
final class SectorBytes {
    /** How much is read at once, or a sector if that is more. */
    static final int AT_ONCE = 1 << 20;

    private static final int FLIPPED_BITS = 4;

    private final Flash flash;
    private final long base;
    private final int size;
    private final byte @Nullable [] whole;

    private SectorBytes(Flash flash, int sector, int size, byte @Nullable [] whole) {
        this.flash = flash;
        this.base = flash.startOf(sector);
        this.size = size;
        this.whole = whole;
    }

    /** Reads a sector. */
    SectorBytes(Flash flash, int sector, int size) throws DeviceException {
        this(flash, sector, size, readOrNull(flash, sector, size));
    }

    private static byte @Nullable [] readOrNull(Flash flash, int sector, int length) throws DeviceException {
        try {
            return flash.read(flash.startOf(sector), length);
        } catch (StoreException e) {
            HostFailure.passOn(e);
            return null; // each piece will tell for itself
        }
    }

    /** Reads as many sectors at once as is sensible, or one by one where that fails; as many as a scan takes a step. */
    static List<SectorBytes> read(Flash flash, Settings settings, int first) throws DeviceException {
        int size = settings.sectorSize();
        int count = Math.min(AT_ONCE / size + 1, settings.sectorCount() - first);
        byte[] all = readOrNull(flash, first, count * size);
        List<SectorBytes> sectors = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            sectors.add(
                    all == null
                            ? new SectorBytes(flash, first + index, size)
                            : new SectorBytes(
                                    flash,
                                    first + index,
                                    size,
                                    Arrays.copyOfRange(all, index * size, (index + 1) * size)));
        }
        return sectors;
    }

    /** The number of the sector. */
    int sector() {
        return flash.sectorAt(base);
    }

    /** A view of the entry at an offset. */
    EntryView view(int offset, Settings settings) {
        long address = base + offset;
        return whole == null
                ? new EntryView(flash, settings, address, 0)
                : new EntryView(flash, settings, address, Arrays.copyOfRange(whole, offset, size));
    }

    /** Whether nothing was programmed from an offset on, as far as it can be read (section 23.5). */
    boolean isErased(int offset, Settings settings) {
        if (whole == null) {
            return true;
        }
        for (int index = offset; index < size; index++) {
            if (whole[index] != settings.erased()) {
                return false;
            }
        }
        return true;
    }

    /** Whether there is a known magic number, give or take some flipped bits, or it cannot be read. */
    boolean hasMagicAlmost(int offset, Settings settings) {
        if (whole == null || size - offset < EntryHeader.BYTES) {
            return true;
        }
        int magic = EntryHeader.decode(whole, offset).magic();
        return settings.formats().stream().anyMatch(format -> Integer.bitCount(format.magic() ^ magic) <= FLIPPED_BITS);
    }

    /** Whether there is an entry with a right checksum and a magic that is not known. */
    boolean isForeign(int offset, Settings settings) {
        if (whole == null || size - offset < EntryHeader.BYTES) {
            return false;
        }
        EntryHeader header = EntryHeader.decode(whole, offset);
        boolean plausible = settings.format(header.magic()).isEmpty()
                && header.keyLength() > 0
                && header.keyLength() <= EntryHeader.KEY_MAX
                && header.size() <= size - offset;
        return plausible
                && Stream.of(ChecksumAlgorithm.CRC16_CCITT, ChecksumAlgorithm.CRC32)
                        .anyMatch(each -> each.compute(whole, offset, header.size()) == header.checksum());
    }

    /** A number, or empty where it cannot be read. */
    byte[] word(int offset) throws StoreException {
        return whole == null
                ? flash.read(base + offset, Integer.BYTES)
                : Arrays.copyOfRange(whole, offset, offset + Integer.BYTES);
    }
}

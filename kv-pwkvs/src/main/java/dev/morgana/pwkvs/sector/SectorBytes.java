package dev.morgana.pwkvs.sector;

import dev.morgana.pwkvs.layout.ChecksumAlgorithm;
import dev.morgana.pwkvs.layout.EntryHeader;
import dev.morgana.spi.error.StoreException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one sector during a scan: read at once where that works, else piece by piece, so that one place that cannot be
 * read does not hide the others.
 */
final class SectorBytes {
    private final Flash flash;
    private final long base;
    private final int size;
    private final byte @Nullable [] whole;

    SectorBytes(Flash flash, int sector, int size) {
        this.flash = flash;
        this.base = flash.startOf(sector);
        this.size = size;
        this.whole = readWhole();
    }

    private byte @Nullable [] readWhole() {
        try {
            return flash.read(base, size);
        } catch (StoreException e) {
            return null; // each piece will tell for itself
        }
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

    /** Whether there may be an entry of a known format, or it cannot be read. */
    boolean hasKnownMagic(int offset, Settings settings) {
        return whole == null
                || size - offset < EntryHeader.BYTES
                || settings.format(EntryHeader.decode(whole, offset).magic()).isPresent();
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

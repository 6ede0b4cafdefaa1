package dev.morgana.pwkvs.sector;

import dev.morgana.pwkvs.layout.EntryHeader;
import dev.morgana.pwkvs.layout.FormatMark;
import dev.morgana.spi.error.StoreException;

/**
 * Makes an empty store by erasing everything. There is nothing on the medium that makes a store one, so a mark stands in one
 * sector while the others are erased: after a power cut it keeps what is left from being taken for a store.
 */
final class Formatting {
    private final Flash flash;
    private final Settings settings;

    Formatting(Flash flash, Settings settings) {
        this.flash = flash;
        this.settings = settings;
    }

    void run() throws StoreException {
        int marked = blankSector();
        byte[] mark = FormatMark.encode(settings.alignment());
        flash.program(flash.startOf(marked), mark, EntryHeader.decode(mark, 0).alignment());
        flash.sync();
        for (int sector = 0; sector < settings.sectorCount(); sector++) {
            if (sector != marked) {
                flash.erase(sector);
            }
        }
        flash.sync();
        flash.erase(marked);
        flash.sync();
    }

    /** A store always has one; where there is none, nothing is lost by erasing the last. */
    private int blankSector() throws StoreException {
        for (int sector = 0; sector < settings.sectorCount(); sector++) {
            if (new SectorBytes(flash, sector, settings.sectorSize()).isErased(0, settings)) {
                return sector;
            }
        }
        int last = settings.sectorCount() - 1;
        flash.erase(last);
        return last;
    }
}

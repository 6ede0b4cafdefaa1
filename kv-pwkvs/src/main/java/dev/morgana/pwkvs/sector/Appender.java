package dev.morgana.pwkvs.sector;

import dev.morgana.pwkvs.layout.EntryHeader;
import dev.morgana.spi.error.StoreException;

/** Puts an entry at the end of a sector's log (sections 11.3 and 13). */
final class Appender {
    private final Flash flash;
    private final KvsState state;

    Appender(Flash flash, KvsState state) {
        this.flash = flash;
        this.state = state;
    }

    /** Programs and verifies an entry; its address is the answer. A sector in which that fails takes no more. */
    long append(Sector sector, byte[] entry) throws StoreException {
        EntryHeader header = EntryHeader.decode(entry, 0);
        assert header.size() == entry.length;
        long address = state.nextAddress(sector);
        try {
            flash.program(address, entry, header.alignment());
            if (state.settings().verifyOnWrite()) {
                new EntryView(flash, state.settings(), address, entry.length).verified();
            }
        } catch (StoreException e) {
            state.damaged(address);
            throw e;
        }
        sector.append(entry.length);
        return address;
    }
}

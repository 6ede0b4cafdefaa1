package dev.morgana.pwkvs.sector;

import dev.morgana.spi.backend.HostFailure;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.StoreException;
import java.util.ArrayList;
import java.util.List;

/** Verifies live entries in their places (section 23.19), so that damage is found while there are copies to repair it from. */
final class Scrub {
    private final Flash flash;
    private final KvsState state;

    Scrub(Flash flash, KvsState state) {
        this.flash = flash;
        this.state = state;
    }

    List<DamagedCopy> run() throws DeviceException {
        List<DamagedCopy> found = new ArrayList<>();
        for (KeyRecord record : state.index().records()) {
            List<Long> damaged = new ArrayList<>();
            for (long address : record.addresses()) {
                if (!isIntact(record, address)) {
                    damaged.add(address);
                }
            }
            boolean lost = damaged.size() == record.addresses().size();
            for (long address : damaged) {
                state.damaged(address);
                found.add(new DamagedCopy(record.key().clone(), address, lost));
            }
        }
        return found;
    }

    private boolean isIntact(KeyRecord record, long address) throws DeviceException {
        try {
            EntryView view = new EntryView(
                    flash, state.settings(), address, record.header().size());
            return view.verified().equals(record.header());
        } catch (StoreException e) {
            HostFailure.passOn(e);
            return false;
        }
    }
}

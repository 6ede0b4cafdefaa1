package dev.morgana.pwkvs.sector;

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

    List<DamagedCopy> run() {
        List<DamagedCopy> found = new ArrayList<>();
        for (KeyRecord record : state.index().records()) {
            List<Long> damaged = record.addresses().stream()
                    .filter(address -> !isIntact(record, address))
                    .toList();
            boolean lost = damaged.size() == record.addresses().size();
            for (long address : damaged) {
                state.damaged(address);
                found.add(new DamagedCopy(record.key().clone(), address, lost));
            }
        }
        return found;
    }

    private boolean isIntact(KeyRecord record, long address) {
        try {
            EntryView view = new EntryView(
                    flash, state.settings(), address, record.header().size());
            return view.verified().equals(record.header());
        } catch (StoreException e) {
            return false;
        }
    }
}

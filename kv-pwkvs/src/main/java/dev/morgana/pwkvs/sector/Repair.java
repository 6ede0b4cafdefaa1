package dev.morgana.pwkvs.sector;

import dev.morgana.pwkvs.layout.PeerStatus;
import dev.morgana.spi.backend.HostFailure;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.StoreException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Empties damaged sectors, makes sure that one sector is empty, and writes missing copies (section 15). */
final class Repair {
    private static final int PASSES = 2;

    private final Flash flash;
    private final KvsState state;
    private final Collector collector;
    private @Nullable StoreException remembered;

    Repair(Flash flash, KvsState state, Collector collector) {
        this.flash = flash;
        this.state = state;
        this.collector = collector;
    }

    /**
     * Repairs; afterwards the store is ready. What cannot be repaired is told at the end, when the rest is done; a device
     * that fails ends it at once.
     */
    void run() throws StoreException {
        emptyDamagedSectors();
        if (!state.hasEmptySector()) {
            attempt(this::collectOne);
        }
        if (state.settings().redundancy() > 1) {
            for (KeyRecord record : state.index().records()) {
                if (record.addresses().size() < state.settings().redundancy()) {
                    attempt(() -> writeMissingCopies(record));
                }
            }
        }
        if (remembered != null) {
            throw remembered;
        }
        state.errorDetected = false;
        state.phase = KvsState.Phase.READY;
    }

    private void emptyDamagedSectors() throws DeviceException {
        boolean again = true;
        for (int pass = 0; pass < PASSES && again; pass++) {
            if (remembered != null && isNoSpace(remembered)) {
                remembered = null;
            }
            again = false;
            for (Sector sector : state.sectors()) {
                if (sector.isCorrupt()) {
                    again |= !emptied(sector);
                }
            }
        }
    }

    private boolean emptied(Sector sector) throws DeviceException {
        try {
            collector.collect(sector, List.of());
            state.corruptSectorsRecovered++;
            return true;
        } catch (StoreException e) {
            HostFailure.passOn(e);
            if (remembered == null || isNoSpace(remembered)) {
                remembered = e;
            }
            return false;
        }
    }

    private static boolean isNoSpace(StoreException e) {
        return PeerStatus.of(e) == PeerStatus.RESOURCE_EXHAUSTED;
    }

    private interface Step {
        void run() throws StoreException;
    }

    private void attempt(Step step) throws DeviceException {
        try {
            step.run();
        } catch (StoreException e) {
            HostFailure.passOn(e);
            if (remembered == null) {
                remembered = e;
            }
        }
    }

    private void collectOne() throws StoreException {
        Sector victim = collector.choice().victim(List.of());
        if (victim == null) {
            throw PeerStatus.NOT_FOUND.at(flash.position(0, "sectors"), "a sector to collect", "none");
        }
        collector.collect(victim, List.of());
    }

    private void writeMissingCopies(KeyRecord record) throws StoreException {
        Lookup.Entry source = new Lookup(flash, state, true).read(record);
        source.view().verified();
        while (record.addresses().size() < state.settings().redundancy()) {
            Sector target = collector.sectorForWrite(source.header().size(), state.sectorsOf(record));
            record.addresses().add(collector.copy(source, target));
        }
        state.missingCopiesRecovered++;
    }
}

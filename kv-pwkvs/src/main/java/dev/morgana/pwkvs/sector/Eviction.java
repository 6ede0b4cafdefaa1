package dev.morgana.pwkvs.sector;

import dev.morgana.pwkvs.layout.EntryHeader;
import dev.morgana.spi.error.StoreException;
import java.util.List;

/**
 * Removes keys without tombstones, where those find no room. What is stale is collected first: from then on a key is gone when
 * its last entry is, and nothing older can come back.
 */
final class Eviction {
    private final KvsState state;
    private final Collector collector;
    private final Maintenance maintenance;

    Eviction(KvsState state, Collector collector, Maintenance maintenance) {
        this.state = state;
        this.collector = collector;
        this.maintenance = maintenance;
    }

    /** Removes one key: its sectors are collected, and it is left behind. */
    void remove(KeyRecord record) throws StoreException {
        maintenance.full(true);
        int size = record.header().size();
        state.index().remove(record);
        state.sectorsOf(record).forEach(sector -> sector.removeValid(size));
        for (Sector sector : state.sectorsOf(record)) {
            try {
                collector.collect(sector, List.of());
            } catch (StoreException e) {
                state.sectorsOf(record).forEach(left -> left.addValid(size));
                state.index().append(record);
                throw e;
            }
            record.addresses().removeIf(address -> state.sectorAt(address) == sector);
        }
    }

    /** Removes every key, sector by sector. */
    void clear() throws StoreException {
        maintenance.full(true);
        for (Sector sector : state.sectors()) {
            if (!sector.isEmpty()) {
                forget(sector);
                collector.erase(sector);
            }
        }
    }

    private void forget(Sector sector) {
        for (KeyRecord record : List.copyOf(state.index().records())) {
            EntryHeader header = record.header();
            if (record.addresses().removeIf(address -> state.sectorAt(address) == sector)) {
                sector.removeValid(header.size());
                if (record.addresses().isEmpty()) {
                    state.index().remove(record);
                }
            }
        }
    }
}

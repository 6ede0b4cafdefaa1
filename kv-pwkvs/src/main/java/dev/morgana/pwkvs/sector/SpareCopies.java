package dev.morgana.pwkvs.sector;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Intact copies of newest entries beyond those that the index needs, as an interrupted collection leaves them (section 23.6).
 * They let a sector be erased at once of which everything is elsewhere too, where there is no room to move it.
 */
final class SpareCopies {
    private final KvsState state;
    private final Map<KeyRecord, List<Long>> spares = new HashMap<>();

    SpareCopies(KvsState state) {
        this.state = state;
    }

    void add(KeyRecord record, long address) {
        spares.computeIfAbsent(record, any -> new ArrayList<>()).add(address);
    }

    /** A newer entry was found, which makes the others stale. */
    void forget(KeyRecord record) {
        spares.remove(record);
    }

    /** Takes copies in sound sectors for those in damaged ones, and gives up a whole sector if none is empty. */
    void putToUse() {
        state.sectors().stream().filter(Sector::isCorrupt).forEach(sector -> release(sector, false));
        if (!state.hasEmptySector() && state.sectors().stream().noneMatch(SpareCopies::isDead)) {
            state.sectors().stream().filter(this::isElsewhere).findFirst().ifPresent(sector -> release(sector, true));
        }
        if (!state.hasEmptySector() && state.sectors().stream().noneMatch(SpareCopies::isDead)) {
            state.sectors().stream().filter(this::isNotOnlyHere).findFirst().ifPresent(this::giveUp);
        }
    }

    private static boolean isDead(Sector sector) {
        return sector.valid() == 0 && !sector.isEmpty();
    }

    private List<KeyRecord> recordsIn(Sector sector) {
        return state.index().records().stream()
                .filter(record -> copyIn(record, sector).isPresent())
                .toList();
    }

    private OptionalInt copyIn(KeyRecord record, Sector sector) {
        for (int copy = 0; copy < record.addresses().size(); copy++) {
            if (state.sectorAt(record.addresses().get(copy)) == sector) {
                return OptionalInt.of(copy);
            }
        }
        return OptionalInt.empty();
    }

    private List<Long> sparesOutside(KeyRecord record, boolean alsoDamaged) {
        List<Sector> taken = state.sectorsOf(record);
        return spares.getOrDefault(record, List.of()).stream()
                .filter(address -> !taken.contains(state.sectorAt(address)))
                .filter(address -> alsoDamaged || !state.sectorAt(address).isCorrupt())
                .toList();
    }

    private boolean isElsewhere(Sector sector) {
        return recordsIn(sector).stream()
                .noneMatch(record -> sparesOutside(record, true).isEmpty());
    }

    private void release(Sector sector, boolean toDamagedToo) {
        for (KeyRecord record : recordsIn(sector)) {
            List<Long> others = sparesOutside(record, toDamagedToo);
            if (!others.isEmpty()) {
                int copy = copyIn(record, sector).orElseThrow();
                record.addresses().set(copy, others.get(0)); // the other one is in a sector that is erased next
                sector.removeValid(record.header().size());
                state.sectorAt(others.get(0)).addValid(record.header().size());
            }
        }
    }

    private boolean isNotOnlyHere(Sector sector) {
        return recordsIn(sector).stream().allMatch(record -> record.addresses().size() > 1);
    }

    /** The copies that are lost by this are written anew, since one of each is left. */
    private void giveUp(Sector sector) {
        for (KeyRecord record : recordsIn(sector)) {
            record.addresses().remove(copyIn(record, sector).orElseThrow());
            sector.removeValid(record.header().size());
        }
    }
}

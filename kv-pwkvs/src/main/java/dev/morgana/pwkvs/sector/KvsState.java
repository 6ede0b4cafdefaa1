package dev.morgana.pwkvs.sector;

import dev.morgana.pwkvs.layout.PeerStatus;
import dev.morgana.spi.error.NoSpaceException;
import java.util.ArrayList;
import java.util.List;

/** What is known of a store between operations (section 6). */
final class KvsState {
    /** Whether the store may be used, and for what. */
    enum Phase {
        /** For nothing. */
        NOT_INITIALIZED,
        /** For reading and maintenance. */
        NEEDS_MAINTENANCE,
        /** For everything. */
        READY
    }

    private final Settings settings;
    private List<Sector> sectors = List.of();
    private Index index = new Index();

    Phase phase = Phase.NOT_INITIALIZED;
    boolean errorDetected;
    int lastTransaction;
    /** The sector that was last taken as a fresh one; where every search begins. */
    int lastNew;

    /** What was found at the last opening, kept when a repair has erased it. */
    List<RollBack> rollBacks = List.of();

    int sectorErases;
    int corruptSectorsRecovered;
    int missingCopiesRecovered;

    KvsState(Settings settings) {
        this.settings = settings;
    }

    Settings settings() {
        return settings;
    }

    Index index() {
        return index;
    }

    List<Sector> sectors() {
        return sectors;
    }

    Sector sectorAt(long address) {
        return sectors.get((int) (address / settings.sectorSize()));
    }

    /** What {@link #clear} forgets. */
    record Content(List<Sector> sectors, Index index, boolean errorDetected, int lastTransaction, int lastNew) {}

    /** Forgets sectors and keys, and nothing else; the answer is what brings them back. */
    Content clear() {
        Content before = new Content(sectors, index, errorDetected, lastTransaction, lastNew);
        index = new Index();
        sectors = new ArrayList<>(settings.sectorCount());
        for (int number = 0; number < settings.sectorCount(); number++) {
            sectors.add(new Sector(number, settings.sectorSize()));
        }
        return before;
    }

    /** Knows again what was known before. */
    void restore(Content before) {
        sectors = before.sectors();
        index = before.index();
        errorDetected = before.errorDetected();
        lastTransaction = before.lastTransaction();
        lastNew = before.lastNew();
    }

    /** The address at which the next entry of a sector goes. */
    long nextAddress(Sector sector) {
        return (long) sector.index() * settings.sectorSize() + sector.nextOffset();
    }

    /** Takes the next transaction id; Pigweed goes on with 0 after the last, and loses what it writes then. */
    int nextTransaction() throws NoSpaceException {
        if (lastTransaction == -1 && settings.rules().stopsAtLastTransaction()) {
            throw PeerStatus.RESOURCE_EXHAUSTED.on(
                    new NoSpaceException("another change: transaction ids are used up until heavy maintenance"));
        }
        return ++lastTransaction;
    }

    /** The sectors that hold the copies of a record. */
    List<Sector> sectorsOf(KeyRecord record) {
        return record.addresses().stream().map(this::sectorAt).toList();
    }

    /** Takes note of damage in the sector that holds an address. */
    void damaged(long address) {
        sectorAt(address).markCorrupt();
        errorDetected = true;
    }

    /** Looks for damage that is known (section 14.1). */
    boolean checkForErrors() {
        boolean copiesMissing = settings.redundancy() > 1
                && index.records().stream()
                        .anyMatch(record -> record.addresses().size() < settings.redundancy());
        if (copiesMissing || sectors.stream().anyMatch(Sector::isCorrupt)) {
            errorDetected = true;
        }
        return errorDetected;
    }

    boolean hasEmptySector() {
        return sectors.stream().anyMatch(Sector::isEmpty);
    }
}

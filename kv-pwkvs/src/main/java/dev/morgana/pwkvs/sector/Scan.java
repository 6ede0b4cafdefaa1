package dev.morgana.pwkvs.sector;

import dev.morgana.pwkvs.layout.EntryHeader;
import dev.morgana.pwkvs.layout.KeyHash;
import dev.morgana.pwkvs.layout.PeerStatus;
import dev.morgana.spi.backend.HostFailure;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.StoreException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Builds the index and the map of sectors from the entries on flash (section 8). */
final class Scan {
    /** What a scan found. */
    enum Result {
        /** Nothing wrong. */
        CLEAN,
        /** Every key has too few copies and nothing else is wrong: the redundancy was raised. */
        REDUNDANCY_RAISED,
        /** Something is wrong. */
        DAMAGED
    }

    private final Flash flash;
    private final Settings settings;
    private final KvsState state;
    private final SpareCopies spares;
    private final List<RollBack> suspects = new ArrayList<>();
    private final Misfit misfit;

    Scan(Flash flash, KvsState state) {
        this.flash = flash;
        this.settings = state.settings();
        this.state = state;
        this.spares = new SpareCopies(state);
        this.misfit = new Misfit(settings);
    }

    /** Scans everything; if the device fails, what was known before is still known. */
    Result run() throws DeviceException {
        KvsState.Content before = state.clear();
        try {
            return scanAll();
        } catch (DeviceException e) {
            state.restore(before);
            throw e;
        }
    }

    private Result scanAll() throws DeviceException {
        int sectors = settings.sectorCount();
        for (int first = 0; first < sectors; first += SectorBytes.AT_ONCE / settings.sectorSize() + 1) {
            for (SectorBytes sector : SectorBytes.read(flash, settings, first)) {
                scan(sector);
            }
        }
        if (!state.hasEmptySector()) {
            state.errorDetected = true;
        }
        Result result = account();
        if (settings.rules().usesSpareCopies()) {
            spares.putToUse();
        }
        return result;
    }

    /** Damaged entries that say to be newer than what counts. */
    List<RollBack> rollBacks() {
        List<RollBack> found = new ArrayList<>();
        for (RollBack suspect : suspects) {
            KeyRecord record = state.index().find(KeyHash.of(suspect.key()));
            OptionalLong current = record == null
                    ? OptionalLong.empty()
                    : OptionalLong.of(Integer.toUnsignedLong(record.header().transactionId()));
            if (suspect.transaction() > current.orElse(-1)) {
                found.add(new RollBack(suspect.address(), suspect.key(), suspect.transaction(), current));
            }
        }
        return found;
    }

    /** Signs that the options are wrong. */
    Misfit misfit() {
        return misfit;
    }

    private void scan(SectorBytes bytes) throws DeviceException {
        Sector sector = state.sectors().get(bytes.sector());
        boolean damaged = false;
        int offset = 0;
        misfit.beginSector();
        while (offset < settings.sectorSize()) {
            try {
                offset += load(bytes.view(offset, settings), settings.sectorSize() - offset);
                misfit.intactEntry();
            } catch (StoreException e) {
                HostFailure.passOn(e);
                if (isEnd(e, bytes, offset)) {
                    break;
                }
                damaged = true;
                examine(e, bytes, offset);
                offset = nextMagic(bytes, offset);
                if (offset < 0) {
                    break;
                }
            }
            sector.free(settings.sectorSize() - offset);
        }
        if (damaged) {
            state.errorDetected = true;
            sector.markCorrupt();
        } else if (settings.rules().closesMisalignedSectors() && !settings.isAligned(offset)) {
            sector.close();
        }
    }

    private boolean isEnd(StoreException e, SectorBytes bytes, int offset) {
        return PeerStatus.of(e) == PeerStatus.NOT_FOUND
                && (!settings.rules().verifiesFreeSpace() || bytes.isErased(offset, settings));
    }

    private void examine(StoreException e, SectorBytes bytes, int offset) throws DeviceException {
        bytes.view(offset, settings).suspect().ifPresent(suspects::add);
        if (PeerStatus.of(e) == PeerStatus.RESOURCE_EXHAUSTED) {
            misfit.surplusKey();
        } else if (bytes.isForeign(offset, settings)) {
            misfit.foreignEntry();
        } else if (PeerStatus.of(e) == PeerStatus.NOT_FOUND) {
            misfit.gap(offset);
        } else if (!bytes.hasMagicAlmost(offset, settings)) {
            misfit.noEntry(offset);
        }
    }

    /** Verifies and indexes one entry; its size is the answer. */
    private int load(EntryView view, int room) throws StoreException {
        if (room < EntryHeader.BYTES) {
            throw view.damage("room for an entry header", room + " bytes");
        }
        EntryHeader header = view.header();
        if (header.keyLength() == 0) {
            throw view.damage("a key", "an empty one");
        }
        if (header.size() > room) {
            throw view.damage("an entry within its sector", header.size() + " bytes");
        }
        view.verified();
        enter(view, header);
        return header.size();
    }

    private void enter(EntryView view, EntryHeader header) throws StoreException {
        byte[] entry = view.atLeast(header.contentLength());
        KeyRecord record = state.index().find(KeyHash.of(entry, EntryHeader.BYTES, header.keyLength()));
        if (record == null) {
            if (state.index().size() >= settings.maxEntries()) {
                throw PeerStatus.RESOURCE_EXHAUSTED.on(
                        new NoSpaceException("more than maxEntries=" + settings.maxEntries() + " keys"));
            }
            state.index().append(new KeyRecord(header, entry, view.address()));
            return;
        }
        int order =
                Integer.compareUnsigned(header.transactionId(), record.header().transactionId());
        if (order > 0) {
            spares.forget(record);
            record.replace(header, entry, view.address());
        } else if (order == 0) {
            addCopy(record, view);
        }
    }

    private void addCopy(KeyRecord record, EntryView view) throws StoreException {
        int sector = flash.sectorAt(view.address());
        if (record.addresses().stream().anyMatch(address -> flash.sectorAt(address) == sector)) {
            throw view.damage("copies in different sectors", "two in one");
        }
        if (record.addresses().size() < settings.redundancy()) {
            record.addresses().add(view.address());
        } else {
            spares.add(record, view.address());
        }
    }

    /** Looks for another entry behind a bad one; -1 if there is none. */
    private int nextMagic(SectorBytes bytes, int offset) throws DeviceException {
        int first = EntryHeader.alignUp(offset + EntryHeader.BYTES, EntryHeader.BYTES);
        for (int place = first; place + Integer.BYTES <= settings.sectorSize(); place += EntryHeader.BYTES) {
            try {
                int magic = ByteBuffer.wrap(bytes.word(place))
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .getInt();
                if (settings.format(magic).isPresent()) {
                    return place;
                }
            } catch (StoreException e) {
                HostFailure.passOn(e);
                assert e.nativeCode().isPresent(); // a place that cannot be read holds no entry
            }
        }
        return -1;
    }

    /** The second pass (section 8.3). The headers were read a moment ago, and are not read again. */
    private Result account() {
        List<KeyRecord> records = state.index().records();
        long newest = 0;
        int missing = 0;
        for (KeyRecord record : records) {
            if (record.addresses().size() < settings.redundancy()) {
                missing++;
            }
            state.sectorsOf(record)
                    .forEach(sector -> sector.addValid(record.header().size()));
            int transaction = record.header().transactionId();
            if (Integer.compareUnsigned(transaction, state.lastTransaction) > 0) {
                state.lastTransaction = transaction;
                newest = record.addresses().get(record.addresses().size() - 1);
            }
        }
        state.lastNew = flash.sectorAt(newest);
        boolean raised = missing > 0 && !state.errorDetected && missing == records.size();
        if (missing > 0) {
            state.errorDetected = true;
        }
        if (raised) {
            return Result.REDUNDANCY_RAISED;
        }
        return state.errorDetected ? Result.DAMAGED : Result.CLEAN;
    }
}

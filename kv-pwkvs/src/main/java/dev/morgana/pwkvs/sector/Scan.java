package dev.morgana.pwkvs.sector;

import dev.morgana.pwkvs.layout.EntryHeader;
import dev.morgana.pwkvs.layout.EntryImage;
import dev.morgana.pwkvs.layout.KeyHash;
import dev.morgana.pwkvs.layout.PeerStatus;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.StoreException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

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
    private boolean foreign;

    Scan(Flash flash, KvsState state) {
        this.flash = flash;
        this.settings = state.settings();
        this.state = state;
    }

    Result run() {
        state.clear();
        state.sectors().forEach(this::scan);
        if (!state.hasEmptySector()) {
            state.errorDetected = true;
        }
        return account();
    }

    /**
     * Whether there are intact entries that these settings have no place for: entries of an unknown format, or more keys than
     * allowed. That looks like wrong settings, and a repair would erase them (section 23.3).
     */
    boolean foundForeignEntries() {
        return foreign;
    }

    private void scan(Sector sector) {
        SectorBytes bytes = new SectorBytes(flash, sector.index(), settings.sectorSize());
        boolean damaged = false;
        int offset = 0;
        while (offset < settings.sectorSize()) {
            int next;
            try {
                next = offset + load(bytes.view(offset, settings), settings.sectorSize() - offset);
            } catch (StoreException e) {
                if (PeerStatus.of(e) == PeerStatus.NOT_FOUND
                        && (settings.faithful() || bytes.isErased(offset, settings))) {
                    break;
                }
                foreign |= PeerStatus.of(e) == PeerStatus.RESOURCE_EXHAUSTED || bytes.isForeign(offset, settings);
                damaged = true;
                next = nextMagic(bytes, offset);
                if (next < 0) {
                    break;
                }
            }
            assert next > offset : "a scan goes forward";
            offset = next;
            sector.free(settings.sectorSize() - offset);
        }
        if (damaged) {
            state.errorDetected = true;
            sector.markCorrupt();
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
        byte[] key = EntryImage.key(header, view.atLeast(header.valueOffset()));
        int hash = KeyHash.of(key);
        KeyRecord record = state.index().find(hash);
        if (record == null) {
            if (state.index().size() >= settings.maxEntries()) {
                throw PeerStatus.RESOURCE_EXHAUSTED.on(
                        new NoSpaceException("more than maxEntries=" + settings.maxEntries() + " keys"));
            }
            state.index().append(new KeyRecord(key, hash, header, view.address()));
            return;
        }
        int order =
                Integer.compareUnsigned(header.transactionId(), record.header().transactionId());
        if (order > 0) {
            record.replace(key, header, view.address());
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
        }
    }

    /** Looks for another entry behind a bad one; -1 if there is none. */
    private int nextMagic(SectorBytes bytes, int offset) {
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

package dev.morgana.pwkvs.sector;

import dev.morgana.pwkvs.layout.EntryHeader;
import dev.morgana.pwkvs.layout.EntryImage;
import dev.morgana.pwkvs.layout.PeerStatus;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.StoreException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;

/** Makes space: moves what lives in a sector elsewhere, and erases it (sections 12.3 and 13). */
final class Collector {
    private final Flash flash;
    private final KvsState state;
    private final SectorChoice choice;
    private final Appender appender;

    Collector(Flash flash, KvsState state) {
        this.flash = flash;
        this.state = state;
        this.choice = new SectorChoice(state);
        this.appender = new Appender(flash, state);
    }

    SectorChoice choice() {
        return choice;
    }

    /** A sector for a new entry, after collecting as the settings allow. */
    Sector sectorForWrite(int size, Collection<Sector> avoid) throws StoreException {
        Settings.GcOnWrite allowed = state.settings().gcOnWrite();
        int most = allowed == Settings.GcOnWrite.ONE_SECTOR ? 1 : Integer.MAX_VALUE;
        List<Sector> hopeless = new ArrayList<>(avoid);
        Sector found = choice.forAppend(size, avoid);
        for (int rounds = 0; found == null && rounds < most && allowed != Settings.GcOnWrite.DISABLED; ) {
            Sector victim = choice.victim(hopeless);
            if (victim == null) {
                throw noSpace(size);
            }
            collectIfIntact(victim, avoid, hopeless);
            found = choice.forAppend(size, avoid);
            rounds++;
            if (rounds > state.sectors().size() + 2) {
                throw noSpace(size);
            }
        }
        if (found == null) {
            throw noSpace(size);
        }
        return found;
    }

    /** A sector with a damaged live entry is left alone, and does not keep others from being collected (section 23.2). */
    private void collectIfIntact(Sector victim, Collection<Sector> avoid, List<Sector> hopeless) throws StoreException {
        try {
            collect(victim, avoid);
        } catch (CorruptStoreException e) {
            if (!state.settings().rules().passesOverDamagedSectors()) {
                throw e;
            }
            hopeless.add(victim);
        }
    }

    private NoSpaceException noSpace(int size) {
        long free = state.sectors().stream().mapToLong(Sector::writable).sum();
        return PeerStatus.RESOURCE_EXHAUSTED.on(
                new NoSpaceException("an entry", OptionalLong.of(size), OptionalLong.of(free)));
    }

    /** Places for all copies of a new entry, in different sectors. */
    List<Sector> reserve(int size) throws StoreException {
        List<Sector> places = new ArrayList<>();
        while (places.size() < state.settings().redundancy()) {
            places.add(sectorForWrite(size, List.copyOf(places)));
        }
        return places;
    }

    /** Moves what lives in a sector elsewhere, and erases it. */
    void collect(Sector victim, Collection<Sector> avoid) throws StoreException {
        if (victim.valid() != 0) {
            Sources sources = new Sources(flash, state, victim);
            for (KeyRecord record : state.index().records()) {
                moveCopies(record, victim, avoid, sources);
            }
        }
        if (victim.valid() != 0) {
            throw PeerStatus.INTERNAL.at(
                    flash.position(flash.startOf(victim.index()), "sector"),
                    "no live entry after all were moved",
                    victim.valid() + " bytes");
        }
        if (!victim.isEmpty()) {
            erase(victim);
        }
    }

    /** Erases a sector in which nothing lives. */
    void erase(Sector victim) throws StoreException {
        victim.markCorrupt(); // until the erase has succeeded
        state.sectorErases++;
        flash.erase(victim.index());
        victim.free(state.settings().sectorSize());
    }

    private void moveCopies(KeyRecord record, Sector victim, Collection<Sector> avoid, Sources sources)
            throws StoreException {
        boolean mustGrow = state.settings().rules().realignsCopies()
                && !state.settings().isAligned(record.header().alignment());
        if (mustGrow && state.sectorsOf(record).contains(victim)) {
            rewriteCopies(record, state.nextTransaction(), avoid);
            return;
        }
        for (int copy = 0; copy < record.addresses().size(); copy++) {
            if (state.sectorAt(record.addresses().get(copy)) == victim) {
                Lookup.Entry source = sources.of(record, record.addresses().get(copy));
                List<Sector> taken = new ArrayList<>(avoid);
                taken.addAll(state.sectorsOf(record));
                Sector target = choice.forCollection(source.header().size(), taken);
                if (target == null) {
                    throw noSpace(source.header().size());
                }
                record.addresses().set(copy, copy(source, target));
                victim.removeValid(source.header().size());
            }
        }
    }

    /** Writes all copies anew, in the format and alignment of the store and with a transaction id. */
    void rewriteCopies(KeyRecord record, int transaction, Collection<Sector> avoid) throws StoreException {
        Lookup.Entry source = new Lookup(flash, state, true).readIntact(record);
        byte[] entry = rewritten(source, transaction);
        List<Sector> taken = new ArrayList<>(avoid);
        taken.addAll(state.sectorsOf(record));
        List<Sector> places = new ArrayList<>();
        while (places.size() < state.settings().redundancy()) {
            Sector target = choice.forCollection(entry.length, taken);
            if (target == null) {
                throw noSpace(entry.length);
            }
            places.add(target);
            taken.add(target);
        }
        int oldSize = record.header().size();
        write(entry, places, address -> {
            state.sectorsOf(record).forEach(sector -> sector.removeValid(oldSize));
            record.replace(EntryHeader.decode(entry, 0), entry, address);
            return record;
        });
    }

    /** The same key and value in the format and alignment that are written now. */
    byte[] rewritten(Lookup.Entry old, int transaction) throws StoreException {
        Settings settings = state.settings();
        EntryHeader header = old.header();
        byte[] content = old.view().atLeast(header.contentLength());
        byte[] key = EntryImage.key(header, content);
        byte[] value = header.isTombstone() ? null : EntryImage.value(header, content);
        return EntryImage.encode(settings.primary(), settings.alignment(), key, value, transaction);
    }

    /** Writes another copy of an entry; its address is the answer. */
    long copy(Lookup.Entry source, Sector target) throws StoreException {
        return appender.append(target, bytes(source));
    }

    private static byte[] bytes(Lookup.Entry source) throws StoreException {
        EntryHeader header = source.header();
        byte[] content = source.view().atLeast(header.contentLength());
        return EntryImage.assemble(header, EntryImage.key(header, content), EntryImage.value(header, content));
    }

    /** Writes a new entry in all its copies; the record, new or old, is as the caller says once the first copy is there. */
    void write(byte[] entry, List<Sector> places, Recorder recorder) throws StoreException {
        KeyRecord record = recorder.record(appender.append(places.get(0), entry));
        for (Sector place : places.subList(1, places.size())) {
            record.addresses().add(appender.append(place, entry));
        }
    }

    /** Takes note of the first copy of a new entry. */
    interface Recorder {
        /** The record of the entry at an address. */
        KeyRecord record(long address);
    }
}

package dev.morgana.pwkvs.sector;

import dev.morgana.pwkvs.layout.EntryHeader;
import dev.morgana.pwkvs.layout.PeerStatus;
import dev.morgana.spi.backend.HostFailure;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.InvalidRequestException;
import dev.morgana.spi.error.StoreException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Work that the owner of a store asks for (section 14). */
final class Maintenance {
    private static final int CROWDED_PERCENT = 70;

    private final Flash flash;
    private final KvsState state;
    private final Collector collector;

    /** Where the pass over the sectors goes on. */
    private int cursor;

    Maintenance(Flash flash, KvsState state, Collector collector) {
        this.flash = flash;
        this.state = state;
        this.collector = collector;
    }

    void partial() throws StoreException {
        if (state.checkForErrors() && state.settings().recovery() != Settings.Recovery.MANUAL) {
            scanAndRepair();
        }
        Sector victim = collector.choice().victim(List.of());
        if (victim == null) {
            throw PeerStatus.NOT_FOUND.on(new InvalidRequestException("nothing to collect, the store is empty"));
        }
        if (victim.recoverable() > 0
                || !state.settings().rules().sparesCleanSectors()) { // else it would be moved for nothing
            collector.collect(victim, List.of());
        }
    }

    private void scanAndRepair() throws StoreException {
        Scan scan = new Scan(flash, state);
        scan.run();
        refuseMisfit(flash, state, scan);
        new Repair(flash, state, collector).run();
    }

    /** A repair would erase intact entries that only wrong settings make look like damage. */
    static void refuseMisfit(Flash flash, KvsState state, Scan scan) throws StoreException {
        Optional<String> misfit = scan.misfit().reason();
        if (misfit.isPresent() && state.settings().rules().refusesMisfits()) {
            throw PeerStatus.FAILED_PRECONDITION.at(
                    flash.position(0, "sectors"),
                    "what these options say; a repair would erase intact entries, so give the options of the firmware",
                    misfit.get());
        }
    }

    void full(boolean heavy) throws StoreException {
        if (state.checkForErrors()) {
            scanAndRepair();
        }
        StoreException failure = null;
        boolean upgraded = false;
        try {
            upgraded = upgrade();
        } catch (StoreException e) {
            HostFailure.passOn(e);
            failure = e;
        }
        boolean force = heavy || upgraded || isCrowded();
        cursor = state.lastNew;
        failure = first(failure, pass(force));
        if (heavy && (failure == null || !state.settings().rules().keepsTombstonesAfterFailure())) {
            flash.sync(); // what was stale is gone before the tombstones that hide it
            dropTombstones();
            failure = first(failure, pass(true));
            if (failure == null
                    && Renumbering.isDue(state)
                    && state.settings().rules().renumbers()) {
                new Renumbering(state, collector).run();
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static @Nullable StoreException first(@Nullable StoreException one, @Nullable StoreException other) {
        return one != null ? one : other;
    }

    private boolean isCrowded() {
        long valid = state.sectors().stream().mapToLong(Sector::valid).sum();
        long size = (long) state.settings().sectorSize() * state.settings().sectorCount();
        return valid > size * CROWDED_PERCENT / 100;
    }

    private @Nullable StoreException pass(boolean force) throws DeviceException {
        for (Sector sector : collector.choice().inOrder(cursor)) {
            cursor = sector.index();
            if (sector.recoverable() > 0 && (force || sector.valid() == 0)) {
                try {
                    collector.collect(sector, List.of());
                } catch (StoreException e) {
                    HostFailure.passOn(e);
                    return e;
                }
            }
        }
        return null;
    }

    private void dropTombstones() {
        Index index = state.index();
        for (int position = 0; position < index.size(); ) {
            KeyRecord record = index.records().get(position);
            if (record.isDeleted()) {
                state.sectorsOf(record)
                        .forEach(sector -> sector.removeValid(record.header().size()));
                index.remove(position);
            } else {
                position++;
            }
        }
    }

    private boolean upgrade() throws StoreException {
        boolean upgraded = false;
        for (KeyRecord record : state.index().records()) {
            Lookup lookup = new Lookup(flash, state, true);
            if (!state.settings().rules().trustsIndex()) {
                Lookup.Entry old = lookup.read(record);
                if (old.header().magic() != state.settings().primary().magic()) {
                    upgrade(record, old);
                    upgraded = true;
                }
            } else if (record.isOutdated(state.settings())) {
                upgrade(record, lookup.readIntact(record));
                upgraded = true;
            }
        }
        return upgraded;
    }

    private void upgrade(KeyRecord record, Lookup.Entry old) throws StoreException {
        byte[] entry = collector.rewritten(old, state.nextTransaction());
        List<Sector> places = collector.reserve(entry.length);
        int oldSize =
                state.settings().rules().countsOldSizes() ? record.header().size() : entry.length;
        collector.write(entry, places, address -> {
            state.sectorsOf(record).forEach(sector -> sector.removeValid(oldSize));
            record.replace(EntryHeader.decode(entry, 0), entry, address);
            return record;
        });
    }
}

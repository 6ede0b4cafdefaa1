package dev.morgana.pwkvs.sector;

import dev.morgana.pwkvs.layout.EntryFormat;
import dev.morgana.pwkvs.layout.EntryImage;
import dev.morgana.pwkvs.layout.PeerStatus;
import dev.morgana.spi.error.InvalidRequestException;
import dev.morgana.spi.error.StoreException;
import java.util.List;
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
        collector.collect(victim, List.of());
    }

    private void scanAndRepair() throws StoreException {
        Scan scan = new Scan(flash, state);
        scan.run();
        refuseForeign(flash, state, scan);
        new Repair(flash, state, collector).run();
    }

    /** A repair would erase intact entries that only wrong settings make look like damage. */
    static void refuseForeign(Flash flash, KvsState state, Scan scan) throws StoreException {
        if (scan.foundForeignEntries() && !state.settings().faithful()) {
            throw PeerStatus.FAILED_PRECONDITION.at(
                    flash.position(0, "sectors"),
                    "only entries of the formats " + state.settings().formats() + " and at most "
                            + state.settings().maxEntries() + " keys; with faithful=true the others are erased",
                    "intact entries that do not fit these options");
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
            failure = e;
        }
        boolean force = heavy || upgraded || isCrowded();
        cursor = state.lastNew;
        failure = first(failure, pass(force));
        if (heavy) {
            flash.sync(); // what was stale is gone before the tombstones that hide it
            dropTombstones();
            failure = first(failure, pass(true));
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

    private @Nullable StoreException pass(boolean force) {
        for (Sector sector : collector.choice().inOrder(cursor)) {
            cursor = sector.index();
            if (sector.recoverable() > 0 && (force || sector.valid() == 0)) {
                try {
                    collector.collect(sector, List.of());
                } catch (StoreException e) {
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
            Lookup.Entry old = new Lookup(flash, state, true).read(record);
            if (old.header().magic() != state.settings().primary().magic()) {
                upgrade(record, old);
                upgraded = true;
            }
        }
        return upgraded;
    }

    private void upgrade(KeyRecord record, Lookup.Entry old) throws StoreException {
        EntryFormat primary = state.settings().primary();
        int alignment = state.settings().alignment();
        state.lastTransaction++;
        byte[] content = old.view().atLeast(old.header().contentLength());
        byte[] key = EntryImage.key(old.header(), content);
        byte[] value = old.header().isTombstone() ? null : EntryImage.value(old.header(), content);
        byte[] entry = EntryImage.encode(primary, alignment, key, value, state.lastTransaction);
        List<Sector> places = collector.reserve(entry.length);
        collector.write(entry, places, address -> {
            state.sectorsOf(record).forEach(sector -> sector.removeValid(entry.length));
            record.replace(dev.morgana.pwkvs.layout.EntryHeader.decode(entry, 0), address);
            return record;
        });
    }
}

package dev.morgana.pwkvs.sector;

import dev.morgana.pwkvs.layout.EntryHeader;
import dev.morgana.pwkvs.layout.EntryImage;
import dev.morgana.pwkvs.layout.PeerStatus;
import dev.morgana.spi.backend.HostFailure;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.LimitExceededException;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.ReadOnlyStoreException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The store: Pigweed's operations over one partition (sections 8 to 17). Failures carry its status codes. */
public final class Kvs {
    private static final int SECTOR_SIZE_MAX = 65534;

    private final Settings settings;
    private final Flash flash;
    private final KvsState state;
    private final Collector collector;
    private final Reading reading;

    /** A store that is not initialized. */
    public Kvs(Flash flash, Settings settings) {
        this.settings = settings;
        this.flash = flash;
        this.state = new KvsState(settings);
        this.collector = new Collector(flash, state);
        this.reading = new Reading(flash, state);
    }

    /** The partition. */
    public Flash flash() {
        return flash;
    }

    /** What the store was opened with. */
    public Settings settings() {
        return settings;
    }

    /**
     * Opens the store; on {@code DATA_LOSS} it can be read, and maintenance may repair it.
     *
     * @throws CorruptStoreException the store is damaged and was not repaired ({@code DATA_LOSS})
     * @throws InvalidOptionException the sectors are too few or too large ({@code FAILED_PRECONDITION})
     */
    public void init() throws StoreException {
        state.phase = KvsState.Phase.NOT_INITIALIZED;
        state.errorDetected = false;
        state.lastTransaction = 0;
        checkGeometry();
        Scan scan = new Scan(flash, state);
        Scan.Result result = scan.run();
        state.rollBacks = scan.rollBacks();
        if (!state.errorDetected) {
            state.phase = KvsState.Phase.READY;
            return;
        }
        state.phase = KvsState.Phase.NEEDS_MAINTENANCE;
        if (settings.recovery() != Settings.Recovery.MANUAL) {
            Maintenance.refuseMisfit(flash, state, scan);
            recover(result);
        }
        if (state.errorDetected) {
            throw PeerStatus.DATA_LOSS.at(flash.position(0, "sectors"), "no damage", damage());
        }
    }

    private String damage() {
        List<Integer> corrupt = state.sectors().stream()
                .filter(Sector::isCorrupt)
                .map(Sector::index)
                .toList();
        return corrupt.isEmpty() ? "no empty sector, or missing copies" : "damage in sectors " + corrupt;
    }

    private void checkGeometry() throws StoreException {
        if (settings.sectorCount() < 2 || settings.sectorSize() > SECTOR_SIZE_MAX) {
            throw PeerStatus.FAILED_PRECONDITION.on(new InvalidOptionException(
                    "sectorSize", "needs at least 2 sectors of at most " + SECTOR_SIZE_MAX + " bytes"));
        }
    }

    private void recover(Scan.Result result) throws StoreException {
        int before = state.missingCopiesRecovered;
        boolean repaired = repair();
        if (!repaired && settings.rules().repairsTwice()) { // what was moved so far made room for more
            new Scan(flash, state).run();
            repaired = repair();
        }
        if (repaired && result == Scan.Result.REDUNDANCY_RAISED) {
            state.missingCopiesRecovered = before;
        }
        flash.sync();
    }

    private boolean repair() throws DeviceException {
        try {
            new Repair(flash, state, collector).run();
            return true;
        } catch (StoreException e) {
            HostFailure.passOn(e);
            assert state.errorDetected : "what could not be repaired stays an error";
            return false;
        }
    }

    /** Makes an empty store. */
    public void format() throws StoreException {
        checkGeometry();
        if (settings.readOnly()) {
            throw PeerStatus.PERMISSION_DENIED.on(new ReadOnlyStoreException("format"));
        }
        new Formatting(flash, settings).run();
    }

    /** Whether writes are accepted. */
    public boolean isReady() {
        return state.phase == KvsState.Phase.READY;
    }

    /** Whether damage is known. */
    public boolean errorDetected() {
        return state.errorDetected;
    }

    /** Looks for damage that is known. */
    public boolean checkForErrors() {
        return state.checkForErrors();
    }

    private static void checkKey(byte[] key) throws StoreException {
        if (key.length == 0 || key.length > EntryHeader.KEY_MAX) {
            throw PeerStatus.INVALID_ARGUMENT.on(new LimitExceededException(
                    "key (bytes, at least 1)", EntryHeader.KEY_MAX, key.length, Key.escape(key)));
        }
    }

    private void requireInitialized() throws StoreException {
        if (state.phase == KvsState.Phase.NOT_INITIALIZED) {
            throw PeerStatus.FAILED_PRECONDITION.at(
                    flash.position(0, "partition"), "an opened store", "one that was not or could not be opened");
        }
    }

    private void requireReady(String operation) throws StoreException {
        requireUndamaged(operation);
        if (settings.readOnly()) {
            throw PeerStatus.PERMISSION_DENIED.on(new ReadOnlyStoreException(operation));
        }
    }

    private void requireUndamaged(String operation) throws StoreException {
        requireInitialized();
        if (state.phase != KvsState.Phase.READY) {
            throw PeerStatus.FAILED_PRECONDITION.at(
                    flash.position(0, "sectors"), "no damage before " + operation + ", or maintenance first", damage());
        }
    }

    /** A value, or the part of it that was asked for. */
    public record Part(byte[] bytes, boolean toTheEnd) {}

    /**
     * Reads a value from an offset on; empty if the key is not bound. Only whole values are verified.
     *
     * @throws StoreException the offset is past the end ({@code OUT_OF_RANGE}), or the value is damaged
     *     ({@code DATA_LOSS})
     */
    public Optional<Part> get(byte[] key, int capacity, int offset) throws StoreException {
        checkKey(key);
        requireInitialized();
        return reading.get(key, capacity, offset);
    }

    /** The size of a value in bytes; empty if the key is not bound. */
    public Optional<Integer> valueSize(byte[] key) throws StoreException {
        checkKey(key);
        requireInitialized();
        return reading.valueSize(key);
    }

    /** As {@link #valueSize}, for a read that needs a store without damage (section 10). */
    public Optional<Integer> valueSizeForFixed(byte[] key) throws StoreException {
        checkKey(key);
        requireUndamaged("a read of fixed size");
        return valueSize(key);
    }

    /**
     * Binds a key to a value.
     *
     * @throws StoreException with the codes of section 18
     */
    public void put(byte[] key, byte[] value) throws StoreException {
        checkKey(key);
        requireReady("put");
        checkFits(key, value.length);
        Lookup lookup = new Lookup(flash, state, false);
        KeyRecord record = lookup.find(key);
        if (record == null) {
            requireRoomInIndex();
            write(key, value, null, 0);
            return;
        }
        if (settings.rules().trustsIndex()) {
            if (!record.mayHave(value) || !isBoundTo(record, value)) {
                write(key, value, record, record.header().size());
            }
            return;
        }
        Lookup.Entry old = lookup.read(record);
        if (record.isDeleted() || !isSame(old, value)) {
            write(key, value, record, old.header().size());
        }
    }

    private boolean isBoundTo(KeyRecord record, byte[] value) throws DeviceException {
        try {
            return isSame(new Lookup(flash, state, true).readIntact(record), value);
        } catch (StoreException e) {
            HostFailure.passOn(e);
            return false; // damaged, and written anew
        }
    }

    private void checkFits(byte[] key, int length) throws StoreException {
        if (EntryImage.size(key.length, length, settings.alignment()) > settings.sectorSize()) {
            throw PeerStatus.INVALID_ARGUMENT.on(
                    new LimitExceededException("value (bytes)", maxValueSize(key.length), length, Key.escape(key)));
        }
    }

    /** The largest value that fits beside a key of some length, in bytes. */
    public int maxValueSize(int keyLength) {
        int alignment = EntryImage.entryAlignment(settings.alignment());
        return Math.max(0, settings.sectorSize() / alignment * alignment - EntryHeader.BYTES - keyLength);
    }

    private static boolean isSame(Lookup.Entry old, byte[] value) throws StoreException {
        EntryHeader header = old.header();
        return header.valueLength() == value.length
                && Arrays.equals(EntryImage.value(header, old.view().atLeast(header.contentLength())), value);
    }

    private void requireRoomInIndex() throws StoreException {
        boolean full = state.index().size() >= settings.maxEntries();
        if (full && settings.gcOnWrite() == Settings.GcOnWrite.AS_MANY_SECTORS_NEEDED) {
            new Maintenance(flash, state, collector).full(true);
        }
        if (state.index().size() >= settings.maxEntries()) {
            throw PeerStatus.RESOURCE_EXHAUSTED.on(
                    new NoSpaceException("another key, maxEntries is " + settings.maxEntries()));
        }
    }

    /** Deletes a key; tells whether it was bound. */
    public boolean delete(byte[] key) throws StoreException {
        checkKey(key);
        requireReady("delete");
        Lookup lookup = new Lookup(flash, state, false);
        KeyRecord record = lookup.findExisting(key);
        if (record == null) {
            return false;
        }
        int size = (settings.rules().trustsIndex()
                        ? record.header()
                        : lookup.read(record).header())
                .size();
        try {
            write(key, null, record, size);
        } catch (NoSpaceException e) {
            if (!settings.rules().evictsToDelete() || settings.gcOnWrite() == Settings.GcOnWrite.DISABLED) {
                throw e;
            }
            eviction().remove(record);
            flash.sync();
        }
        return true;
    }

    /** Removes every key; a power cut leaves some of them. */
    public void clear() throws StoreException {
        requireReady("clear");
        eviction().clear();
        flash.sync();
    }

    private Eviction eviction() {
        return new Eviction(state, collector, new Maintenance(flash, state, collector));
    }

    private void write(byte[] key, byte @Nullable [] value, @Nullable KeyRecord record, int oldSize)
            throws StoreException {
        int length = value == null ? 0 : value.length;
        List<Sector> places = collector.reserve(EntryImage.size(key.length, length, settings.alignment()));
        int transaction = state.nextTransaction(); // burnt even if the device fails
        byte[] entry = EntryImage.encode(settings.primary(), settings.alignment(), key, value, transaction);
        EntryHeader header = EntryHeader.decode(entry, 0);
        collector.write(entry, places, address -> {
            if (record == null) {
                KeyRecord added = new KeyRecord(header, entry, address);
                state.index().append(added);
                return added;
            }
            state.sectorsOf(record).forEach(sector -> sector.removeValid(oldSize));
            record.replace(header, entry, address);
            return record;
        });
        flash.sync();
    }

    private interface Work {
        void run(Maintenance maintenance) throws StoreException;
    }

    private void maintain(Work work) throws StoreException {
        requireInitialized();
        if (settings.readOnly()) {
            throw PeerStatus.PERMISSION_DENIED.on(new ReadOnlyStoreException("maintenance"));
        }
        work.run(new Maintenance(flash, state, collector));
        flash.sync();
    }

    /** Repairs if allowed, and collects one sector; tells whether there was anything to reclaim. */
    public boolean partialMaintenance() throws StoreException {
        int before = state.sectorErases;
        maintain(Maintenance::partial);
        return state.sectorErases > before;
    }

    /** Repairs, upgrades old formats, and collects what is worth it. */
    public void fullMaintenance() throws StoreException {
        maintain(maintenance -> maintenance.full(false));
    }

    /** As full maintenance, and collects everything stale and all tombstones. */
    public void heavyMaintenance() throws StoreException {
        maintain(maintenance -> maintenance.full(true));
    }

    /** Damaged entries that said to be newer than what counts, as the last opening found them. */
    public List<RollBack> rollBacks() {
        return state.rollBacks;
    }

    /** Verifies every copy of every live entry in its place; the damaged ones are the answer, and noted for maintenance. */
    public List<DamagedCopy> scrub() throws StoreException {
        requireInitialized();
        return new Scrub(flash, state).run();
    }

    /** The keys that are bound, as they were when indexed, in the order of the index. */
    public List<byte[]> keys() {
        return state.index().records().stream()
                .filter(record -> !record.isDeleted())
                .map(record -> record.key().clone())
                .toList();
    }

    /** One bound key as flash tells it now, in the order of the index. */
    public record Item(byte[] key, Optional<Integer> valueSize, Optional<byte[]> value) {}

    /**
     * All bound keys with their values, read from flash, damaged ones as far as they can be told (section 10).
     *
     * @throws DeviceException the device fails
     */
    public List<Item> iterate() throws DeviceException {
        return reading.iterate();
    }

    /** The statistics of section 17, and the counts of section 10. */
    public Statistics statistics() {
        return Statistics.of(state);
    }
}

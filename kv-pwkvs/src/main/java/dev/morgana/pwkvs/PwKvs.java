package dev.morgana.pwkvs;

import dev.morgana.pwkvs.layout.PeerStatus;
import dev.morgana.pwkvs.sector.Flash;
import dev.morgana.pwkvs.sector.Kvs;
import dev.morgana.pwkvs.sector.Settings;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.LimitExceededException;
import dev.morgana.spi.error.Position;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.option.CommonOptions;
import dev.morgana.spi.option.Options;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * pw_kvs with Pigweed's own calls, for programs that know what they have. Every failure names Pigweed's status code in
 * {@link StoreException#nativeCode()}; {@code NOT_FOUND} of a key is an empty answer instead.
 *
 * <pre>{@code
 * PwKvs kvs = PwKvs.over(device, options);
 * kvs.init();
 * kvs.put(key, value);
 * }</pre>
 *
 * <p>Writing follows Pigweed byte for byte. Where Pigweed goes wrong this does better with the same bytes (pw_kvs page, section
 * 23), unless {@link PwKvsOptions#FAITHFUL} is set.
 *
 * <p>A change is durable when its call has returned. Safe for use by many threads, one at a time. The device stays the
 * caller's.
 */
public final class PwKvs {
    private final Kvs kvs;

    private PwKvs(Kvs kvs) {
        this.kvs = kvs;
    }

    /**
     * A store that is not initialized yet. Nothing is read.
     *
     * @param device the device; its geometry is reshaped to that of the options
     * @param options see {@link PwKvsOptions}
     * @return the store
     * @throws InvalidOptionException if an option is wrong or does not fit the device (native code
     *     {@code INVALID_ARGUMENT})
     * @throws StoreException for this, or if the device cannot have such sectors
     */
    public static PwKvs over(BlockDevice device, Options options) throws StoreException {
        return new PwKvs(kvs(device, options));
    }

    static Kvs kvs(BlockDevice device, Options options) throws StoreException {
        Geometry own = device.geometry();
        boolean readOnly = options.get(CommonOptions.READ_ONLY) || device.isReadOnly();
        Settings settings = PwKvsOptions.settings(options, own, readOnly);
        int program = PwKvsOptions.flashAlignment(options, own);
        long count = own.sizeBytes() / settings.sectorSize();
        ErasedState erased = settings.erased() == 0 ? ErasedState.ZEROS : ErasedState.ONES;
        Geometry wanted;
        try {
            wanted = new Geometry(own.readSize(), program, settings.sectorSize(), count, erased);
        } catch (IllegalArgumentException e) {
            throw PeerStatus.INVALID_ARGUMENT.on(
                    new InvalidOptionException(PwKvsOptions.SECTOR_SIZE.name(), "does not fit " + own));
        }
        return new Kvs(new Flash(device.reshape(wanted), settings), settings);
    }

    /**
     * Opens the store, and repairs it as {@link PwKvsOptions#RECOVERY} says (pw_kvs page, section 8). After
     * {@code DATA_LOSS} it can be read, and maintenance may repair it.
     *
     * @throws dev.morgana.spi.error.CorruptStoreException if there is damage that was not repaired ({@code DATA_LOSS})
     * @throws InvalidOptionException if there are less than 2 sectors, or they have more than 65534 bytes
     *     ({@code FAILED_PRECONDITION})
     * @throws StoreException for any of these
     */
    public synchronized void init() throws StoreException {
        kvs.init();
    }

    /**
     * Whether the store accepts writes.
     *
     * @return whether it was opened and has no damage that is to be repaired first
     */
    public synchronized boolean isReady() {
        return kvs.isReady();
    }

    /**
     * Whether damage was noticed.
     *
     * @return whether maintenance has something to repair
     */
    public synchronized boolean errorDetected() {
        return kvs.errorDetected();
    }

    /**
     * Looks for damaged sectors and missing copies among what is known, without reading.
     *
     * @return whether there are any
     */
    public synchronized boolean checkForErrors() {
        return kvs.checkForErrors();
    }

    /**
     * A value, or a part of it.
     *
     * @param bytes the bytes; they belong to the caller
     * @param complete whether the value ends with them; if not, Pigweed answers {@code RESOURCE_EXHAUSTED}, and nothing was
     *     verified
     */
    public record Value(byte[] bytes, boolean complete) {}

    /**
     * Reads a value. Only a whole value is verified.
     *
     * @param key 1 to 63 bytes
     * @param capacity the most bytes to read, from 0
     * @param offset the first byte, from 0
     * @return the bytes, or empty if the key is not bound ({@code NOT_FOUND})
     * @throws LimitExceededException if the key cannot be ({@code INVALID_ARGUMENT}) or the offset is behind the end
     *     ({@code OUT_OF_RANGE})
     * @throws dev.morgana.spi.error.CorruptStoreException if no copy is intact ({@code DATA_LOSS})
     * @throws StoreException for these and the device's failures
     */
    public synchronized Optional<Value> get(byte[] key, int capacity, int offset) throws StoreException {
        return kvs.get(key, capacity, offset).map(part -> new Value(part.bytes(), part.toTheEnd()));
    }

    /**
     * Reads a value of a known size.
     *
     * @param key 1 to 63 bytes
     * @param size the size that the value must have, in bytes
     * @return the bytes, or empty if the key is not bound
     * @throws LimitExceededException if the key cannot be, or the value has another size ({@code INVALID_ARGUMENT})
     * @throws StoreException as {@link #get}, and if the store is not ready ({@code FAILED_PRECONDITION})
     */
    public synchronized Optional<byte[]> getFixed(byte[] key, int size) throws StoreException {
        Optional<Integer> found = kvs.valueSizeForFixed(key);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        if (found.get() != size) {
            throw PeerStatus.INVALID_ARGUMENT.on(
                    new LimitExceededException("size (bytes)", found.get(), size, Key.escape(key)));
        }
        return kvs.get(key, size, 0).map(Kvs.Part::bytes);
    }

    /**
     * The size of a value.
     *
     * @param key 1 to 63 bytes
     * @return in bytes, or empty if the key is not bound
     * @throws StoreException as {@link #get}
     */
    public synchronized OptionalInt valueSize(byte[] key) throws StoreException {
        return kvs.valueSize(key).map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    /**
     * Binds a key to a value. Binding it to the value that it has writes nothing.
     *
     * @param key 1 to 63 bytes
     * @param value the bytes
     * @throws LimitExceededException if key or value cannot be ({@code INVALID_ARGUMENT})
     * @throws dev.morgana.spi.error.NoSpaceException if there is no room ({@code RESOURCE_EXHAUSTED})
     * @throws dev.morgana.spi.error.InvalidRequestException if another key has the same hash ({@code ALREADY_EXISTS})
     * @throws StoreException for these, for damage and for the device's failures, with the codes of section 18
     */
    public synchronized void put(byte[] key, byte[] value) throws StoreException {
        kvs.put(key, value);
    }

    /**
     * Deletes a key. This needs room for a tombstone.
     *
     * @param key 1 to 63 bytes
     * @return whether it was bound
     * @throws StoreException as {@link #put}
     */
    public synchronized boolean delete(byte[] key) throws StoreException {
        return kvs.delete(key);
    }

    /**
     * Repairs if {@link PwKvsOptions#RECOVERY} allows it, and collects one sector.
     *
     * @return whether there was anything to reclaim; where there is not, Pigweed moves a sector for nothing
     * @throws StoreException if the store is empty ({@code NOT_FOUND}), or it failed
     */
    public synchronized boolean partialMaintenance() throws StoreException {
        return kvs.partialMaintenance();
    }

    /**
     * Repairs, rewrites entries of old formats, and collects what is worth it.
     *
     * @throws StoreException the first failure; the rest was done all the same
     */
    public synchronized void fullMaintenance() throws StoreException {
        kvs.fullMaintenance();
    }

    /**
     * As {@link #fullMaintenance()}, and collects everything stale; deleted keys are forgotten.
     *
     * @throws StoreException the first failure; the rest was done all the same
     */
    public synchronized void heavyMaintenance() throws StoreException {
        kvs.heavyMaintenance();
    }

    /**
     * One key that is bound.
     *
     * @param key as it is on flash; empty if it cannot be read
     * @param valueSize in bytes, or empty if it cannot be read
     * @param value the value, or empty if it is damaged
     */
    public record Item(byte[] key, OptionalInt valueSize, Optional<byte[]> value) {}

    /**
     * Every key that is bound, with its value, as flash tells them now.
     *
     * @return the items in Pigweed's order
     * @throws StoreException if the device fails; damage is told by the item
     */
    public synchronized List<Item> iterate() throws StoreException {
        return kvs.iterate().stream()
                .map(item -> new Item(
                        item.key(), item.valueSize().map(OptionalInt::of).orElse(OptionalInt.empty()), item.value()))
                .toList();
    }

    /**
     * A damaged entry that says to be newer than what counts. It may be a write that was cut before it was acknowledged, or a
     * value that was lost; transaction ids are consecutive, so a gap below it tells of more.
     *
     * @param key as it reads
     * @param transaction its transaction id as it reads, from 0 to 2^32 - 1
     * @param current the transaction id of the entry that counts instead; empty if the key is not known otherwise
     */
    public record RolledBack(byte[] key, long transaction, OptionalLong current) {}

    /**
     * What the last {@link #init} had to fall back from, kept when a repair has erased it.
     *
     * @return the damaged entries
     */
    public synchronized List<RolledBack> rolledBack() {
        return kvs.rollBacks().stream()
                .map(found -> new RolledBack(found.key(), found.transaction(), found.current()))
                .toList();
    }

    /**
     * A copy of a live entry that does not read as it was written.
     *
     * @param key of the entry
     * @param position where it is
     * @param lost whether no other copy of the entry is intact
     */
    public record Damaged(byte[] key, Position position, boolean lost) {}

    /**
     * Verifies every copy of every live entry in its place, deleted keys included. What is damaged is noted: the next full
     * maintenance writes it anew from an intact copy.
     *
     * @return the damaged copies
     * @throws StoreException if the store is not initialized ({@code FAILED_PRECONDITION})
     */
    public synchronized List<Damaged> scrub() throws StoreException {
        return kvs.scrub().stream()
                .map(found -> new Damaged(found.key(), kvs.flash().position(found.address(), "entry"), found.lost()))
                .toList();
    }

    /**
     * What the store counts.
     *
     * @return the counts of the moment
     */
    public synchronized PwKvsStatistics statistics() {
        return PwKvsStatistics.of(kvs.statistics());
    }
}

package dev.morgana.pwkvs;

import dev.morgana.pwkvs.layout.PeerStatus;
import dev.morgana.pwkvs.sector.Flash;
import dev.morgana.pwkvs.sector.Kvs;
import dev.morgana.pwkvs.sector.Rules;
import dev.morgana.pwkvs.sector.Settings;
import dev.morgana.pwkvs.store.ImageTools;
import dev.morgana.pwkvs.store.PwKvsStore;
import dev.morgana.spi.backend.StoreLife;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.LimitExceededException;
import dev.morgana.spi.error.Position;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Reconfiguration;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.option.CommonOptions;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.store.FlatStore;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * pw_kvs with Pigweed's own calls, for programs that know what they have. Every failure names Pigweed's status code in
 * {@link StoreException#nativeCode()}; {@code NOT_FOUND} of a key is an empty answer instead.
 *
 * <pre>{@code
 * PwKvs.format(device, options);
 * try (PwKvs kvs = PwKvs.open(device, options)) {
 *     kvs.put(key, value);
 * }
 * }</pre>
 *
 * <p>Writing follows Pigweed byte for byte. Where Pigweed goes wrong this does better with the same bytes (pw_kvs page, section
 * 23). The same store with the interface that all formats have is {@link #store()}.
 *
 * <p>A change is durable when its call has returned. Safe for use by many threads, one at a time. After {@link #close()} every
 * other call is an {@link IllegalStateException}.
 */
public final class PwKvs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PwKvs.class);

    private final Kvs kvs;
    private final StoreLife life;
    private final FlatStore store;

    private PwKvs(Kvs kvs) {
        this.kvs = kvs;
        this.life = life(kvs);
        this.store = new PwKvsStore(kvs, life);
    }

    private static StoreLife life(Kvs kvs) {
        return StoreLife.exclusive(List.of(kvs.flash().device()), PwKvs::warn);
    }

    private static void warn(DeviceException failure) {
        LOG.warn("device did not close well: {}", failure.getMessage());
    }

    /**
     * Makes an empty store: every sector is erased. The device stays the caller's, and open.
     *
     * @param device the device; its geometry is reshaped to that of the options
     * @param options see {@link PwKvsOptions}
     * @throws InvalidOptionException if an option is wrong or does not fit the device (native code
     *     {@code INVALID_ARGUMENT})
     * @throws StoreException for this, or if the device fails
     */
    public static void format(BlockDevice device, Options options) throws StoreException {
        kvs(device, options).format();
    }

    /**
     * Opens a store, and repairs it as {@link PwKvsOptions#RECOVERY} says (pw_kvs page, section 8). One that is read-only opens
     * as long as anything can be read. On success the store owns the device and closes it; on failure it stays the caller's,
     * and open.
     *
     * @param device the device; its geometry is reshaped to that of the options
     * @param options see {@link PwKvsOptions}
     * @return the store
     * @throws dev.morgana.spi.error.CorruptStoreException if there is damage that was not repaired ({@code DATA_LOSS})
     * @throws InvalidOptionException if an option is wrong or does not fit the device (native code {@code INVALID_ARGUMENT}),
     *     or there are fewer than 2 sectors, or they have more than 65534 bytes ({@code FAILED_PRECONDITION})
     * @throws StoreException for any of these, or if the device fails
     */
    public static PwKvs open(BlockDevice device, Options options) throws StoreException {
        PwKvs opened = over(device, options, Rules.PRODUCT);
        try {
            opened.init();
        } catch (CorruptStoreException e) {
            if (!opened.kvs.settings().readOnly()) {
                throw e;
            }
        }
        return opened;
    }

    /**
     * Opens the tools for an image that may be too damaged to open: {@link dev.morgana.spi.facet.Check},
     * {@link dev.morgana.spi.facet.Dump}, {@link dev.morgana.spi.facet.Usage}, {@link dev.morgana.spi.facet.History},
     * {@link dev.morgana.spi.facet.Wear}, {@link dev.morgana.spi.facet.Repair} and {@link Reconfiguration}. Nothing is written
     * but by the last two. On success the inspection owns the device and closes it; on failure it stays the caller's, and open.
     *
     * @param device the device; its geometry is reshaped to that of the options
     * @param options see {@link PwKvsOptions}
     * @return the tools
     * @throws InvalidOptionException if an option is wrong or does not fit the device (native code {@code INVALID_ARGUMENT})
     * @throws StoreException for this, or if the device fails
     */
    public static Inspection inspect(BlockDevice device, Options options) throws StoreException {
        return inspect(device, options, options);
    }

    /** ImageTools for a store with options of which only some were given, and the others found. */
    static Inspection inspect(BlockDevice device, Options options, Options given) throws StoreException {
        Kvs kvs = kvs(device, options);
        StoreLife life = life(kvs);
        Reconfiguration change =
                new SettingsChange(device, given, kvs.settings().readOnly(), life);
        return ImageTools.inspection(kvs.flash(), kvs.settings(), change, life);
    }

    /** A store that is not initialized yet. Nothing is read. */
    static PwKvs over(BlockDevice device, Options options, Rules rules) throws StoreException {
        return new PwKvs(kvs(device, options, rules));
    }

    static Kvs kvs(BlockDevice device, Options options) throws StoreException {
        return kvs(device, options, Rules.PRODUCT);
    }

    private static Kvs kvs(BlockDevice device, Options options, Rules rules) throws StoreException {
        Geometry own = device.geometry();
        boolean readOnly = options.get(CommonOptions.READ_ONLY) || device.isReadOnly();
        Settings settings = PwKvsOptions.settings(options, own, readOnly).withRules(rules);
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
     * The store with the interface that all formats have.
     *
     * @return the same store; closing either closes both
     */
    public FlatStore store() {
        return store;
    }

    /**
     * Reads the sectors anew, and repairs them as {@link PwKvsOptions#RECOVERY} says (pw_kvs page, section 8). Opening has done
     * it already. After {@code DATA_LOSS} the store can be read, and maintenance may repair it.
     *
     * @throws dev.morgana.spi.error.CorruptStoreException if there is damage that was not repaired ({@code DATA_LOSS})
     * @throws InvalidOptionException if there are fewer than 2 sectors, or they have more than 65534 bytes
     *     ({@code FAILED_PRECONDITION})
     * @throws StoreException for any of these
     */
    public void init() throws StoreException {
        life.change(kvs::init);
    }

    /**
     * Whether the store accepts writes.
     *
     * @return whether it was opened and has no damage that is to be repaired first
     */
    public boolean isReady() {
        return life.looking(kvs::isReady);
    }

    /**
     * Whether damage was noticed.
     *
     * @return whether maintenance has something to repair
     */
    public boolean errorDetected() {
        return life.looking(kvs::errorDetected);
    }

    /**
     * Looks for damaged sectors and missing copies among what is known, without reading.
     *
     * @return whether there are any
     */
    public boolean checkForErrors() {
        return life.looking(kvs::checkForErrors);
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
     * @throws LimitExceededException if the key cannot be ({@code INVALID_ARGUMENT}) or the offset is past the end
     *     ({@code OUT_OF_RANGE})
     * @throws dev.morgana.spi.error.CorruptStoreException if no copy is intact ({@code DATA_LOSS})
     * @throws StoreException for these and the device's failures
     */
    public Optional<Value> get(byte[] key, int capacity, int offset) throws StoreException {
        return life.changing(() -> kvs.get(key, capacity, offset))
                .map(part -> new Value(part.bytes(), part.toTheEnd()));
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
    public Optional<byte[]> getFixed(byte[] key, int size) throws StoreException {
        return life.changing(() -> {
            Optional<Integer> found = kvs.valueSizeForFixed(key);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            if (found.get() != size) {
                throw PeerStatus.INVALID_ARGUMENT.on(
                        new LimitExceededException("size (bytes)", found.get(), size, Key.escape(key)));
            }
            return kvs.get(key, size, 0).map(Kvs.Part::bytes);
        });
    }

    /**
     * The size of a value.
     *
     * @param key 1 to 63 bytes
     * @return in bytes, or empty if the key is not bound
     * @throws StoreException as {@link #get}
     */
    public OptionalInt valueSize(byte[] key) throws StoreException {
        return number(life.changing(() -> kvs.valueSize(key)));
    }

    private static OptionalInt number(Optional<Integer> number) {
        return number.map(OptionalInt::of).orElse(OptionalInt.empty());
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
    public void put(byte[] key, byte[] value) throws StoreException {
        life.change(() -> kvs.put(key, value));
    }

    /**
     * Deletes a key. This needs room for a tombstone.
     *
     * @param key 1 to 63 bytes
     * @return whether it was bound
     * @throws StoreException as {@link #put}
     */
    public boolean delete(byte[] key) throws StoreException {
        return life.changing(() -> kvs.delete(key));
    }

    /**
     * Repairs if {@link PwKvsOptions#RECOVERY} allows it, and collects one sector.
     *
     * @return whether there was anything to reclaim; where there is not, Pigweed moves a sector for nothing
     * @throws StoreException if the store is empty ({@code NOT_FOUND}), or it failed
     */
    public boolean partialMaintenance() throws StoreException {
        return life.changing(kvs::partialMaintenance);
    }

    /**
     * Repairs, rewrites entries of old formats, and collects what is worth it.
     *
     * @throws StoreException the first failure; the rest was done all the same
     */
    public void fullMaintenance() throws StoreException {
        life.change(kvs::fullMaintenance);
    }

    /**
     * As {@link #fullMaintenance()}, and collects everything stale; deleted keys are forgotten.
     *
     * @throws StoreException the first failure; the rest was done all the same
     */
    public void heavyMaintenance() throws StoreException {
        life.change(kvs::heavyMaintenance);
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
    public List<Item> iterate() throws StoreException {
        return life.changing(kvs::iterate).stream()
                .map(item -> new Item(item.key(), number(item.valueSize()), item.value()))
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
    public List<RolledBack> rolledBack() {
        return life.looking(kvs::rollBacks).stream()
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
    public List<Damaged> scrub() throws StoreException {
        return life.changing(kvs::scrub).stream()
                .map(found -> new Damaged(found.key(), kvs.flash().position(found.address(), "entry"), found.lost()))
                .toList();
    }

    /**
     * What the store counts.
     *
     * @return the counts of the moment
     */
    public PwKvsStatistics statistics() {
        return life.looking(() -> PwKvsStatistics.of(kvs.statistics()));
    }

    /** Closes the store and its device. Never fails, and closing twice does nothing. */
    @Override
    public void close() {
        life.close();
    }
}

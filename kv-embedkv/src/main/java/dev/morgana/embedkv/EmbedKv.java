package dev.morgana.embedkv;

import dev.morgana.embedkv.layout.PeerError;
import dev.morgana.embedkv.layout.StorageHeader;
import dev.morgana.embedkv.record.Binding;
import dev.morgana.embedkv.record.Formatting;
import dev.morgana.embedkv.record.Member;
import dev.morgana.embedkv.record.Settings;
import dev.morgana.embedkv.record.Volume;
import dev.morgana.embedkv.store.EmbedKvStore;
import dev.morgana.embedkv.store.ImageTools;
import dev.morgana.spi.backend.StoreLife;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.InvalidRequestException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.store.FlatStore;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * embedkv for programs that know what they have, in the words of its other implementations.
 *
 * <pre>{@code
 * EmbedKv.format(replicas, Options.none());
 * try (EmbedKv store = EmbedKv.open(replicas, Options.none())) {
 *     store.put(key, value, 0);
 * }
 * }</pre>
 *
 * <p>Opening recovers and builds the index, changes reach every replica before the old value is given up, and damage is not
 * mistaken for a missing key. {@link #store()} is the same store with the interface that all formats have.
 *
 * <p>Safe for use by many threads. What a call acknowledged is durable on every replica that takes part. Each call may fail
 * with {@link dev.morgana.spi.error.DeviceException} (native code {@code Io}) and
 * {@link dev.morgana.spi.error.CorruptStoreException}; after {@link #close()} each is an {@link IllegalStateException}.
 */
public final class EmbedKv implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbedKv.class);
    private static final long U32 = 0xffffffffL;

    private final EmbedKvStore store;

    private EmbedKv(EmbedKvStore store) {
        this.store = store;
    }

    /**
     * Makes an empty store. The other implementations write block 0 alone, so that records from before are found again; this one
     * clears the rest too.
     *
     * @param devices the replicas, in their order; they stay the caller's, and open
     * @param options see {@link EmbedKvOptions}
     * @throws dev.morgana.spi.error.InvalidOptionException if an option is wrong or does not fit the devices (native code
     *     {@code InvalidBlockSize} where it is the block size)
     * @throws dev.morgana.spi.error.NoSpaceException if a device has no block
     * @throws InvalidRequestException if there is no device (native code {@code NoReplicas}), or one is given twice
     * @throws StoreException for any of these
     */
    public static void format(List<BlockDevice> devices, Options options) throws StoreException {
        Settings settings = EmbedKvOptions.settings(options, false);
        requireDevices(devices);
        Formatting.format(devices, settings);
    }

    /**
     * Opens a store. It opens as long as one replica is whole; {@link dev.morgana.spi.store.StoreInfo#properties()} of
     * {@link #store()} tell which do not take part, and why. On success the store owns the devices and closes them; on
     * failure they stay the caller's, and open.
     *
     * @param devices the replicas, in any order
     * @param options see {@link EmbedKvOptions}
     * @return the store
     * @throws dev.morgana.spi.error.CorruptStoreException if no device has a header (native codes {@code InvalidHeader},
     *     {@code CrcMismatch}, {@code ReplicaMismatch})
     * @throws dev.morgana.spi.error.UnsupportedFormatException if it is of the layout before the present one
     * @throws dev.morgana.spi.error.InvalidOptionException if an option is wrong or contradicts the header
     * @throws dev.morgana.spi.error.LimitExceededException if the index needs more memory than
     *     {@link EmbedKvOptions#INDEX_BYTES}
     * @throws InvalidRequestException if there is no device (native code {@code NoReplicas}), or one is given twice
     * @throws StoreException for any of these
     */
    public static EmbedKv open(List<BlockDevice> devices, Options options) throws StoreException {
        Settings settings = EmbedKvOptions.settings(options, isReadOnly(devices));
        requireDevices(devices);
        Volume volume = Volume.open(devices, settings);
        if (volume.isDegraded()) {
            for (Member member : volume.members()) {
                LOG.warn("{}", member);
            }
        }
        return new EmbedKv(new EmbedKvStore(volume, settings, EmbedKv::warn));
    }

    /**
     * Opens the tools for devices that may be too damaged to open: {@link dev.morgana.spi.facet.Check},
     * {@link dev.morgana.spi.facet.Dump}, {@link dev.morgana.spi.facet.Usage}, {@link dev.morgana.spi.facet.History} and
     * {@link dev.morgana.spi.facet.Repair}. Nothing is written but by a repair. On success the inspection owns the devices
     * and closes them; on failure they stay the caller's, and open.
     *
     * @param devices the replicas, in any order
     * @param options see {@link EmbedKvOptions#all()}
     * @return the tools
     * @throws dev.morgana.spi.error.InvalidOptionException if an option is wrong
     * @throws InvalidRequestException if there is no device (native code {@code NoReplicas}), or one is given twice
     * @throws StoreException for any of these
     */
    public static Inspection inspect(List<BlockDevice> devices, Options options) throws StoreException {
        Settings settings = EmbedKvOptions.settings(options, isReadOnly(devices));
        requireDevices(devices);
        return ImageTools.inspection(devices, settings, StoreLife.shared(devices, EmbedKv::warn));
    }

    private static boolean isReadOnly(List<BlockDevice> devices) {
        return devices.stream().anyMatch(BlockDevice::isReadOnly);
    }

    private static void requireDevices(List<BlockDevice> devices) throws InvalidRequestException {
        if (devices.isEmpty()) {
            throw PeerError.NO_REPLICAS.on(new InvalidRequestException("a store needs at least one device"));
        }
        Set<BlockDevice> known = Collections.newSetFromMap(new IdentityHashMap<>());
        for (BlockDevice device : devices) {
            if (!known.add(device)) {
                throw new InvalidRequestException(
                        device.name() + " is given twice; replicas on one device would write over each other");
            }
        }
    }

    private static void warn(DeviceException failure) {
        LOG.warn("device did not close well: {}", failure.getMessage());
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
     * The header of the first replica that takes part.
     *
     * @return the header
     */
    public EmbedKvHeader header() {
        StorageHeader header = store.header();
        return new EmbedKvHeader(
                header.versionMajor(),
                header.versionMinor(),
                header.blockSize(),
                header.blockCount(),
                header.replicaId(),
                header.formatSeq(),
                header.flags());
    }

    /**
     * How many replicas there are, those that do not take part included.
     *
     * @return at least 1
     */
    public int replicas() {
        return store.replicas();
    }

    /**
     * Reads the devices anew, and frees every block that is part of no record that counts. Opening has done it already.
     *
     * @throws dev.morgana.spi.error.ReadOnlyStoreException if the store is read-only
     * @throws StoreException for this, or if the device fails
     */
    public void recover() throws StoreException {
        store.recover();
    }

    /**
     * The value of a key.
     *
     * @param key any bytes
     * @return the value, which belongs to the caller, or empty if the key is not bound
     * @throws dev.morgana.spi.error.CorruptStoreException if it is, and no copy of its record is whole (native code
     *     {@code CorruptRecord})
     * @throws StoreException for this, or if the device fails
     */
    public Optional<byte[]> get(byte[] key) throws StoreException {
        return store.get(key);
    }

    /**
     * Binds a key to a value, replacing the old one as a whole. There must be room for both.
     *
     * @param key any bytes, at most 36 less than a block, and at most 65535
     * @param value at most 2^32-1 bytes
     * @param userFlags the caller's 32 bits, 0 to 2^32-1
     * @throws dev.morgana.spi.error.LimitExceededException if the key is too long (native code {@code KeyTooLong}), or its
     *     generation is the last one
     * @throws dev.morgana.spi.error.NoSpaceException if the value does not fit on every replica (native code
     *     {@code StorageFull})
     * @throws dev.morgana.spi.error.ReadOnlyStoreException if the store is read-only
     * @throws StoreException for these, or if the device fails
     * @throws IllegalArgumentException if the flags do not fit in 32 bits
     */
    public void put(byte[] key, byte[] value, long userFlags) throws StoreException {
        if (userFlags < 0 || userFlags > U32) {
            throw new IllegalArgumentException("userFlags " + userFlags + " do not fit in 32 bits");
        }
        store.put(key, value, userFlags);
    }

    /**
     * Removes a key.
     *
     * @param key any bytes
     * @return whether it was bound
     * @throws dev.morgana.spi.error.ReadOnlyStoreException if the store is read-only
     * @throws StoreException for this, or if the device fails
     */
    public boolean delete(byte[] key) throws StoreException {
        return store.remove(key);
    }

    /**
     * Every key.
     *
     * @return ascending by unsigned bytes; the arrays belong to the caller
     * @throws StoreException if the device fails
     */
    public List<byte[]> keys() throws StoreException {
        try (Stream<byte[]> keys = store.keys()) {
            return keys.toList();
        }
    }

    /**
     * The 32 bits that were stored with a value.
     *
     * @param key any bytes
     * @return 0 to 2^32-1, or empty if the key is not bound
     * @throws StoreException if the device fails
     */
    public OptionalLong userFlags(byte[] key) throws StoreException {
        return number(store.find(key).map(Binding::userFlags));
    }

    /**
     * How often a key was bound since it was last missing, unless another program counted otherwise.
     *
     * @param key any bytes
     * @return 0 to 2^32-1, or empty if the key is not bound
     * @throws StoreException if the device fails
     */
    public OptionalLong generation(byte[] key) throws StoreException {
        return number(store.find(key).map(Binding::generation));
    }

    private static OptionalLong number(Optional<Long> number) {
        return number.isEmpty() ? OptionalLong.empty() : OptionalLong.of(number.get());
    }

    /** Closes the store and its devices. Never fails, and closing twice does nothing. */
    @Override
    public void close() {
        store.close();
    }
}

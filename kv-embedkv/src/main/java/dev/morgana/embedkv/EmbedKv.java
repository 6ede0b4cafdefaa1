package dev.morgana.embedkv;

import dev.morgana.embedkv.layout.PeerError;
import dev.morgana.embedkv.layout.StorageHeader;
import dev.morgana.embedkv.record.Blocks;
import dev.morgana.embedkv.record.DeviceShape;
import dev.morgana.embedkv.record.Formatting;
import dev.morgana.embedkv.record.Member;
import dev.morgana.embedkv.record.PeerVolume;
import dev.morgana.embedkv.record.Settings;
import dev.morgana.embedkv.record.Volume;
import dev.morgana.embedkv.store.EmbedKvInspection;
import dev.morgana.embedkv.store.EmbedKvStore;
import dev.morgana.embedkv.store.PeerSession;
import dev.morgana.embedkv.store.Session;
import dev.morgana.embedkv.store.StoreSession;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.InvalidRequestException;
import dev.morgana.spi.error.NoSuchKeyException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.store.FlatStore;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
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
 * mistaken for a missing key. {@link EmbedKvOptions#PEER_COMPATIBLE} asks for the other implementations' own behaviour
 * instead. {@link #openStore} gives the same store with the interface that all formats have.
 *
 * <p>Safe for use by many threads. What a call acknowledged is durable on every replica that takes part. Each call may fail
 * with {@link dev.morgana.spi.error.DeviceException} (native code {@code Io}) and
 * {@link dev.morgana.spi.error.CorruptStoreException}; after {@link #close()} each is an {@link IllegalStateException}.
 */
public final class EmbedKv implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbedKv.class);
    private static final long U32 = 0xffffffffL;

    private final Session session;

    private EmbedKv(Session session) {
        this.session = session;
    }

    /**
     * Makes an empty store. The other implementations write block 0 alone, so that records from before are found again; with
     * {@link EmbedKvOptions#PEER_COMPATIBLE} so does this one.
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
        EmbedKvOptions.checkForSession(options);
        Settings settings = EmbedKvOptions.settings(options.only(EmbedKvOptions.all()), false);
        requireDevices(devices);
        if (options.get(EmbedKvOptions.PEER_COMPATIBLE)) {
            Formatting.formatAsPeers(asGiven(devices, settings), settings);
        } else {
            Formatting.format(devices, settings);
        }
    }

    /**
     * Opens a store. It opens as long as one replica is whole; {@link dev.morgana.spi.store.StoreInfo#properties()} of
     * {@link #openStore} tell which do not take part, and why. On success the store owns the devices and closes them; on
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
        EmbedKvOptions.checkForSession(options);
        requireDevices(devices);
        if (!options.get(EmbedKvOptions.PEER_COMPATIBLE)) {
            return new EmbedKv(new StoreSession(openOurs(devices, options.only(EmbedKvOptions.all()))));
        }
        Settings settings = EmbedKvOptions.settings(options.only(EmbedKvOptions.all()), isReadOnly(devices));
        PeerVolume volume = PeerVolume.open(
                asGiven(devices, settings),
                settings.indexBytes(),
                options.get(EmbedKvOptions.REREADS),
                options.get(EmbedKvOptions.LOSSY_KEYS));
        return new EmbedKv(new PeerSession(volume, EmbedKv::warn));
    }

    /**
     * Opens a store, as {@link #open} does.
     *
     * @param devices the replicas, in any order
     * @param options see {@link EmbedKvOptions#all()}
     * @return the store
     * @throws StoreException see {@link #open}
     */
    public static FlatStore openStore(List<BlockDevice> devices, Options options) throws StoreException {
        return openOurs(devices, options);
    }

    private static EmbedKvStore openOurs(List<BlockDevice> devices, Options options) throws StoreException {
        Settings settings = EmbedKvOptions.settings(options, isReadOnly(devices));
        requireDevices(devices);
        Volume volume = Volume.open(devices, settings);
        if (volume.isDegraded()) {
            for (Member member : volume.members()) {
                LOG.warn("{}", member);
            }
        }
        return new EmbedKvStore(volume, settings, EmbedKv::warn);
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
        return new EmbedKvInspection(devices, settings, EmbedKv::warn);
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

    /** The peers take the devices as they come. */
    private static List<Blocks> asGiven(List<BlockDevice> devices, Settings settings) throws StoreException {
        List<Blocks> blocks = new ArrayList<>();
        for (BlockDevice device : devices) {
            int size = settings.blockSize() == 0 ? device.geometry().blockSize() : settings.blockSize();
            blocks.add(DeviceShape.blocks(device, size, settings.blockCount(), settings.freePattern()));
        }
        return blocks;
    }

    private static void warn(DeviceException failure) {
        LOG.warn("device did not close well: {}", failure.getMessage());
    }

    /**
     * The header of the first replica that takes part.
     *
     * @return the header
     */
    public EmbedKvHeader header() {
        StorageHeader header = session.header();
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
        return session.replicas();
    }

    /**
     * Frees every block that is part of no record that counts. Opening has done it already, unless the store is peer-compatible.
     *
     * @throws dev.morgana.spi.error.ReadOnlyStoreException if the store is read-only
     * @throws StoreException for this, or if the device fails
     */
    public void recover() throws StoreException {
        session.recover();
    }

    /**
     * Reads which keys there are. Opening has done it already, and this does nothing, unless the store is peer-compatible.
     *
     * @throws StoreException if the device fails
     */
    public void buildIndex() throws StoreException {
        session.buildIndex();
    }

    /**
     * The value of a key.
     *
     * @param key any bytes
     * @return the value, which belongs to the caller
     * @throws NoSuchKeyException if the key is not bound (native code {@code KeyNotFound})
     * @throws dev.morgana.spi.error.CorruptStoreException if it is, and no copy of its record is whole (native code
     *     {@code CorruptRecord}); peer-compatible stores say that there is no such key
     * @throws StoreException for these, or if the device fails
     */
    public byte[] get(byte[] key) throws StoreException {
        Optional<byte[]> value = session.get(key);
        if (value.isEmpty()) {
            throw missing(key);
        }
        return value.get();
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
     * @throws IllegalArgumentException if the flags are no 32 bits
     */
    public void put(byte[] key, byte[] value, long userFlags) throws StoreException {
        if (userFlags < 0 || userFlags > U32) {
            throw new IllegalArgumentException("userFlags are no 32 bits: " + userFlags);
        }
        session.put(key, value, userFlags);
    }

    /**
     * Removes a key.
     *
     * @param key any bytes
     * @throws NoSuchKeyException if the key is not bound (native code {@code KeyNotFound})
     * @throws dev.morgana.spi.error.ReadOnlyStoreException if the store is read-only
     * @throws StoreException for these, or if the device fails
     */
    public void delete(byte[] key) throws StoreException {
        if (!session.delete(key)) {
            throw missing(key);
        }
    }

    private static NoSuchKeyException missing(byte[] key) {
        return PeerError.KEY_NOT_FOUND.on(new NoSuchKeyException(Key.ofBytes(key)));
    }

    /**
     * Every key.
     *
     * @return ascending by unsigned bytes; the arrays belong to the caller
     * @throws StoreException if the device fails
     */
    public List<byte[]> keys() throws StoreException {
        return session.keys();
    }

    /**
     * The 32 bits that were stored with a value.
     *
     * @param key any bytes
     * @return 0 to 2^32-1, or empty if the key is not bound
     * @throws StoreException if the device fails
     */
    public OptionalLong userFlags(byte[] key) throws StoreException {
        return session.userFlags(key);
    }

    /**
     * How often a key was bound since it was last missing, unless another program counted otherwise.
     *
     * @param key any bytes
     * @return 0 to 2^32-1, or empty if the key is not bound
     * @throws StoreException if the device fails
     */
    public OptionalLong generation(byte[] key) throws StoreException {
        return session.generation(key);
    }

    /** Closes the store and its devices. Never fails, and closing twice does nothing. */
    @Override
    public void close() {
        session.close();
    }
}

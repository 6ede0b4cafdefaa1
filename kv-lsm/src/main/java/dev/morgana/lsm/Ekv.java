package dev.morgana.lsm;

import dev.morgana.lsm.layout.PeerError;
import dev.morgana.lsm.store.EkvStore;
import dev.morgana.lsm.store.ImageTools;
import dev.morgana.lsm.store.Settings;
import dev.morgana.lsm.tree.Formatting;
import dev.morgana.lsm.tree.Pages;
import dev.morgana.spi.backend.StoreLife;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.LimitExceededException;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.ReadTransaction;
import dev.morgana.spi.facet.WriteTransaction;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.store.FlatStore;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * ekv for programs that know what they have: a database of sorted keys on raw flash, with transactions and snapshots.
 *
 * <pre>{@code
 * Ekv.format(flash, options);
 * try (Ekv database = Ekv.open(flash, options)) {
 *     try (WriteTransaction change = database.write()) {
 *         change.put(key, value);
 *         change.commit();
 *     }
 *     try (ReadTransaction snapshot = database.read()) {
 *         Optional<byte[]> found = snapshot.get(key);
 *     }
 * }
 * }</pre>
 *
 * <p><b>Threads.</b> Safe for use by many threads. One write transaction is open at a time, others wait for it; any number of
 * read transactions may be open, and none waits for a writer or holds one up. A read transaction, and a cursor, keep the pages
 * of their state from being reused, so that a writer may find the flash full while they are open.
 *
 * <p><b>Durability.</b> What was committed survives a power loss; of a transaction under way everything is there afterwards or
 * nothing.
 *
 * <p>Each call may fail with {@link DeviceException} (native code {@code Flash}) and
 * {@link dev.morgana.spi.error.CorruptStoreException} ({@code Corrupted}); after {@link #close()} each is an
 * {@link IllegalStateException}.
 */
public final class Ekv implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Ekv.class);

    private final EkvStore store;

    private Ekv(EkvStore store) {
        this.store = store;
    }

    /**
     * Makes an empty database.
     *
     * @param device the flash; it stays the caller's, and open
     * @param options see {@link EkvOptions}
     * @throws InvalidOptionException if an option is wrong or does not fit the device; nothing was written
     * @throws NoSpaceException if the flash has too few pages; nothing was written
     * @throws StoreException for these, or if the device fails
     */
    public static void format(BlockDevice device, Options options) throws StoreException {
        Opening opening = Opening.toFormat(device, options);
        Settings settings = opening.settings();
        Pages pages = opening.pages(settings.shape());
        if (pages.count() > settings.shape().maxPageCount()) {
            throw new InvalidOptionException(
                    EkvOptions.PAGE_COUNT.name(),
                    pages.count() + " is more than maxPageCount, "
                            + settings.shape().maxPageCount());
        }
        if (pages.count() <= settings.shape().minFreePages() + 1) {
            throw PeerError.FULL.on(new NoSpaceException(
                    "a store, of which " + settings.shape().minFreePages() + " pages stay free",
                    OptionalLong.of((settings.shape().minFreePages() + 2L)
                            * settings.shape().pageSize()),
                    OptionalLong.of((long) pages.count() * settings.shape().pageSize())));
        }
        Formatting.format(pages, settings.seed());
    }

    /**
     * Opens a database. Nothing is written. On success it owns the device and closes it; on failure the device stays the
     * caller's, and open.
     *
     * @param device the flash; it may be larger than the database
     * @param options see {@link EkvOptions}
     * @return the database
     * @throws dev.morgana.spi.error.CorruptStoreException if there is no database, or a damaged one
     * @throws InvalidOptionException if an option is wrong, or contradicts the image
     * @throws StoreException for these, or if the device fails
     */
    public static Ekv open(BlockDevice device, Options options) throws StoreException {
        Opening.Mounted mounted = Opening.ofImage(device, options).mount();
        return new Ekv(new EkvStore(mounted.tree(), mounted.settings(), Ekv::warn));
    }

    /**
     * Opens the tools for a flash that may be too damaged to open: {@link dev.morgana.spi.facet.Check},
     * {@link dev.morgana.spi.facet.Repair}, {@link dev.morgana.spi.facet.Dump}, {@link dev.morgana.spi.facet.Usage},
     * {@link dev.morgana.spi.facet.Wear} and {@link dev.morgana.spi.facet.History}. Nothing is written but by a repair. On
     * success the inspection owns the device and closes it; on failure it stays the caller's, and open.
     *
     * @param device the flash
     * @param options see {@link EkvOptions}
     * @return the tools
     * @throws InvalidOptionException if an option is wrong
     * @throws StoreException for this, or if the device fails
     */
    public static Inspection inspect(BlockDevice device, Options options) throws StoreException {
        Opening opening = Opening.ofImage(device, options);
        Settings settings = opening.settings();
        Pages pages = opening.pages(settings.shape());
        return ImageTools.inspection(pages, settings, StoreLife.shared(List.of(pages.device()), Ekv::warn));
    }

    private static void warn(DeviceException failure) {
        LOG.warn("device did not close well: {}", failure.getMessage());
    }

    /**
     * Begins to read a snapshot: every read sees the state of this moment, to its end.
     *
     * @return the transaction; close it
     * @throws StoreException if the database fails
     */
    public ReadTransaction read() throws StoreException {
        return store.read();
    }

    /**
     * Begins to write, after waiting for the write transaction under way. Keys may come in any order (unless
     * {@link EkvOptions#STRICT_ORDER} is set), and reads see the transaction's own changes. The changes are kept in memory
     * until the commit.
     *
     * @return the transaction; close it
     * @throws dev.morgana.spi.error.ReadOnlyStoreException if the database is read-only
     * @throws StoreException for this, or if the database fails
     */
    public WriteTransaction write() throws StoreException {
        return store.write();
    }

    /**
     * The value of a key.
     *
     * @param key any bytes
     * @return the value, which belongs to the caller, or empty if the key is not bound
     * @throws LimitExceededException if the key is longer than a key can be (native code {@code KeyTooBig})
     * @throws StoreException for this, or if the database is damaged or fails
     */
    public Optional<byte[]> get(byte[] key) throws StoreException {
        store.requireKey(key);
        return store.get(key);
    }

    /**
     * Binds a key to a value, in a transaction of its own.
     *
     * @param key at most {@link EkvOptions#MAX_KEY_SIZE} bytes
     * @param value at most {@link EkvOptions#MAX_VALUE_SIZE} bytes
     * @throws LimitExceededException if one is too long (native codes {@code KeyTooBig}, {@code ValueTooBig})
     * @throws NoSpaceException if the flash is full ({@code Full})
     * @throws dev.morgana.spi.error.ReadOnlyStoreException if the database is read-only
     * @throws StoreException for these, or if the database fails
     */
    public void put(byte[] key, byte[] value) throws StoreException {
        store.put(key, value);
    }

    /**
     * Removes a key, in a transaction of its own. It works on a full flash too.
     *
     * @param key any bytes
     * @return whether it was bound
     * @throws dev.morgana.spi.error.ReadOnlyStoreException if the database is read-only
     * @throws StoreException for this, or if the database fails
     */
    public boolean delete(byte[] key) throws StoreException {
        return store.remove(key);
    }

    /**
     * The database with the interface that all formats have. Its facets are {@link dev.morgana.spi.facet.Transactions},
     * {@link dev.morgana.spi.facet.AtomicBatch}, {@link dev.morgana.spi.facet.OrderedScan},
     * {@link dev.morgana.spi.facet.Compaction} and the tools of {@link #inspect}.
     *
     * @return the same store; closing either closes both
     */
    public FlatStore store() {
        return store;
    }

    /** Closes the database and its device. Never fails, and closing twice does nothing. */
    @Override
    public void close() {
        store.close();
    }
}

package dev.morgana.littlefs;

import dev.morgana.littlefs.chamelon.TreeWriter;
import dev.morgana.littlefs.check.ChamelonGuard;
import dev.morgana.littlefs.layout.Dialect;
import dev.morgana.littlefs.log.AttributeChange;
import dev.morgana.littlefs.log.DeviceShape;
import dev.morgana.littlefs.log.DirectoryEntry;
import dev.morgana.littlefs.log.FileSystem;
import dev.morgana.littlefs.log.Format;
import dev.morgana.littlefs.log.Mount;
import dev.morgana.littlefs.log.OldSuperblockSearch;
import dev.morgana.littlefs.log.SuperblockSearch;
import dev.morgana.littlefs.log.Volume;
import dev.morgana.littlefs.pair.Blocks;
import dev.morgana.littlefs.pair.Settings;
import dev.morgana.littlefs.store.EntryInfo;
import dev.morgana.littlefs.store.FileSystemAccess;
import dev.morgana.littlefs.store.ImageTools;
import dev.morgana.littlefs.store.LittleFsStore;
import dev.morgana.littlefs.store.PathOperations;
import dev.morgana.spi.backend.Facets;
import dev.morgana.spi.backend.StoreLife;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.error.UnsupportedFormatException;
import dev.morgana.spi.option.CommonOptions;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.store.KeyValueStore;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A mounted littlefs, with the operations of the C implementation: paths, file handles, directory handles, attributes. The
 * same file system as a tree of keys is {@link #store()}.
 *
 * <pre>{@code
 * LittleFs.format(device, Options.none());
 * try (LittleFs files = LittleFs.mount(device, Options.none())) {
 *     files.makeDirectory(LittleFsPath.of("log"));
 *     try (LittleFsFile boot = files.open(LittleFsPath.of("log/boot"), Set.of(OpenFlag.WRONLY, OpenFlag.CREAT))) {
 *         boot.write(ByteBuffer.wrap(line));
 *     }
 * }
 * }</pre>
 *
 * <p>Safe for use by many threads: many readers, or one writer. A change is durable when its call returns, what is written
 * through a handle when it is synced. The first change after a mount finishes what an interrupted writer left half done
 * (littlefs page, section 10.5). Errors carry the C implementation's names as {@link StoreException#nativeCode()}. After
 * {@link #close()} every other call is an {@link IllegalStateException}.
 */
public final class LittleFs implements AutoCloseable {
    /** The largest number of a user attribute. */
    public static final int ATTRIBUTE_TYPE_MAX = 255;

    private static final Logger LOG = LoggerFactory.getLogger(LittleFs.class);

    private final PathOperations operations;
    private final FileSystemAccess access;
    private final KeyValueStore store;

    private LittleFs(FileSystem fileSystem, Settings settings, boolean readOnly, InstantSource clock) {
        this.access = new FileSystemAccess(fileSystem, readOnly, LittleFs::warn);
        this.operations = new PathOperations(fileSystem, access);
        this.store = settings.dialect() == Dialect.CHAMELON && !readOnly
                ? LittleFsStore.chamelon(
                        fileSystem, settings, access, TreeWriter.sorted(fileSystem, settings.commitUnit()), clock)
                : LittleFsStore.of(fileSystem, settings, access);
    }

    /**
     * Makes an empty file system, whatever was on the device before. The device stays the caller's, and open. After a power
     * loss there is the old file system, the new one, or none.
     *
     * @param device the device; its geometry is reshaped to that of the file system
     * @param options see {@link LittleFsOptions}; without a block size or number of blocks those of the device count
     * @throws dev.morgana.spi.error.InvalidOptionException if an option is wrong, or does not fit the device; nothing was
     *     written (native code {@code INVAL})
     * @throws dev.morgana.spi.error.NoSpaceException if the device is too small, and nothing was written, or block 0 or 1 is
     *     bad (native code {@code NOSPC})
     * @throws dev.morgana.spi.error.DeviceException if the device fails (native code {@code IO})
     * @throws StoreException for any of these
     */
    public static void format(BlockDevice device, Options options) throws StoreException {
        Settings settings = LittleFsOptions.formatSettings(options);
        long blockSize = settings.blockSize() > 0
                ? settings.blockSize()
                : device.geometry().blockSize();
        SizeRules.of(options).withBlockSize(blockSize).check();
        Format.format(device, settings);
    }

    /**
     * Mounts a file system. Nothing is written. On success this owns the device and closes it; on failure it stays the
     * caller's, and open.
     *
     * <p>To be read, an image may be damaged: what does not need a metadata pair that cannot be read, or blocks that the device
     * does not have, is read as ever, and the rest is a {@link dev.morgana.spi.error.CorruptStoreException} when it is asked for. Half-done
     * operations are not told from finished ones then: both names of a file that was being moved are there.
     *
     * <p>Half-done operations of an earlier writer are seen as finished or not begun, as littlefs defines them (littlefs page,
     * section 10.4).
     *
     * @param device the device; its geometry is reshaped to that of the file system. Where it is read-only, so is this
     * @param options see {@link LittleFsOptions}
     * @return the file system
     * @throws dev.morgana.spi.error.CorruptStoreException if there is no superblock; or if it is to be written, and a metadata
     *     pair cannot be read or the device is shorter than the file system (native code {@code CORRUPT})
     * @throws UnsupportedFormatException if the version is none that this backend reads; or if it is to be written, looks
     *     like chamelon's work, and the options do not state the dialect (native code {@code INVAL})
     * @throws dev.morgana.spi.error.InvalidOptionException if an option is wrong or contradicts the superblock (native code
     *     {@code INVAL})
     * @throws dev.morgana.spi.error.DeviceException if the device fails (native code {@code IO})
     * @throws StoreException for any of these
     */
    public static LittleFs mount(BlockDevice device, Options options) throws StoreException {
        Settings settings = LittleFsOptions.settings(options);
        boolean readOnly = options.get(CommonOptions.READ_ONLY) || device.isReadOnly();
        Volume volume = readOnly ? Mount.readable(device, settings) : Mount.mount(device, settings);
        SizeRules.of(options).withBlockSize(volume.blocks().size()).check();
        if (!readOnly && settings.dialect() == Dialect.LITTLEFS) {
            checkDialect(volume, settings, options);
        }
        volume.damage().ifPresent(damage -> LOG.warn("reading what can be read: {}", damage.getMessage()));
        return new LittleFs(new FileSystem(volume), settings, readOnly, LittleFsOptions.clock(options));
    }

    private static void checkDialect(Volume volume, Settings settings, Options options) throws StoreException {
        Optional<String> doubt = ChamelonGuard.check(volume, settings, options.has(LittleFsOptions.DIALECT));
        doubt.ifPresent(
                reason -> LOG.warn("{}: looks like {}", volume.blocks().device().name(), reason));
    }

    private static Volume mountToChange(Blocks blocks, Settings settings, Options options) throws StoreException {
        Volume volume = Mount.mount(blocks, settings);
        if (settings.dialect() == Dialect.LITTLEFS) {
            checkDialect(volume, settings, options);
        }
        return volume;
    }

    /**
     * Opens the tools for an image that may be too damaged to mount: {@link dev.morgana.spi.facet.Check},
     * {@link dev.morgana.spi.facet.Dump}, {@link dev.morgana.spi.facet.Usage}, {@link dev.morgana.spi.facet.Wear},
     * {@link dev.morgana.spi.facet.Repair}, {@link dev.morgana.spi.facet.Reconfiguration}, which raises the version and lowers the number of blocks, and
     * {@link dev.morgana.spi.facet.History}, which mounts it. Nothing is written but by a repair and a reconfiguration. On success the inspection owns the device and closes it; on failure it stays the caller's, and open.
     *
     * <p>Without {@link LittleFsOptions#BLOCK_SIZE}, and where no superblock is found, the device's own block size counts.
     *
     * @param device the device
     * @param options see {@link LittleFsOptions}
     * @return the tools
     * @throws UnsupportedFormatException if it is a littlefs 1 (native code {@code INVAL})
     * @throws dev.morgana.spi.error.InvalidOptionException if an option is wrong (native code {@code INVAL})
     * @throws dev.morgana.spi.error.DeviceException if the device fails (native code {@code IO})
     * @throws StoreException for any of these
     */
    public static Inspection inspect(BlockDevice device, Options options) throws StoreException {
        Settings settings = LittleFsOptions.settings(options);
        long blockSize = settings.blockSize();
        if (blockSize == 0) {
            Optional<SuperblockSearch.Found> found = SuperblockSearch.find(device, settings.dialect());
            if (found.isEmpty()) {
                OldSuperblockSearch.refuse(device);
            }
            blockSize = found.map(one -> one.superblock().blockSize())
                    .filter(size -> size >= Settings.BLOCK_SIZE_MIN && size <= Settings.BLOCK_SIZE_MAX)
                    .orElse((long)
                            Math.max(Settings.BLOCK_SIZE_MIN, device.geometry().blockSize()));
        }
        SizeRules.of(options).withBlockSize(blockSize).check();
        Blocks blocks = DeviceShape.blocks(device, blockSize, settings);
        boolean readOnly = options.get(CommonOptions.READ_ONLY) || device.isReadOnly();
        StoreLife life = StoreLife.shared(List.of(blocks.device()), LittleFs::warn);
        StoreLife.Action<Volume> changeable = () -> mountToChange(blocks, settings, options);
        SuperblockChange change = new SuperblockChange(blocks, settings, changeable, readOnly, life);
        return ImageTools.inspection(blocks, settings, changeable, readOnly, life, Facets.of(change));
    }

    private static void warn(DeviceException failure) {
        LOG.warn("device did not close well: {}", failure.getMessage());
    }

    /**
     * The same file system as a tree of keys. It shares everything with this, also the end: closing either closes both.
     *
     * @return the store, always the same
     */
    public KeyValueStore store() {
        return store;
    }

    /**
     * Opens a file.
     *
     * @param path the file
     * @param flags exactly one of RDONLY, WRONLY and RDWR, and others
     * @param attributes attributes that are read and written with the file
     * @return the handle; close it
     * @throws dev.morgana.spi.error.NoSuchKeyException if it, or its directory, is not there (native code {@code NOENT})
     * @throws dev.morgana.spi.error.KeyExistsException if it must not be there (native code {@code EXIST})
     * @throws dev.morgana.spi.error.ValueExpectedException if it is a directory (native code {@code ISDIR})
     * @throws dev.morgana.spi.error.DictionaryExpectedException if something follows the name of a file (native code
     *     {@code NOTDIR})
     * @throws dev.morgana.spi.error.LimitExceededException if the name is too long (native code {@code NAMETOOLONG}), or an
     *     attribute that is to be written (native code {@code NOSPC}; a file that was created stays)
     * @throws dev.morgana.spi.error.InvalidRequestException if TRUNC is given with RDONLY (native code {@code INVAL}; the C
     *     implementation truncates)
     * @throws StoreException for these, if there is no space, or if the device fails
     * @throws IllegalArgumentException if there is not exactly one of RDONLY, WRONLY and RDWR
     */
    public LittleFsFile open(LittleFsPath path, Set<OpenFlag> flags, LittleFsAttribute... attributes)
            throws StoreException {
        return new LittleFsFile(
                operations.open(
                        path.toBytes(),
                        OpenFlags.mode(flags),
                        flags.contains(OpenFlag.CREAT),
                        flags.contains(OpenFlag.EXCL),
                        Arrays.stream(attributes)
                                .map(LittleFsAttribute::attribute)
                                .toList()),
                access);
    }

    /**
     * Opens a directory.
     *
     * @param path the directory
     * @return the handle; close it
     * @throws dev.morgana.spi.error.NoSuchKeyException if it is not there (native code {@code NOENT})
     * @throws dev.morgana.spi.error.DictionaryExpectedException if it, or what leads to it, is a file (native code
     *     {@code NOTDIR})
     * @throws dev.morgana.spi.error.CorruptStoreException if its first metadata pair cannot be read (native code
     *     {@code CORRUPT})
     * @throws StoreException for these, or if the device fails
     */
    public LittleFsDirectory openDirectory(LittleFsPath path) throws StoreException {
        return new LittleFsDirectory(this, operations.openDirectory(path.toBytes()), access);
    }

    /**
     * Makes a directory.
     *
     * @param path the directory; its parent is there
     * @throws dev.morgana.spi.error.KeyExistsException if there is something of this name (native code {@code EXIST})
     * @throws dev.morgana.spi.error.NoSuchKeyException if the parent is not there (native code {@code NOENT})
     * @throws dev.morgana.spi.error.DictionaryExpectedException if the parent is a file (native code {@code NOTDIR})
     * @throws dev.morgana.spi.error.LimitExceededException if the name is too long (native code {@code NAMETOOLONG})
     * @throws StoreException for these, if there is no space, or if the device fails
     */
    public void makeDirectory(LittleFsPath path) throws StoreException {
        operations.makeDirectory(path.toBytes());
    }

    /**
     * Removes a file or an empty directory. Handles of the file keep their version.
     *
     * @param path what to remove
     * @throws dev.morgana.spi.error.NoSuchKeyException if it is not there (native code {@code NOENT})
     * @throws dev.morgana.spi.error.KeyExistsException if a directory is not empty; names an entry (native code
     *     {@code NOTEMPTY})
     * @throws dev.morgana.spi.error.InvalidRequestException if it is the root (native code {@code INVAL})
     * @throws StoreException for these, if there is no space, or if the device fails
     */
    public void remove(LittleFsPath path) throws StoreException {
        operations.remove(path.toBytes());
    }

    /**
     * Moves a file or directory, over an existing file or empty directory of the same kind too. Open files follow.
     *
     * @param source what to move
     * @param target where to, exactly
     * @throws dev.morgana.spi.error.NoSuchKeyException if the source, or the target's parent, is not there (native code
     *     {@code NOENT})
     * @throws dev.morgana.spi.error.ValueExpectedException if a file would replace a directory (native code {@code ISDIR})
     * @throws dev.morgana.spi.error.DictionaryExpectedException if a directory would replace a file, or something follows the
     *     name of a file (native code {@code NOTDIR})
     * @throws dev.morgana.spi.error.KeyExistsException if the target is a directory that is not empty (native code
     *     {@code NOTEMPTY})
     * @throws dev.morgana.spi.error.RenameIntoSelfException if a directory would move below itself (native code {@code INVAL};
     *     the C implementation does it, and loses the directory)
     * @throws dev.morgana.spi.error.InvalidRequestException if either is the root (native code {@code INVAL})
     * @throws dev.morgana.spi.error.LimitExceededException if the name is too long (native code {@code NAMETOOLONG})
     * @throws StoreException for these, if there is no space, or if the device fails
     */
    public void rename(LittleFsPath source, LittleFsPath target) throws StoreException {
        operations.rename(source.toBytes(), target.toBytes());
    }

    /**
     * What is known of a file or directory.
     *
     * @param path which
     * @return kind, name and size
     * @throws dev.morgana.spi.error.NoSuchKeyException if it is not there (native code {@code NOENT})
     * @throws StoreException for this, or if the device fails
     */
    public LittleFsEntry stat(LittleFsPath path) throws StoreException {
        return entry(operations.stat(path.toBytes()));
    }

    /** What a directory says of an entry; under the lock. */
    LittleFsEntry entry(DirectoryEntry entry) throws StoreException {
        return entry(operations.describe(entry));
    }

    private static LittleFsEntry entry(EntryInfo info) {
        return new LittleFsEntry(info.kind(), info.name(), info.size());
    }

    /**
     * Reads a user attribute.
     *
     * @param path a file or directory
     * @param type the attribute's number, from 0 to 255
     * @return its bytes, possibly none; empty if there is no such attribute (what the C implementation calls {@code NOATTR})
     * @throws dev.morgana.spi.error.NoSuchKeyException if the path leads nowhere (native code {@code NOENT})
     * @throws StoreException for this, or if the device fails
     * @throws IllegalArgumentException if the type is out of range
     */
    public Optional<byte[]> getAttribute(LittleFsPath path, int type) throws StoreException {
        return operations.getAttribute(path.toBytes(), AttributeChange.checkType(type));
    }

    /**
     * Sets a user attribute.
     *
     * @param path a file or directory
     * @param type the attribute's number, from 0 to 255
     * @param value its bytes
     * @throws dev.morgana.spi.error.NoSuchKeyException if the path leads nowhere (native code {@code NOENT})
     * @throws dev.morgana.spi.error.LimitExceededException if the value is too long (native code {@code NOSPC})
     * @throws StoreException for these, if there is no space, or if the device fails
     * @throws IllegalArgumentException if the type is out of range
     */
    public void setAttribute(LittleFsPath path, int type, byte[] value) throws StoreException {
        operations.setAttribute(path.toBytes(), AttributeChange.checkType(type), value);
    }

    /**
     * Removes a user attribute; that it is not there is no error.
     *
     * @param path a file or directory
     * @param type the attribute's number, from 0 to 255
     * @throws dev.morgana.spi.error.NoSuchKeyException if the path leads nowhere (native code {@code NOENT})
     * @throws StoreException for this, if there is no space, or if the device fails
     * @throws IllegalArgumentException if the type is out of range
     */
    public void removeAttribute(LittleFsPath path, int type) throws StoreException {
        operations.removeAttribute(path.toBytes(), AttributeChange.checkType(type));
    }

    /**
     * How many blocks are in use, counted as the C implementation's {@code lfs_fs_size}: blocks that files share with older
     * versions in open handles count more than once.
     *
     * @return a number of blocks
     * @throws StoreException if the file system is damaged or the device fails
     */
    public long usedBlocks() throws StoreException {
        return operations.usedBlocks();
    }

    /**
     * Names every block in use, some more than once.
     *
     * @param blocks takes their numbers
     * @throws StoreException if the file system is damaged or the device fails
     */
    public void traverse(LongConsumer blocks) throws StoreException {
        operations.traverse(blocks);
    }

    /**
     * Does work that later changes would have to do: finishes what is half done, compacts full metadata blocks (see
     * {@link LittleFsOptions#COMPACT_THRESH}), finds free blocks.
     *
     * @throws StoreException if there is no space, the file system is damaged, or the device fails
     */
    public void collectGarbage() throws StoreException {
        operations.collectGarbage();
    }

    /**
     * Finishes what an interrupted writer left half done.
     *
     * @throws StoreException if there is no space, the file system is damaged, or the device fails
     */
    public void makeConsistent() throws StoreException {
        operations.makeConsistent();
    }

    /**
     * Takes in more blocks of the device. Only the last superblock is rewritten, as the C implementation does; where wear has
     * made several, a later mount must not insist on a number of blocks ({@link LittleFsOptions#BLOCK_COUNT} 0).
     *
     * @param blockCount the new number of blocks
     * @throws dev.morgana.spi.error.InvalidRequestException if it is less than the present number, or more than the device has
     *     (native code {@code INVAL})
     * @throws StoreException for this, if there is no space, or if the device fails
     */
    public void grow(long blockCount) throws StoreException {
        operations.grow(blockCount);
    }

    /** Closes the file system and its device. Open handles are dropped; what was not synced is lost. Closing twice does nothing. */
    @Override
    public void close() {
        access.life().close();
    }
}

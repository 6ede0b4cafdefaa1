package dev.morgana.littlefs.store;

import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.littlefs.log.AttributeChange;
import dev.morgana.littlefs.log.BlockTraversal;
import dev.morgana.littlefs.log.Creation;
import dev.morgana.littlefs.log.Directory;
import dev.morgana.littlefs.log.DirectoryCursor;
import dev.morgana.littlefs.log.FileContent;
import dev.morgana.littlefs.log.FilePath;
import dev.morgana.littlefs.log.FileSystem;
import dev.morgana.littlefs.log.Located;
import dev.morgana.littlefs.log.Maintenance;
import dev.morgana.littlefs.log.OpenAttribute;
import dev.morgana.littlefs.log.OpenFile;
import dev.morgana.littlefs.log.OpenMode;
import dev.morgana.littlefs.log.PathTarget;
import dev.morgana.littlefs.log.PathWalk;
import dev.morgana.littlefs.log.Place;
import dev.morgana.littlefs.log.Removal;
import dev.morgana.spi.error.DictionaryExpectedException;
import dev.morgana.spi.error.InvalidRequestException;
import dev.morgana.spi.error.KeyExistsException;
import dev.morgana.spi.error.NoSuchKeyException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.error.ValueExpectedException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** The operations of the C implementation on paths, with its checks in its order (sections 8.3, 11 and 12.7). */
public final class PathOperations {
    private static final byte[] ROOT_NAME = {'/'};

    private final FileSystem fileSystem;
    private final StoreLock lock;

    /** Operations under a lock. */
    public PathOperations(FileSystem fileSystem, StoreLock lock) {
        this.fileSystem = fileSystem;
        this.lock = lock;
    }

    private PathTarget resolve(byte[] path) throws StoreException {
        return PathWalk.resolve(fileSystem.volume(), path);
    }

    private static NoSuchKeyException missing(byte[] path) {
        return PeerError.NOENT.on(new NoSuchKeyException(Key.ofBytes(path)));
    }

    private static InvalidRequestException notTheRoot(String operation) {
        return PeerError.INVAL.on(new InvalidRequestException(operation + " refused: it is the root"));
    }

    private static Kind kind(Located entry) {
        return entry.entry().isDirectory() ? Kind.DICTIONARY : Kind.VALUE;
    }

    /** Opens a file, see {@code LittleFs.open}. */
    public OpenFile open(byte[] path, OpenMode mode, boolean create, boolean exclusive, List<OpenAttribute> attributes)
            throws StoreException {
        StoreLock.Action<OpenFile> action =
                () -> OpenFile.open(fileSystem, file(path, create, exclusive), mode, attributes);
        return mode.writable() || create ? lock.writing("open for writing", action) : lock.alone(action);
    }

    private Located file(byte[] path, boolean create, boolean exclusive) throws StoreException {
        PathTarget target = resolve(path);
        if (target instanceof PathTarget.Missing missing) {
            if (!create || !missing.last()) {
                throw missing(path);
            }
            return create(path, missing);
        }
        boolean isFile = target instanceof PathTarget.Found found && kind(found.entry()) == Kind.VALUE;
        if (exclusive) {
            throw PeerError.EXIST.on(new KeyExistsException(Key.ofBytes(path), isFile ? Kind.VALUE : Kind.DICTIONARY));
        }
        if (!isFile) {
            throw PeerError.ISDIR.on(new ValueExpectedException(Key.ofBytes(path)));
        }
        return ((PathTarget.Found) target).entry();
    }

    private Located create(byte[] path, PathTarget.Missing missing) throws StoreException {
        if (missing.slash()) {
            Key key = Key.ofBytes(path);
            throw PeerError.NOTDIR.on(new DictionaryExpectedException(key, key));
        }
        place(missing).checkName(fileSystem.volume());
        fileSystem.repair();
        new Creation(fileSystem).file(place((PathTarget.Missing) resolve(path)));
        fileSystem.ensureValid();
        return ((PathTarget.Found) resolve(path)).entry();
    }

    private static Place place(PathTarget.Missing missing) throws StoreException {
        return missing.in().place(missing.name());
    }

    /** Opens a directory, see {@code LittleFs.openDirectory}. */
    public DirectoryCursor openDirectory(byte[] path) throws StoreException {
        return lock.alone(() -> {
            Directory directory = directory(path);
            directory.requireReadable();
            return new DirectoryCursor(fileSystem, directory.first());
        });
    }

    private Directory directory(byte[] path) throws StoreException {
        PathTarget target = resolve(path);
        if (target instanceof PathTarget.Root) {
            return Directory.root(fileSystem.volume());
        }
        if (target instanceof PathTarget.Found found) {
            if (FilePath.target(fileSystem.volume(), found.entry()) instanceof FilePath.ToDirectory directory) {
                return directory.directory();
            }
            Key key = Key.ofBytes(path);
            throw PeerError.NOTDIR.on(new DictionaryExpectedException(key, key));
        }
        throw missing(path);
    }

    /** Makes a directory, see {@code LittleFs.makeDirectory}. */
    public void makeDirectory(byte[] path) throws StoreException {
        lock.change("make directory", () -> {
            PathTarget target = resolve(path);
            if (!(target instanceof PathTarget.Missing missing)) {
                Kind found = target instanceof PathTarget.Found there ? kind(there.entry()) : Kind.DICTIONARY;
                throw PeerError.EXIST.on(new KeyExistsException(Key.ofBytes(path), found));
            }
            if (!missing.last()) {
                throw missing(path);
            }
            place(missing).checkName(fileSystem.volume());
            fileSystem.repair();
            new Creation(fileSystem).directory(place((PathTarget.Missing) resolve(path)));
        });
    }

    /** Removes a file or an empty directory, see {@code LittleFs.remove}. */
    public void remove(byte[] path) throws StoreException {
        lock.change("remove", () -> {
            PathTarget target = resolve(path);
            if (target instanceof PathTarget.Missing) {
                throw missing(path);
            }
            if (!(target instanceof PathTarget.Found found)) {
                throw notTheRoot("remove");
            }
            if (FilePath.target(fileSystem.volume(), found.entry()) instanceof FilePath.ToDirectory directory) {
                EmptyDirectories.require(Key.ofBytes(path), directory.directory());
            }
            fileSystem.repair();
            remove(((PathTarget.Found) resolve(path)).entry());
        });
    }

    private void remove(Located entry) throws StoreException {
        Removal removal = new Removal(fileSystem);
        if (FilePath.target(fileSystem.volume(), entry) instanceof FilePath.ToDirectory directory) {
            removal.directory(entry, directory.directory());
        } else {
            removal.file(entry);
        }
    }

    /** Moves a file or directory, see {@code LittleFs.rename}. */
    public void rename(byte[] source, byte[] target) throws StoreException {
        lock.change("rename", () -> new PathRename(fileSystem, source, target).run());
    }

    /** What is known of a path, see {@code LittleFs.stat}. */
    public EntryInfo stat(byte[] path) throws StoreException {
        return lock.reading(() -> {
            PathTarget target = resolve(path);
            if (target instanceof PathTarget.Found found) {
                return describe(found.entry());
            }
            if (target instanceof PathTarget.Missing) {
                throw missing(path);
            }
            return new EntryInfo(Kind.DICTIONARY, ROOT_NAME.clone(), 0);
        });
    }

    /**
     * What a directory says of an entry; under the lock.
     *
     * @throws StoreException if the entry is damaged
     */
    public EntryInfo describe(Located entry) throws StoreException {
        Kind kind = kind(entry);
        long size = kind == Kind.VALUE ? FileContent.sizeOf(fileSystem.volume(), entry) : 0;
        return new EntryInfo(kind, entry.entry().name().toBytes(), size);
    }

    /** Where the attributes of a path are. */
    private Located attributed(byte[] path) throws StoreException {
        PathTarget target = resolve(path);
        if (target instanceof PathTarget.Missing) {
            throw missing(path);
        }
        return target instanceof PathTarget.Found found
                ? found.entry()
                : fileSystem.volume().rootEntry();
    }

    /** Reads an attribute, see {@code LittleFs.getAttribute}. */
    public Optional<byte[]> getAttribute(byte[] path, int type) throws StoreException {
        return lock.reading(
                () -> Optional.ofNullable(attributed(path).entry().attributes().get(type))
                        .map(byte[]::clone));
    }

    /** Sets an attribute, see {@code LittleFs.setAttribute}. */
    public void setAttribute(byte[] path, int type, byte[] value) throws StoreException {
        lock.change("set attribute", () -> {
            AttributeChange.checkLength(fileSystem.volume(), value);
            attributed(path);
            fileSystem.repair();
            AttributeChange.set(fileSystem, attributed(path), type, value);
        });
    }

    /** Removes an attribute, see {@code LittleFs.removeAttribute}. */
    public void removeAttribute(byte[] path, int type) throws StoreException {
        lock.change("remove attribute", () -> {
            if (attributed(path).entry().attributes().containsKey(type)) {
                fileSystem.repair();
                AttributeChange.remove(fileSystem, attributed(path), type);
            }
        });
    }

    /** Counts blocks in use, see {@code LittleFs.usedBlocks}. */
    public long usedBlocks() throws StoreException {
        return lock.alone(() -> BlockTraversal.count(fileSystem));
    }

    /** Names blocks in use, see {@code LittleFs.traverse}. */
    public void traverse(LongConsumer blocks) throws StoreException {
        lock.alone(() -> {
            BlockTraversal.traverse(fileSystem, blocks);
            return true;
        });
    }

    /** Does pending work, see {@code LittleFs.collectGarbage}. */
    public void collectGarbage() throws StoreException {
        lock.change("collect garbage", () -> new Maintenance(fileSystem).collect());
    }

    /** Finishes half-done work, see {@code LittleFs.makeConsistent}. */
    public void makeConsistent() throws StoreException {
        lock.change("make consistent", fileSystem::makeConsistent);
    }

    /** Takes in more blocks, see {@code LittleFs.grow}. */
    public void grow(long blockCount) throws StoreException {
        lock.change("grow", () -> new Maintenance(fileSystem).grow(blockCount));
    }
}

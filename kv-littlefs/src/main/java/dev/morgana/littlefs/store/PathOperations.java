package dev.morgana.littlefs.store;

import dev.morgana.littlefs.exam.BlockTraversal;
import dev.morgana.littlefs.file.FileContent;
import dev.morgana.littlefs.file.OpenAttribute;
import dev.morgana.littlefs.file.OpenFile;
import dev.morgana.littlefs.file.OpenMode;
import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.littlefs.log.AttributeChange;
import dev.morgana.littlefs.log.Directory;
import dev.morgana.littlefs.log.DirectoryCursor;
import dev.morgana.littlefs.log.DirectoryEntry;
import dev.morgana.littlefs.log.FileSystem;
import dev.morgana.littlefs.log.GarbageCollector;
import dev.morgana.littlefs.log.Resizing;
import dev.morgana.littlefs.log.Walk;
import dev.morgana.spi.backend.StoreLife;
import dev.morgana.spi.error.KeyExistsException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.error.ValueExpectedException;
import dev.morgana.spi.key.Kind;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;

/** The operations of the C implementation on paths, with its checks in its order (sections 8.3, 11 and 12.7). */
public final class PathOperations {
    private static final byte[] ROOT_NAME = {'/'};

    private final FileSystem fileSystem;
    private final FileSystemAccess access;
    private final Operations operations;

    /** Operations on a file system. */
    public PathOperations(FileSystem fileSystem, FileSystemAccess access) {
        this.fileSystem = fileSystem;
        this.access = access;
        this.operations = new Operations(fileSystem);
    }

    private PathLookup lookup(byte[] path) throws StoreException {
        return new PathLookup(fileSystem, path);
    }

    private static Kind kind(DirectoryEntry entry) {
        return entry.entry().isDirectory() ? Kind.DICTIONARY : Kind.VALUE;
    }

    /** Opens a file, see {@code LittleFs.open}. */
    public OpenFile open(byte[] path, OpenMode mode, boolean create, boolean exclusive, List<OpenAttribute> attributes)
            throws StoreException {
        StoreLife.Action<OpenFile> action =
                () -> OpenFile.open(fileSystem, file(path, create, exclusive), mode, attributes);
        return mode.writable() || create ? access.writing("open for writing", action) : access.alone(action);
    }

    private DirectoryEntry file(byte[] path, boolean create, boolean exclusive) throws StoreException {
        PathLookup at = lookup(path);
        Walk walk = create ? at.existingOrNew() : at.existing();
        if (!walk.isComplete()) {
            if (at.endsInSlash()) {
                throw at.notADirectory();
            }
            return operations.createFile(at.path());
        }
        boolean isFile = walk.endsAtFile();
        if (exclusive) {
            throw PeerError.EXIST.on(new KeyExistsException(at.key(), isFile ? Kind.VALUE : Kind.DICTIONARY));
        }
        if (!isFile) {
            throw PeerError.ISDIR.on(new ValueExpectedException(at.key()));
        }
        return walk.found().orElseThrow();
    }

    /** Opens a directory, see {@code LittleFs.openDirectory}. */
    public DirectoryCursor openDirectory(byte[] path) throws StoreException {
        return access.alone(() -> {
            Directory directory = directory(path);
            directory.requireReadable();
            return new DirectoryCursor(fileSystem, directory.first());
        });
    }

    private Directory directory(byte[] path) throws StoreException {
        PathLookup at = lookup(path);
        Walk walk = at.existing();
        if (walk.endsAtFile()) {
            throw at.notADirectory();
        }
        return walk.directory();
    }

    /** Makes a directory, see {@code LittleFs.makeDirectory}. */
    public void makeDirectory(byte[] path) throws StoreException {
        access.change("make directory", () -> {
            PathLookup at = lookup(path);
            Walk walk = at.existingOrNew();
            if (walk.isComplete()) {
                throw PeerError.EXIST.on(
                        new KeyExistsException(at.key(), walk.endsAtFile() ? Kind.VALUE : Kind.DICTIONARY));
            }
            operations.createDirectory(at.path());
        });
    }

    /** Removes a file or an empty directory, see {@code LittleFs.remove}. */
    public void remove(byte[] path) throws StoreException {
        access.change("remove", () -> {
            PathLookup at = lookup(path);
            at.entry("remove");
            Walk walk = at.walk();
            if (!walk.endsAtFile()) {
                EmptyDirectories.require(at.key(), walk.directory());
            }
            operations.remove(at.path());
        });
    }

    /** Moves a file or directory, see {@code LittleFs.rename}. */
    public void rename(byte[] source, byte[] target) throws StoreException {
        access.change("rename", () -> new PathRename(fileSystem, source, target).run());
    }

    /** What is known of a path, see {@code LittleFs.stat}. */
    public EntryInfo stat(byte[] path) throws StoreException {
        return access.life().reading(() -> {
            Optional<DirectoryEntry> found = lookup(path).existing().found();
            return found.isPresent() ? describe(found.get()) : new EntryInfo(Kind.DICTIONARY, ROOT_NAME.clone(), 0);
        });
    }

    /**
     * What a directory says of an entry; under the lock.
     *
     * @throws StoreException if the entry is damaged
     */
    public EntryInfo describe(DirectoryEntry entry) throws StoreException {
        Kind kind = kind(entry);
        long size = kind == Kind.VALUE ? FileContent.sizeOf(fileSystem.volume(), entry) : 0;
        return new EntryInfo(kind, entry.entry().name().toBytes(), size);
    }

    /** Reads an attribute, see {@code LittleFs.getAttribute}. */
    public Optional<byte[]> getAttribute(byte[] path, int type) throws StoreException {
        return access.life()
                .reading(() -> Optional.ofNullable(lookup(path)
                                .existing()
                                .attributed()
                                .entry()
                                .attributes()
                                .get(type))
                        .map(byte[]::clone));
    }

    /** Sets an attribute, see {@code LittleFs.setAttribute}. */
    public void setAttribute(byte[] path, int type, byte[] value) throws StoreException {
        access.change("set attribute", () -> {
            AttributeChange.checkLength(fileSystem.volume(), value);
            PathLookup at = lookup(path);
            at.existing();
            operations.setAttribute(at.path(), type, value);
        });
    }

    /** Removes an attribute, see {@code LittleFs.removeAttribute}. */
    public void removeAttribute(byte[] path, int type) throws StoreException {
        access.change("remove attribute", () -> {
            PathLookup at = lookup(path);
            at.existing();
            operations.removeAttribute(at.path(), type);
        });
    }

    /** Counts blocks in use, see {@code LittleFs.usedBlocks}. */
    public long usedBlocks() throws StoreException {
        return access.alone(() -> BlockTraversal.count(fileSystem));
    }

    /** Names blocks in use, see {@code LittleFs.traverse}. */
    public void traverse(LongConsumer blocks) throws StoreException {
        access.alone(() -> {
            BlockTraversal.traverse(fileSystem, blocks);
            return true;
        });
    }

    /** Does pending work, see {@code LittleFs.collectGarbage}. */
    public void collectGarbage() throws StoreException {
        access.change("collect garbage", () -> new GarbageCollector(fileSystem).collect());
    }

    /** Finishes half-done work, see {@code LittleFs.makeConsistent}. */
    public void makeConsistent() throws StoreException {
        access.change("make consistent", fileSystem::makeConsistent);
    }

    /** Takes in more blocks, see {@code LittleFs.grow}. */
    public void grow(long blockCount) throws StoreException {
        access.change("grow", () -> new Resizing(fileSystem).grow(blockCount));
    }
}

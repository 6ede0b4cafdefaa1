package dev.morgana.littlefs.store;

import dev.morgana.littlefs.file.OpenFile;
import dev.morgana.littlefs.file.OpenMode;
import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.littlefs.log.DirectoryEntry;
import dev.morgana.littlefs.log.FileSystem;
import dev.morgana.spi.backend.HandleOptions;
import dev.morgana.spi.error.KeyExistsException;
import dev.morgana.spi.error.NoSuchKeyException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.error.ValueExpectedException;
import dev.morgana.spi.facet.FileHandle;
import dev.morgana.spi.facet.FileHandles;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.TreeRules;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Values as channels with positions. */
final class HandleFacet implements FileHandles {
    private final FileSystem fileSystem;
    private final FileSystemAccess access;
    private final Operations operations;

    /** Those that may have something to publish; touched under the lock alone. */
    private final Set<OpenFile> writers = Collections.newSetFromMap(new IdentityHashMap<>());

    HandleFacet(FileSystem fileSystem, FileSystemAccess access) {
        this.fileSystem = fileSystem;
        this.access = access;
        this.operations = new Operations(fileSystem);
    }

    @Override
    public FileHandle open(Key key, Set<StandardOpenOption> options) throws StoreException {
        HandleOptions wanted = HandleOptions.of(options);
        OpenMode mode = new OpenMode(wanted.readable(), wanted.writable(), wanted.append(), wanted.truncate());
        if (!mode.writable()) {
            return access.alone(() -> handle(new KeyLookup(fileSystem, key).file(), mode));
        }
        return access.writing("open for writing", () -> {
            KeyLookup at = new KeyLookup(fileSystem, key);
            Optional<DirectoryEntry> created = create(at, wanted);
            return handle(created.isPresent() ? created.get() : at.file(), mode);
        });
    }

    private FileHandle handle(DirectoryEntry entry, OpenMode mode) throws StoreException {
        OpenFile file = OpenFile.open(fileSystem, entry, mode, List.of());
        if (mode.writable()) {
            writers.add(file);
        }
        return new ValueChannel(file, access, () -> writers.remove(file));
    }

    /**
     * Publishes what was written through open handles.
     *
     * @throws StoreException if the device fails, or there is no space
     */
    void flush() throws StoreException {
        if (access.isReadOnly()) {
            return;
        }
        access.change("flush", () -> {
            for (OpenFile file : List.copyOf(writers)) {
                if (file.mustPublish()) {
                    file.sync();
                }
            }
        });
    }

    /** Makes the file where there is none, and the options ask for it. */
    private Optional<DirectoryEntry> create(KeyLookup at, HandleOptions options) throws StoreException {
        Key key = at.key();
        if (key.isRoot()) {
            throw PeerError.ISDIR.on(new ValueExpectedException(key));
        }
        TreeRules.checkAncestors(at);
        Kind kind = at.kind().orElse(null);
        if (kind != null && options.createNew()) {
            throw PeerError.EXIST.on(new KeyExistsException(key, kind));
        }
        if (kind != null || !options.create()) {
            return Optional.empty();
        }
        TreeRules.checkWritable(key);
        if (!at.walk().lacksLastName()) {
            throw PeerError.NOENT.on(new NoSuchKeyException(key));
        }
        return Optional.of(operations.createFile(at.path()));
    }
}

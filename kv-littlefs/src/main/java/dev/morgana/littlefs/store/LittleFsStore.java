package dev.morgana.littlefs.store;

import dev.morgana.littlefs.chamelon.TreeWriter;
import dev.morgana.littlefs.file.ContentHash;
import dev.morgana.littlefs.file.FileContent;
import dev.morgana.littlefs.layout.ContentDigest;
import dev.morgana.littlefs.layout.MetadataEntry;
import dev.morgana.littlefs.layout.StoredTime;
import dev.morgana.littlefs.log.Directory;
import dev.morgana.littlefs.log.DirectoryEntry;
import dev.morgana.littlefs.log.FileSystem;
import dev.morgana.littlefs.log.TreeWalk;
import dev.morgana.littlefs.log.Volume;
import dev.morgana.littlefs.log.Walk;
import dev.morgana.littlefs.pair.Settings;
import dev.morgana.spi.backend.ArgumentChecks;
import dev.morgana.spi.backend.CallerStream;
import dev.morgana.spi.backend.Facets;
import dev.morgana.spi.error.LimitExceededException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.BeyondEnd;
import dev.morgana.spi.store.Entry;
import dev.morgana.spi.store.Facet;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.RenameMode;
import dev.morgana.spi.store.SetOption;
import dev.morgana.spi.store.StoreInfo;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** A mounted file system as a tree of keys. */
public final class LittleFsStore implements KeyValueStore {
    /** The JDK's own bound on the length of arrays. */
    private static final int ARRAY_MAX = Integer.MAX_VALUE - 8;

    private final FileSystem fileSystem;
    private final FileSystemAccess access;
    private final Changes changes;
    private final HandleFacet handles;
    private final Facets facets;

    private LittleFsStore(
            FileSystem fileSystem,
            Settings settings,
            FileSystemAccess access,
            Changes changes,
            HandleFacet handles,
            Function<LittleFsStore, Facets> own) {
        this.fileSystem = fileSystem;
        this.access = access;
        this.changes = changes;
        this.handles = handles;
        this.facets = own.apply(this)
                .and(ImageTools.of(
                        fileSystem.volume().blocks().all(),
                        settings,
                        access.life(),
                        access.isReadOnly(),
                        () -> fileSystem,
                        this::valid));
    }

    /**
     * A store over a file system.
     *
     * @param access the access to that file system, whose life closing the store ends
     */
    public static LittleFsStore of(FileSystem fileSystem, Settings settings, FileSystemAccess access) {
        Changes changes = new TreeChanges(fileSystem);
        HandleFacet handles = new HandleFacet(fileSystem, access);
        Set<Integer> own = settings.writing().digests() ? Set.of(ContentDigest.ATTRIBUTE) : Set.of();
        Attributes attributes = new Attributes(fileSystem, changes, access, own);
        return new LittleFsStore(
                fileSystem,
                settings,
                access,
                changes,
                handles,
                store -> Facets.of(
                        attributes,
                        Times.inSeconds(store, attributes),
                        new ExplicitDirectories(fileSystem, changes, access),
                        handles,
                        new Maintenance(fileSystem, access)));
    }

    /**
     * A store over a file system in chamelon's dialect that may be changed.
     *
     * @param access the access to that file system, whose life closing the store ends
     * @param writer changes it
     * @param clock tells the times that values get
     */
    public static LittleFsStore chamelon(
            FileSystem fileSystem, Settings settings, FileSystemAccess access, TreeWriter writer, InstantSource clock) {
        ChamelonChanges changes = new ChamelonChanges(fileSystem, writer, clock);
        return new LittleFsStore(
                fileSystem,
                settings,
                access,
                changes,
                new HandleFacet(fileSystem, access),
                store -> Facets.of(
                        new Attributes(fileSystem, changes, access, Set.of(StoredTime.ATTRIBUTE)),
                        Times.exact(store, fileSystem, changes, access),
                        new ExplicitDirectories(fileSystem, changes, access)));
    }

    private FileSystem valid() throws StoreException {
        fileSystem.ensureValid();
        return fileSystem;
    }

    private Volume volume() {
        return fileSystem.volume();
    }

    @Override
    public StoreInfo info() {
        return access.life().looking(() -> Descriptions.of(volume(), access.isReadOnly()));
    }

    @Override
    public <F extends Facet> Optional<F> facet(Class<F> type) {
        access.life().requireOpen();
        return facets.facet(type);
    }

    @Override
    public Optional<Kind> kind(Key key) throws StoreException {
        return access.life().reading(() -> lookup(key).kind());
    }

    @Override
    public byte[] get(Key key) throws StoreException {
        return access.life().reading(() -> {
            FileContent content = content(key);
            if (content.size() > ARRAY_MAX) {
                throw new LimitExceededException("bytes of an array", ARRAY_MAX, content.size(), key.toString());
            }
            byte[] bytes = new byte[(int) content.size()];
            content.read(0, ByteBuffer.wrap(bytes));
            return bytes;
        });
    }

    @Override
    public InputStream open(Key key) throws StoreException {
        return access.life()
                .reading(() -> ValueStreams.open(fileSystem, lookup(key).file(), access.life()));
    }

    @Override
    public int read(Key key, long offset, ByteBuffer target) throws StoreException {
        ArgumentChecks.requireOffset(offset);
        return access.life().reading(() -> content(key).read(offset, target));
    }

    @Override
    public Stream<Entry> list(Key dictionary) throws StoreException {
        return access.life().reading(() -> {
            List<Entry> entries = new ArrayList<>();
            for (DirectoryEntry entry : lookup(dictionary).directory().entries()) {
                entries.add(new Entry(dictionary.child(entry.entry().name().toBytes()), entry.kind()));
            }
            entries.sort(Comparator.comparing(Entry::key));
            return entries.stream();
        });
    }

    @Override
    public long size(Key key) throws StoreException {
        return access.life()
                .reading(() -> FileContent.sizeOf(volume(), lookup(key).file()));
    }

    @Override
    public long totalSize(Key key) throws StoreException {
        return access.life().reading(() -> {
            Walk walk = lookup(key).existing();
            return walk.endsAtFile()
                    ? FileContent.sizeOf(volume(), walk.found().orElseThrow())
                    : sizeBelow(walk.directory());
        });
    }

    private long sizeBelow(Directory from) throws StoreException {
        TreeWalk tree = new TreeWalk(volume(), from);
        long sum = 0;
        for (List<DirectoryEntry> entries = tree.next(); entries != null; entries = tree.next()) {
            for (DirectoryEntry entry : entries) {
                if (entry.entry().isFile()) {
                    sum += FileContent.sizeOf(volume(), entry);
                }
            }
        }
        return sum;
    }

    @Override
    public Optional<Instant> lastModified(Key key) throws StoreException {
        return access.life().reading(() -> {
            Walk walk = lookup(key).existing();
            if (walk.endsAtFile()) {
                MetadataEntry entry = walk.found().orElseThrow().entry();
                return Optional.ofNullable(entry.attributes().get(StoredTime.ATTRIBUTE))
                        .flatMap(StoredTime::decode);
            }
            return Optional.empty();
        });
    }

    @Override
    public byte[] digest(Key key) throws StoreException {
        return access.life().reading(() -> ContentHash.of(content(key)));
    }

    private KeyLookup lookup(Key key) {
        return new KeyLookup(fileSystem, key);
    }

    private FileContent content(Key key) throws StoreException {
        return FileContent.of(volume(), lookup(key).file());
    }

    @Override
    public void set(Key key, byte[] value, SetOption... options) throws StoreException {
        boolean replace = List.of(options).contains(SetOption.REPLACE_DICTIONARY);
        access.change("set", () -> changes.set(lookup(key), replace, value));
    }

    @Override
    public void set(Key key, InputStream value, SetOption... options) throws StoreException {
        boolean replace = List.of(options).contains(SetOption.REPLACE_DICTIONARY);
        CallerStream stream = new CallerStream("value of " + key, value);
        access.change("set", () -> changes.set(lookup(key), replace, stream));
    }

    @Override
    public void write(Key key, long offset, ByteBuffer source, BeyondEnd rule) throws StoreException {
        ArgumentChecks.requireOffset(offset);
        access.change("write", () -> changes.write(lookup(key), offset, source, rule));
    }

    @Override
    public void allocate(Key key, long size) throws StoreException {
        ArgumentChecks.requireSize(size);
        access.change("allocate", () -> changes.allocate(lookup(key), size));
    }

    @Override
    public boolean remove(Key key) throws StoreException {
        return access.writing("remove", () -> {
            KeyLookup at = lookup(key);
            at.requireRemovable();
            return changes.remove(at);
        });
    }

    @Override
    public void clear() throws StoreException {
        access.change("clear", changes::clear);
    }

    @Override
    public void rename(Key source, Key target, RenameMode mode) throws StoreException {
        access.change("rename", () -> changes.rename(lookup(source), lookup(target), mode));
    }

    @Override
    public void flush() throws StoreException {
        access.life().requireOpen();
        handles.flush();
    }

    @Override
    public void close() {
        access.life().close();
    }
}

package dev.morgana.littlefs.store;

import dev.morgana.littlefs.file.FileContent;
import dev.morgana.littlefs.layout.MetadataEntry;
import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.littlefs.layout.StoredTime;
import dev.morgana.littlefs.log.Directory;
import dev.morgana.littlefs.log.DirectoryEntry;
import dev.morgana.littlefs.log.FileSystem;
import dev.morgana.littlefs.log.TreeWalk;
import dev.morgana.littlefs.log.Volume;
import dev.morgana.littlefs.log.Walk;
import dev.morgana.littlefs.pair.Settings;
import dev.morgana.spi.backend.CallerStream;
import dev.morgana.spi.error.InvalidRequestException;
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
import dev.morgana.spi.store.TreeRules;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A mounted file system as a tree of keys. */
public final class LittleFsStore implements KeyValueStore {
    private static final int PIECE_BYTES = 64 * 1024;
    /** The JDK's own bound on the length of arrays. */
    private static final int ARRAY_MAX = Integer.MAX_VALUE - 8;

    private final FileSystem fileSystem;
    private final StoreLock lock;
    private final TreeChanges changes;
    private final HandleFacet handles;
    private final List<Facet> facets;
    private final Tools tools;

    /**
     * A store over a file system.
     *
     * @param lock the lock of that file system, which closing the store closes
     */
    public LittleFsStore(FileSystem fileSystem, Settings settings, StoreLock lock) {
        this.fileSystem = fileSystem;
        this.lock = lock;
        this.changes = new TreeChanges(fileSystem);
        this.handles = new HandleFacet(fileSystem, lock);
        Attributes attributes = new Attributes(fileSystem, lock);
        this.facets = List.of(
                attributes,
                new Times(this, attributes),
                new ExplicitDirectories(fileSystem, changes, lock),
                handles,
                new Maintenance(fileSystem, lock));
        this.tools = new Tools(fileSystem.volume().blocks().all(), settings, lock, () -> fileSystem, () -> fileSystem);
    }

    private Volume volume() {
        return fileSystem.volume();
    }

    @Override
    public StoreInfo info() {
        lock.requireOpen();
        return Descriptions.of(volume(), lock.isReadOnly());
    }

    @Override
    public <F extends Facet> Optional<F> facet(Class<F> type) {
        lock.requireOpen();
        Optional<F> own =
                facets.stream().filter(type::isInstance).map(type::cast).findFirst();
        return own.isPresent() ? own : tools.facet(type);
    }

    @Override
    public Optional<Kind> kind(Key key) throws StoreException {
        return lock.reading(() -> lookup(key).kind());
    }

    @Override
    public byte[] get(Key key) throws StoreException {
        return lock.reading(() -> {
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
        return lock.reading(() -> ContentStream.open(fileSystem, lookup(key).file(), lock));
    }

    @Override
    public int read(Key key, long offset, ByteBuffer target) throws StoreException {
        if (offset < 0) {
            throw new IllegalArgumentException("offset " + offset + " is negative");
        }
        return lock.reading(() -> content(key).read(offset, target));
    }

    @Override
    public Stream<Entry> list(Key dictionary) throws StoreException {
        return lock.reading(() -> {
            List<Entry> entries = new ArrayList<>();
            for (DirectoryEntry entry : lookup(dictionary).directory().entries()) {
                Kind kind = entry.entry().isDirectory() ? Kind.DICTIONARY : Kind.VALUE;
                entries.add(new Entry(dictionary.child(entry.entry().name().toBytes()), kind));
            }
            entries.sort(Comparator.comparing(Entry::key));
            return entries.stream();
        });
    }

    @Override
    public long size(Key key) throws StoreException {
        return lock.reading(() -> FileContent.sizeOf(volume(), lookup(key).file()));
    }

    @Override
    public long totalSize(Key key) throws StoreException {
        return lock.reading(() -> {
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
        return lock.reading(() -> {
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
        return lock.reading(() -> {
            FileContent content = content(key);
            MessageDigest digest = sha256();
            ByteBuffer piece = ByteBuffer.allocate((int) Math.min(PIECE_BYTES, content.size()));
            long position = 0;
            while (content.read(position, piece) > 0) {
                position += piece.flip().remaining();
                digest.update(piece);
                piece.clear();
            }
            return digest.digest();
        });
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
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
        lock.change(
                "set",
                () -> changes.set(lookup(key), replace, value.length, draft -> draft.write(0, ByteBuffer.wrap(value))));
    }

    /** A stream that knows how much it has at least, as those of files do, is refused before anything is written. */
    @Override
    public void set(Key key, InputStream value, SetOption... options) throws StoreException {
        boolean replace = List.of(options).contains(SetOption.REPLACE_DICTIONARY);
        CallerStream stream = new CallerStream("value of " + key, value);
        lock.change("set", () -> changes.set(lookup(key), replace, stream.available(), draft -> draft.write(stream)));
    }

    @Override
    public void write(Key key, long offset, ByteBuffer source, BeyondEnd rule) throws StoreException {
        if (offset < 0) {
            throw new IllegalArgumentException("offset " + offset + " is negative");
        }
        lock.change("write", () -> changes.write(lookup(key), offset, source, rule));
    }

    @Override
    public void allocate(Key key, long size) throws StoreException {
        if (size < 0) {
            throw new IllegalArgumentException("size " + size + " is negative");
        }
        lock.change("allocate", () -> {
            KeyLookup at = lookup(key);
            TreeRules.checkCreate(at);
            changes.create(at, size, draft -> draft.lengthen(size));
        });
    }

    @Override
    public boolean remove(Key key) throws StoreException {
        return lock.writing("remove", () -> {
            if (key.isRoot()) {
                throw PeerError.INVAL.on(new InvalidRequestException("the root cannot be removed; clear() empties it"));
            }
            return changes.remove(lookup(key));
        });
    }

    @Override
    public void clear() throws StoreException {
        lock.change("clear", changes::clear);
    }

    @Override
    public void rename(Key source, Key target, RenameMode mode) throws StoreException {
        lock.change("rename", () -> changes.rename(lookup(source), lookup(target), mode));
    }

    @Override
    public void flush() throws StoreException {
        lock.requireOpen();
        handles.flush();
    }

    @Override
    public void close() {
        lock.close();
    }
}

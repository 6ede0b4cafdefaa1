package dev.morgana.littlefs.store;

import dev.morgana.littlefs.chamelon.TreeWriter;
import dev.morgana.littlefs.file.FileContent;
import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.EntryStruct;
import dev.morgana.littlefs.layout.FileName;
import dev.morgana.littlefs.layout.MetadataEntry;
import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.littlefs.layout.StoredTime;
import dev.morgana.littlefs.layout.TagType;
import dev.morgana.littlefs.log.Directory;
import dev.morgana.littlefs.log.DirectoryEntry;
import dev.morgana.littlefs.log.FileSystem;
import dev.morgana.littlefs.log.Walk;
import dev.morgana.spi.backend.CallerStream;
import dev.morgana.spi.backend.PositionedStream;
import dev.morgana.spi.error.InvalidRequestException;
import dev.morgana.spi.error.LimitExceededException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.store.BeyondEnd;
import dev.morgana.spi.store.RenameMode;
import dev.morgana.spi.store.TreeRules;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What changes of a tree of keys are in chamelon's dialect: entries of its directories, each value with its time (rule W8). */
final class ChamelonChanges implements Changes {
    private final FileSystem fileSystem;
    private final TreeWriter writer;
    private final InstantSource clock;

    ChamelonChanges(FileSystem fileSystem, TreeWriter writer, InstantSource clock) {
        this.fileSystem = fileSystem;
        this.writer = writer;
        this.clock = clock;
    }

    /** Writes a value and tells what its entry is to hold. */
    private interface Content {
        EntryStruct write() throws StoreException;
    }

    private static CallerStream stream(Key key, byte[] value) {
        return new CallerStream("value of " + key, new ByteArrayInputStream(value));
    }

    @Override
    public void set(KeyLookup at, boolean replaceDictionary, byte[] value) throws StoreException {
        TreeRules.checkSet(at, replaceDictionary);
        bind(at, value.length, () -> writer.value(value.length, stream(at.key(), value)));
    }

    @Override
    public void set(KeyLookup at, boolean replaceDictionary, CallerStream value) throws StoreException {
        TreeRules.checkSet(at, replaceDictionary);
        long most = fileSystem.volume().fileMax();
        bind(at, value.available(), () -> {
            EntryStruct struct = writer.value(value, most);
            if (value.read() >= 0) {
                throw tooLarge(most + 1);
            }
            return struct;
        });
    }

    @Override
    public void allocate(KeyLookup at, long size) throws StoreException {
        TreeRules.checkCreate(at);
        bind(at, size, () -> writer.value(size, zeros(at.key(), size)));
    }

    private static CallerStream zeros(Key key, long size) {
        return patched(key, size, (position, target) -> 0, 0, ByteBuffer.allocate(0), 0);
    }

    /** Makes a value of at least this size what a key is bound to, with the parents that it lacks. */
    private void bind(KeyLookup at, long size, Content content) throws StoreException {
        checkSize(size);
        checkNames(at.key());
        writer.run(() -> {
            List<FileName> names = at.path().names();
            List<BlockPair> parents = writer.reserveParents(at.walk(), names.size());
            EntryStruct struct = content.write();
            // The stream that the value came from may have changed the tree.
            TreeRules.checkSet(at, true);
            int missing = Math.max(0, names.size() - 1 - at.walk().depth());
            parents = parents.size() == missing ? parents : writer.reserveParents(at.walk(), names.size());
            MetadataEntry entry = TreeWriter.entry(names.get(names.size() - 1), TagType.FILE_NAME, struct);
            for (Map.Entry<Integer, byte[]> attribute : kept(at).entrySet()) {
                entry = entry.withAttribute(attribute.getKey(), attribute.getValue());
            }
            byte[] now = StoredTime.encodeExactly(clock.instant());
            writer.bind(at.walk(), names, parents, entry.withAttribute(StoredTime.ATTRIBUTE, now));
        });
    }

    /** Attributes outlive a change of the value. */
    private static Map<Integer, byte[]> kept(KeyLookup at) throws StoreException {
        Walk walk = at.walk();
        return walk.isComplete() && walk.endsAtFile()
                ? walk.attributed().entry().attributes()
                : Map.of();
    }

    private void checkSize(long size) throws LimitExceededException {
        if (size > fileSystem.volume().fileMax()) {
            throw tooLarge(size);
        }
    }

    private LimitExceededException tooLarge(long size) {
        return PeerError.FBIG.on(new LimitExceededException(
                "fileMax (bytes)", fileSystem.volume().fileMax(), size));
    }

    private void checkNames(Key key) throws StoreException {
        long most = fileSystem.volume().entryNameMax();
        for (int depth = 0; depth < key.depth(); depth++) {
            byte[] segment = key.segment(depth);
            if (segment.length > most) {
                throw PeerError.NAMETOOLONG.on(
                        new LimitExceededException("nameMax (bytes)", most, segment.length, key.toString()));
            }
            if (new FileName(segment).isSpecial()) {
                throw PeerError.INVAL.on(new InvalidRequestException("a name with a zero byte: " + key));
            }
        }
    }

    @Override
    public void write(KeyLookup at, long offset, ByteBuffer source, BeyondEnd rule) throws StoreException {
        Optional<Kind> kind = TreeRules.checkSet(at, false);
        FileContent old = kind.isPresent() ? FileContent.of(fileSystem.volume(), at.file()) : null;
        long before = old == null ? 0 : old.size();
        long from = Changes.start(at.key(), before, offset, rule);
        if (!source.hasRemaining()) {
            return;
        }
        long size = Math.max(before, from + source.remaining());
        ByteBuffer patch = source.duplicate();
        bind(at, size, () -> {
            PositionedStream.Source rest = old == null ? (position, target) -> 0 : old::read;
            return writer.value(size, patched(at.key(), size, rest, before, patch, from));
        });
        source.position(source.limit());
    }

    /** A value of which a part is replaced; what neither has is zero. */
    private static CallerStream patched(
            Key key, long size, PositionedStream.Source old, long before, ByteBuffer patch, long from) {
        long end = from + patch.remaining();
        PositionedStream stream = new PositionedStream(
                size,
                (position, target) -> {
                    long border = position < from ? from : position < end ? end : size;
                    if (position < before && (position < from || position >= end)) {
                        border = Math.min(border, before);
                    }
                    int count = (int) Math.min(target.remaining(), border - position);
                    ByteBuffer part = target.slice(target.position(), count);
                    if (position >= from && position < end) {
                        part.put(patch.duplicate()
                                .position(patch.position() + (int) (position - from))
                                .slice()
                                .limit(count));
                    } else if (position < before) {
                        old.read(position, part);
                    }
                    target.position(target.position() + count);
                    return count;
                },
                () -> {});
        return new CallerStream("value of " + key, stream);
    }

    @Override
    public boolean remove(KeyLookup at) throws StoreException {
        if (at.kind().isEmpty()) {
            return false;
        }
        writer.run(() -> writer.remove(at.walk()));
        return true;
    }

    @Override
    public void clear() throws StoreException {
        Directory root = Directory.root(fileSystem.volume());
        if (!root.entries().isEmpty()) {
            writer.run(() -> writer.clear(Directory.root(fileSystem.volume())));
        }
    }

    @Override
    public void createDirectory(KeyLookup at) throws StoreException {
        checkNames(at.key());
        writer.run(() -> {
            FileName name = at.path().names().get(at.key().depth() - 1);
            EntryStruct struct = writer.emptyDirectory(at.walk());
            writer.bind(
                    at.walk(), at.path().names(), List.of(), TreeWriter.entry(name, TagType.DIRECTORY_NAME, struct));
        });
    }

    @Override
    public void rename(KeyLookup source, KeyLookup target, RenameMode mode) throws StoreException {
        Optional<Key> exact = TreeRules.renameTarget(source, target, mode);
        if (exact.isEmpty()) {
            return;
        }
        KeyLookup at = exact.get().equals(target.key()) ? target : new KeyLookup(fileSystem, exact.get());
        checkNames(at.key());
        writer.run(() -> move(source, at));
    }

    /** Within a directory that is one step; else the copy comes first, and the source goes after it. */
    private void move(KeyLookup source, KeyLookup at) throws StoreException {
        DirectoryEntry from = source.walk().found().orElseThrow();
        List<FileName> names = at.path().names();
        FileName name = names.get(names.size() - 1);
        Walk to = at.walk();
        boolean parentIsThere = to.depth() >= names.size() - 1;
        Directory parent = to.isComplete() ? to.parent() : to.directory();
        if (parentIsThere && parent.first().sameBlocks(source.walk().parent().first())) {
            writer.rename(parent, from.entry(), name);
            return;
        }
        List<BlockPair> parents = writer.reserveParents(to, names.size());
        EntryStruct struct = writer.copy(from, to);
        MetadataEntry copy =
                from.entry().withStruct(struct, 0).withName(from.entry().nameType(), name, 0);
        writer.bind(to, names, parents, copy);
        writer.remove(source.walk());
    }

    /** A time in the form of others becomes one in chamelon's, which knows no other. */
    @Override
    public void setAttribute(KeyLookup at, int type, byte[] value) throws StoreException {
        Optional<Instant> time = type == StoredTime.ATTRIBUTE ? StoredTime.decode(value) : Optional.empty();
        byte[] stored = time.isPresent() ? StoredTime.encodeExactly(time.get()) : value.clone();
        writer.run(() -> replace(at, at.walk().attributed().entry().withAttribute(type, stored)));
    }

    @Override
    public boolean removeAttribute(KeyLookup at, int type) throws StoreException {
        MetadataEntry entry = at.walk().attributed().entry();
        if (!entry.attributes().containsKey(type)) {
            return false;
        }
        writer.run(() -> replace(at, at.walk().attributed().entry().withoutAttribute(type)));
        return true;
    }

    private void replace(KeyLookup at, MetadataEntry entry) throws StoreException {
        writer.replace(at.walk().parent(), entry);
    }

    /** Gives a value a time. */
    void setTime(KeyLookup at, byte[] time) throws StoreException {
        writer.run(() -> replace(at, at.walk().attributed().entry().withAttribute(StoredTime.ATTRIBUTE, time)));
    }
}

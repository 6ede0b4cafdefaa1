package dev.morgana.littlefs.chamelon;

import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.EntryStruct;
import dev.morgana.littlefs.layout.MetadataEntry;
import dev.morgana.littlefs.layout.PairChange;
import dev.morgana.littlefs.layout.Tag;
import dev.morgana.littlefs.layout.TagClass;
import dev.morgana.littlefs.layout.TagType;
import dev.morgana.littlefs.log.Directory;
import dev.morgana.littlefs.log.FileSystem;
import dev.morgana.littlefs.pair.Blocks;
import dev.morgana.littlefs.pair.MetadataPair;
import dev.morgana.littlefs.pair.TwinBlocks;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.StoreException;
import java.util.ArrayList;
import java.util.List;

/** Chamelon's own directories: new ids for what is overwritten, deletes that stay, a split at half a block. */
public final class PeerForm implements DirectoryForm {
    private final FileSystem fileSystem;
    private final FreeBlocks free;
    private final int unit;

    public PeerForm(FileSystem fileSystem, FreeBlocks free, int unit) {
        this.fileSystem = fileSystem;
        this.free = free;
        this.unit = unit;
    }

    private Blocks blocks() {
        return fileSystem.volume().blocks();
    }

    @Override
    public void create(BlockPair first, List<MetadataEntry> entries, BlockPair next) throws StoreException {
        PeerLog log = PeerLog.empty(unit);
        for (MetadataEntry entry : entries) {
            log = log.with(tags(1, entry), unit);
        }
        put(first, log);
    }

    @Override
    public void change(Directory directory, DirectoryChange change, BlockPair inserted) throws StoreException {
        List<MetadataPair> pairs = directory.pairs();
        MetadataPair last = pairs.get(pairs.size() - 1);
        List<PairChange> commit = new ArrayList<>();
        if (change.added().isEmpty()) {
            for (MetadataPair pair : pairs) {
                int id = id(pair, change);
                if (id >= 0) {
                    append(pair, List.of(delete(id)));
                    return;
                }
            }
            return;
        }
        int old = -1;
        int highest = 0;
        for (MetadataPair pair : pairs) {
            old = Math.max(id(pair, change), -1) >= 0 ? id(pair, change) : old;
            highest = Math.max(highest, highestId(pair));
        }
        if (old >= 0) {
            commit.add(delete(old));
        }
        MetadataEntry entry = change.added().get(0);
        commit.addAll(tags((entry.isDirectory() ? highestId(last) : highest) + 1, entry));
        append(last, commit);
    }

    @Override
    public void redirect(List<SoftThread.Detour> detours) {
        // Chamelon keeps no thread.
    }

    private static PairChange delete(int id) {
        return new PairChange(Tag.of(TagType.DELETE, id, 0), new byte[0]);
    }

    private static int id(MetadataPair pair, DirectoryChange change) {
        List<MetadataEntry> entries = pair.state().entries();
        for (int id = entries.size() - 1; id >= 0; id--) {
            if (entries.get(id).isVisible()
                    && change.removed().contains(entries.get(id).name())) {
                return id;
            }
        }
        return -1;
    }

    private int highestId(MetadataPair pair) throws StoreException {
        return log(pair)
                .entries()
                .mapToInt(entry -> entry.tag().id())
                .filter(id -> id != Tag.NO_ID)
                .max()
                .orElse(0);
    }

    /** The time comes first before a value in its entry, and second before one in blocks. */
    private static List<PairChange> tags(int id, MetadataEntry entry) {
        List<PairChange> tags = new ArrayList<>();
        byte[] name = entry.name().toBytes();
        tags.add(new PairChange(Tag.of(entry.nameType(), id, name.length), name));
        int at = entry.struct() instanceof EntryStruct.Inline ? 0 : 1;
        entry.attributes()
                .forEach((number, value) -> tags.add(
                        at,
                        new PairChange(
                                Tag.of(TagClass.ATTRIBUTE.code() << Byte.SIZE | number, id, value.length), value)));
        EntryStruct struct = entry.struct();
        byte[] data = struct.encode();
        tags.add(new PairChange(Tag.of(struct.type(), id, data.length), data));
        return tags;
    }

    private PeerLog log(MetadataPair pair) throws StoreException {
        return PeerLog.read(blocks().window(pair.activeBlock()));
    }

    private void append(MetadataPair pair, List<PairChange> entries) throws StoreException {
        PeerLog log = log(pair).with(entries, unit);
        int half = blocks().size() / 2;
        if (log.length() > half) {
            log = log.compacted(unit);
            if (log.length() > half && !pair.state().isSplit()) {
                List<Long> taken = free.take(2);
                BlockPair next = new BlockPair(taken.get(0), taken.get(1));
                put(next, PeerLog.empty(unit));
                log = log.withHardTail(next, unit);
            }
        }
        if (log.length() > blocks().size()) {
            throw new NoSpaceException("a block that cannot be written");
        }
        put(pair.blocks(), log);
    }

    private void put(BlockPair address, PeerLog log) throws StoreException {
        new TwinBlocks(blocks()).write(address, log.encode(blocks().size()));
        fileSystem.rewritten(address);
    }
}

package dev.morgana.littlefs.chamelon;

import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.ChamelonBlock;
import dev.morgana.littlefs.layout.FileName;
import dev.morgana.littlefs.layout.MetadataEntry;
import dev.morgana.littlefs.layout.MoveState;
import dev.morgana.littlefs.layout.PairState;
import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.littlefs.layout.Tag;
import dev.morgana.littlefs.layout.Tail;
import dev.morgana.littlefs.log.Directory;
import dev.morgana.littlefs.log.FileSystem;
import dev.morgana.littlefs.pair.Blocks;
import dev.morgana.littlefs.pair.MetadataPair;
import dev.morgana.littlefs.pair.TwinBlocks;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.StoreException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Directories as chamelon and the C implementation read them alike (rules W1 to W8): each pair is one commit of entries in the
 * order of their names, with ids that no other pair of the directory has. A directory is one pair as long as its entries fit
 * into one, since chamelon loses entries of directories that have several (chamelon page, section 6).
 *
 * <p>Every change ends with one write to one pair, which makes it happen: pairs that are new are written before it, pairs that
 * are dropped are left as they are.
 */
final class SortedForm implements DirectoryForm {
    /** Room that stays for a tail, a share of the global state and a delete, as the C implementation leaves it. */
    private static final int SPARE_BYTES = Tag.BYTES + BlockPair.BYTES + Tag.BYTES + MoveState.BYTES + Tag.BYTES;

    /** Ids beyond are not about entries. */
    private static final int ID_MAX = 0x3fe;

    private static final int FIRST_REVISION = 1;

    private final FileSystem fileSystem;
    private final FreeBlocks free;
    private final SoftThread thread;
    private final int programSize;

    /**
     * The form of the directories of a file system.
     *
     * @param programSize commits end at multiples of it, as chamelon's do
     */
    SortedForm(FileSystem fileSystem, FreeBlocks free, SoftThread thread, int programSize) {
        this.fileSystem = fileSystem;
        this.free = free;
        this.thread = thread;
        this.programSize = programSize;
    }

    private Blocks blocks() {
        return fileSystem.volume().blocks();
    }

    @Override
    public void create(BlockPair first, List<MetadataEntry> entries, BlockPair next) throws StoreException {
        List<MetadataEntry> sorted = new ArrayList<>(entries);
        sorted.sort(Comparator.comparing(MetadataEntry::name));
        Chain chain = new Chain(List.of(), sorted, new Ids());
        write(first, FIRST_REVISION, chain.first(), chain.writeBehindFirst(new Tail(next, false, 0)), MoveState.NONE);
    }

    @Override
    public void change(Directory directory, DirectoryChange change, BlockPair inserted) throws StoreException {
        List<MetadataPair> pairs = directory.pairs();
        int last = pairs.size() - 1;
        BlockPair next = inserted.isNone() ? thread.next(pairs.get(last)) : inserted;
        Content before = Content.of(pairs);
        List<MetadataEntry> superblock = change.superblock().map(List::of).orElse(before.head());
        List<List<MetadataEntry>> groups = before.changed(change);
        List<MetadataEntry> all = groups.stream().flatMap(List::stream).toList();
        int only = before.isTidy() ? onlyDifference(before.groups(), groups) : -1;
        if (fits(superblock, all) || only < 0) {
            write(pairs.get(0), superblock, all, new Ids(), new Tail(next, false, 0));
            return;
        }
        if (!inserted.isNone() && only < last) {
            redirect(List.of(new SoftThread.Detour(pairs.get(last), inserted)));
        }
        List<MetadataEntry> group = groups.get(only);
        List<MetadataEntry> head = only == 0 ? superblock : List.of();
        if (only > 0 && group.isEmpty()) {
            MetadataPair ahead = pairs.get(only - 1);
            write(ahead, ahead.state().entries(), tailOf(pairs.get(only), next));
        } else if (only < last && !fits(head, group) && movesOver(directory, only, head, group, groups.get(only + 1))) {
            return;
        } else {
            write(pairs.get(only), head, group, Ids.beside(pairs, Set.of(only)), tailOf(pairs.get(only), next));
        }
    }

    /**
     * Moves what a pair has no room for to the pair behind it, if that has room. For a moment both have it, and of a name that
     * stands there twice the last one counts.
     *
     * @return whether that was possible
     */
    private boolean movesOver(
            Directory directory,
            int number,
            List<MetadataEntry> head,
            List<MetadataEntry> entries,
            List<MetadataEntry> behind)
            throws StoreException {
        int kept = entries.size() - 1;
        while (kept > 0 && !fits(head, entries.subList(0, kept))) {
            kept--;
        }
        List<MetadataEntry> joined = new ArrayList<>(entries.subList(kept, entries.size()));
        joined.addAll(behind);
        if (!fits(List.of(), joined)) {
            return false;
        }
        List<MetadataPair> pairs = directory.pairs();
        MetadataPair target = pairs.get(number + 1);
        BlockPair next = thread.next(target);
        write(target, List.of(), joined, Ids.beside(pairs, Set.of(number + 1)), tailOf(target, next));
        List<MetadataPair> now = directory.pairs();
        MetadataPair own = now.get(number);
        write(own, head, entries.subList(0, kept), Ids.beside(now, Set.of(number)), tailOf(own, next));
        return true;
    }

    private static Tail tailOf(MetadataPair pair, BlockPair next) {
        Tail hard = pair.state().tail();
        return hard == null ? new Tail(next, false, 0) : hard;
    }

    @Override
    public void redirect(List<SoftThread.Detour> detours) throws StoreException {
        for (SoftThread.Detour detour : detours) {
            write(detour.pair(), detour.pair().state().entries(), new Tail(detour.next(), false, 0));
        }
    }

    /** The one place where two lists of groups differ, or -1. */
    private static int onlyDifference(List<List<MetadataEntry>> before, List<List<MetadataEntry>> after) {
        int found = -1;
        for (int i = 0; i < before.size(); i++) {
            if (!before.get(i).equals(after.get(i))) {
                if (found >= 0) {
                    return -1;
                }
                found = i;
            }
        }
        return found;
    }

    private boolean fits(List<MetadataEntry> head, List<MetadataEntry> entries) {
        int bytes = SPARE_BYTES;
        for (MetadataEntry entry : head) {
            bytes += entry.compactedLength();
        }
        for (MetadataEntry entry : entries) {
            bytes += entry.compactedLength();
        }
        return ChamelonBlock.bytesFor(bytes) <= blocks().size() && head.size() + entries.size() <= ID_MAX;
    }

    /** Writes entries to a pair, and to new ones behind it if there are too many. */
    private void write(MetadataPair pair, List<MetadataEntry> head, List<MetadataEntry> entries, Ids ids, Tail tail)
            throws StoreException {
        Chain chain = new Chain(head, entries, ids);
        write(pair, chain.first(), chain.writeBehindFirst(tail));
    }

    /** Hands out ids that no other pair of the directory has, as long as there are any. */
    private static final class Ids {
        private final BitSet taken = new BitSet();
        private int next = 1;

        /** Those that only some pairs of a directory have, and those that none has. */
        static Ids beside(List<MetadataPair> pairs, Set<Integer> own) {
            Ids ids = new Ids();
            for (int i = 0; i < pairs.size(); i++) {
                List<MetadataEntry> others =
                        own.contains(i) ? List.of() : pairs.get(i).state().entries();
                for (int id = 0; id < others.size(); id++) {
                    if (others.get(id).nameType() != MetadataEntry.NO_NAME) {
                        ids.taken.set(id);
                    }
                }
            }
            return ids;
        }

        /** Entries under such ids, behind those that have theirs. */
        List<MetadataEntry> number(List<MetadataEntry> head, List<MetadataEntry> entries) {
            if (taken.cardinality() + next + entries.size() > ID_MAX) {
                taken.clear();
                next = 1;
            }
            List<MetadataEntry> numbered = new ArrayList<>(head);
            for (MetadataEntry entry : entries) {
                next = taken.nextClearBit(next);
                while (numbered.size() < next) {
                    numbered.add(MetadataEntry.BLANK);
                }
                numbered.add(entry);
                next++;
            }
            return numbered;
        }
    }

    private void write(MetadataPair pair, List<MetadataEntry> ids, Tail tail) throws StoreException {
        write(pair.blocks(), pair.revision() + 1, ids, tail, pair.state().moveDelta());
    }

    private void write(BlockPair address, int revision, List<MetadataEntry> ids, Tail tail, MoveState delta)
            throws StoreException {
        byte[] block = ChamelonBlock.encode(
                revision, new PairState(ids, tail, delta).compacted(), blocks().size(), programSize);
        new TwinBlocks(blocks()).write(address, block);
        fileSystem.rewritten(address);
    }

    /** Entries over as many pairs as they need. */
    private final class Chain {
        private final List<List<MetadataEntry>> parts = new ArrayList<>();

        Chain(List<MetadataEntry> head, List<MetadataEntry> entries, Ids ids) throws StoreException {
            List<MetadataEntry> part = new ArrayList<>();
            List<MetadataEntry> own = head;
            for (MetadataEntry entry : entries) {
                part.add(entry);
                if (!fits(own, part)) {
                    part.remove(part.size() - 1);
                    parts.add(ids.number(own, part));
                    own = List.of();
                    part = new ArrayList<>(List.of(entry));
                    if (!fits(own, part)) {
                        throw PeerError.NOSPC.on(new NoSpaceException("the entry of " + entry.name()));
                    }
                }
            }
            parts.add(ids.number(own, part));
        }

        /** What the first pair has. */
        List<MetadataEntry> first() {
            return parts.get(0);
        }

        /** Writes all pairs but the first; the tail that the first one needs. */
        Tail writeBehindFirst(Tail end) throws StoreException {
            Tail tail = end;
            List<Long> taken = free.take(2L * (parts.size() - 1));
            for (int i = parts.size() - 1; i > 0; i--) {
                BlockPair pair = new BlockPair(taken.get(2 * i - 2), taken.get(2 * i - 1));
                write(pair, FIRST_REVISION, parts.get(i), tail, MoveState.NONE);
                tail = new Tail(pair, true, 0);
            }
            return tail;
        }
    }

    /** The entries of a directory as they count, by pairs. */
    private record Content(List<MetadataEntry> head, List<List<MetadataEntry>> groups, boolean isUnique) {
        static Content of(List<MetadataPair> pairs) {
            List<MetadataEntry> head = new ArrayList<>();
            Map<FileName, Integer> counted = new LinkedHashMap<>();
            List<Map<FileName, MetadataEntry>> groups = new ArrayList<>();
            boolean unique = true;
            for (MetadataPair pair : pairs) {
                Map<FileName, MetadataEntry> group = new LinkedHashMap<>();
                for (MetadataEntry entry : pair.state().entries()) {
                    if (entry.isSuperblock() && head.isEmpty() && groups.isEmpty()) {
                        head.add(entry);
                    } else if (entry.isVisible()) {
                        // Of a name that stands there twice, the last one counts (rule R6).
                        Integer other = counted.put(entry.name(), groups.size());
                        if (other != null && other < groups.size()) {
                            groups.get(other).remove(entry.name());
                            unique = false;
                        }
                        group.remove(entry.name());
                        group.put(entry.name(), entry);
                    }
                }
                groups.add(group);
            }
            return new Content(
                    head,
                    groups.stream().map(group -> List.copyOf(group.values())).toList(),
                    unique);
        }

        /** Whether each name stands in one pair, and in its place. */
        boolean isTidy() {
            return isUnique && isSorted();
        }

        private boolean isSorted() {
            FileName last = null;
            for (List<MetadataEntry> group : groups) {
                for (MetadataEntry entry : group) {
                    if (last != null && last.compareTo(entry.name()) >= 0) {
                        return false;
                    }
                    last = entry.name();
                }
            }
            return true;
        }

        /** The groups after a change, each sorted; what is new goes to the group in whose range its name is. */
        List<List<MetadataEntry>> changed(DirectoryChange change) {
            List<List<MetadataEntry>> after = new ArrayList<>();
            for (List<MetadataEntry> group : groups) {
                List<MetadataEntry> rest = new ArrayList<>(group);
                rest.removeIf(entry -> change.removed().contains(entry.name()));
                after.add(rest);
            }
            for (MetadataEntry entry : change.entries()) {
                after.get(isTidy() ? place(entry.name()) : 0).add(entry);
            }
            Comparator<MetadataEntry> order = Comparator.comparing(MetadataEntry::name);
            if (isTidy()) {
                after.forEach(group -> group.sort(order));
                return after;
            }
            return List.of(after.stream().flatMap(List::stream).sorted(order).toList());
        }

        private int place(FileName name) {
            int place = 0;
            for (int i = 1; i < groups.size(); i++) {
                List<MetadataEntry> group = groups.get(i);
                if (!group.isEmpty() && group.get(0).name().compareTo(name) <= 0) {
                    place = i;
                }
            }
            return place;
        }
    }
}

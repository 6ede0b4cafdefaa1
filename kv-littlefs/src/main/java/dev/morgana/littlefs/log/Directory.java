package dev.morgana.littlefs.log;

import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.Dialect;
import dev.morgana.littlefs.layout.EntryStruct;
import dev.morgana.littlefs.layout.FileName;
import dev.morgana.littlefs.layout.MetadataEntry;
import dev.morgana.littlefs.layout.PairState;
import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.littlefs.layout.Tail;
import dev.morgana.littlefs.pair.MetadataPair;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.Position;
import dev.morgana.spi.error.StoreException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A directory: the entries of its first pair and of those that follow along hard tails (section 8). The source of a half-done
 * rename is left out, and nothing else (section 10.4).
 */
public final class Directory {
    /** What stands for the id of no entry. */
    public static final int NO_ENTRY = -1;

    private final Volume volume;
    private final BlockPair first;
    private final Position where;

    /**
     * A directory.
     *
     * @param first the address of its first pair
     * @param where where that address stands, for messages
     */
    public Directory(Volume volume, BlockPair first, Position where) {
        this.volume = volume;
        this.first = first;
        this.where = where;
    }

    /** The root directory. */
    public static Directory root(Volume volume) {
        return new Directory(
                volume, volume.root(), volume.blocks().position(volume.root().first(), 0, "root directory"));
    }

    /**
     * The directory that an entry names.
     *
     * @throws dev.morgana.spi.error.CorruptStoreException if its struct is none of a directory
     */
    public static Directory of(Volume volume, DirectoryEntry entry) throws CorruptStoreException {
        Position where = volume.blocks()
                .position(entry.pair().activeBlock(), entry.entry().offset(), "directory struct");
        if (entry.entry().struct() instanceof EntryStruct.Directory struct) {
            return new Directory(volume, struct.pair(), where);
        }
        throw PeerError.corrupt(where, "the pair of directory " + entry.entry().name(), "another struct");
    }

    /** The directory at another address after a commit, for messages in the place of this one. */
    public Directory at(Volume now, BlockPair address) {
        return new Directory(now, address, where);
    }

    /** The address of its first pair. */
    public BlockPair first() {
        return first;
    }

    /** Where that address stands. */
    public Position where() {
        return where;
    }

    /**
     * Its pairs in order.
     *
     * @throws dev.morgana.spi.error.CorruptStoreException if they lead in a circle, or one cannot be read
     * @throws StoreException for this, or if the device fails
     */
    public List<MetadataPair> pairs() throws StoreException {
        List<MetadataPair> pairs = new ArrayList<>();
        Chain chain = new Chain();
        for (MetadataPair pair = chain.next(); pair != null; pair = chain.next()) {
            pairs.add(pair);
        }
        return pairs;
    }

    /**
     * Makes sure that it is one.
     *
     * @throws dev.morgana.spi.error.CorruptStoreException if its first pair cannot be read
     * @throws StoreException for this, or if the device fails
     */
    public void requireReadable() throws StoreException {
        volume.pairs().get(first, where);
    }

    /** Goes from pair to pair, so that what is found in one does not need those behind it. */
    private final class Chain {
        private final Set<BlockPair> visited = new HashSet<>();
        private @Nullable BlockPair next = first;
        private Position at = where;

        /** The next pair, or null at the end. */
        @Nullable
        MetadataPair next() throws StoreException {
            if (next == null) {
                return null;
            }
            if (!visited.add(next.ordered())) {
                throw PeerError.corrupt(at, "a tail to a pair that is not in the directory yet", "pair " + next);
            }
            MetadataPair pair = volume.pairs().get(next, at);
            Tail tail = pair.state().tail();
            next = null;
            if (tail != null && tail.hard()) {
                next = tail.pair();
                at = volume.blocks().position(pair.activeBlock(), tail.offset(), "tail");
            }
            return pair;
        }
    }

    /**
     * The visible entries, each name once, in the order of the medium.
     *
     * @throws StoreException as {@link #pairs()} does
     */
    public List<DirectoryEntry> entries() throws StoreException {
        Map<FileName, DirectoryEntry> byName = new LinkedHashMap<>();
        for (MetadataPair pair : pairs()) {
            for (int id = 0; id < pair.state().entries().size(); id++) {
                if (isVisible(pair, id)) {
                    merge(byName, new DirectoryEntry(pair, id));
                }
            }
        }
        return List.copyOf(byName.values());
    }

    /** Of a name that stands there twice, the first counts in littlefs, the last one in chamelon's dialect (rule R6). */
    private void merge(Map<FileName, DirectoryEntry> byName, DirectoryEntry entry) {
        if (volume.dialect() == Dialect.CHAMELON) {
            byName.put(entry.entry().name(), entry);
        } else {
            byName.putIfAbsent(entry.entry().name(), entry);
        }
    }

    /**
     * The visible entry of a name. The order of the names is not relied on, so that entries in a wrong order are found too.
     *
     * @throws StoreException as {@link #pairs()} does, unless the entry is before the damage
     */
    public Optional<DirectoryEntry> find(FileName name) throws StoreException {
        DirectoryEntry found = null;
        Chain chain = new Chain();
        for (MetadataPair pair = chain.next(); pair != null; pair = chain.next()) {
            DirectoryEntry here = findIn(pair, name);
            if (here != null && volume.dialect() == Dialect.LITTLEFS) {
                return Optional.of(here);
            }
            found = here == null ? found : here;
        }
        return Optional.ofNullable(found);
    }

    private @Nullable DirectoryEntry findIn(MetadataPair pair, FileName name) {
        int id = find(pair.state(), name, volume.dialect(), candidate -> isVisible(pair, candidate));
        return id == NO_ENTRY ? null : new DirectoryEntry(pair, id);
    }

    /** The id of the entry that a name means in one pair, of those that are to be seen, or {@link #NO_ENTRY}. */
    public static int find(PairState state, FileName name, Dialect dialect, IntPredicate isVisible) {
        int found = NO_ENTRY;
        for (int id = 0; id < state.entries().size(); id++) {
            if (state.entries().get(id).name().equals(name) && isVisible.test(id)) {
                found = id;
                if (dialect == Dialect.LITTLEFS) {
                    return found;
                }
            }
        }
        return found;
    }

    /**
     * Where an entry of a name that is not there belongs (section 8.2): before the first that sorts after it, in the first pair
     * that has one, else at the end of the last pair.
     *
     * @throws StoreException as {@link #pairs()} does
     */
    public InsertionPoint place(FileName name) throws StoreException {
        List<MetadataPair> pairs = pairs();
        for (MetadataPair pair : pairs) {
            List<MetadataEntry> entries = pair.state().entries();
            for (int id = 0; id < entries.size(); id++) {
                MetadataEntry entry = entries.get(id);
                if (!entry.isSuperblock() && entry.name().compareTo(name) > 0) {
                    return new InsertionPoint(this, name, pair.blocks(), id);
                }
            }
        }
        MetadataPair last = pairs.get(pairs.size() - 1);
        return new InsertionPoint(
                this, name, last.blocks(), last.state().entries().size());
    }

    private boolean isVisible(MetadataPair pair, int id) {
        MetadataEntry entry = pair.state().entries().get(id);
        return entry.isVisible()
                && entry.name().isSegment()
                && !volume.globalState().hides(pair.blocks(), id);
    }
}

package dev.morgana.littlefs.chamelon;

import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.Dialect;
import dev.morgana.littlefs.layout.LogItem;
import dev.morgana.littlefs.layout.LogReader;
import dev.morgana.littlefs.layout.TagType;
import dev.morgana.littlefs.layout.Tail;
import dev.morgana.littlefs.log.Directory;
import dev.morgana.littlefs.log.DirectoryEntry;
import dev.morgana.littlefs.log.FileSystem;
import dev.morgana.littlefs.log.TreeWalk;
import dev.morgana.littlefs.pair.MetadataPair;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.StoreException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The thread through all pairs in a file system of chamelon's (rule W8): chamelon ignores and loses it, the C implementation
 * takes what is not on it for free. It is kept where it is whole; where it is not, its pieces stay what they are.
 */
public final class SoftThread {
    private final FileSystem fileSystem;
    private @Nullable Boolean whole;
    private boolean mended;

    SoftThread(FileSystem fileSystem) {
        this.fileSystem = fileSystem;
    }

    /** Forgets what was found out, since the medium may have been changed otherwise. */
    void forget() {
        whole = null;
        mended = false;
    }

    /** The directory that a pair's soft tail leads to, or {@link BlockPair#NONE}. Readers of the dialect pass over soft tails. */
    BlockPair next(MetadataPair pair) throws StoreException {
        LogReader log = new LogReader(fileSystem.volume().blocks().window(pair.activeBlock()), Dialect.CHAMELON);
        BlockPair next = BlockPair.NONE;
        for (LogItem item = log.next(); item != null && item.offset() < pair.endOffset(); item = log.next()) {
            if (item instanceof LogItem.Entry entry
                    && entry.tag().is(TagType.SOFT_TAIL)
                    && entry.data().length == BlockPair.BYTES) {
                next = BlockPair.decode(entry.data());
            }
        }
        return next;
    }

    /**
     * Whether every pair of the tree is on the thread.
     *
     * @throws StoreException if the tree cannot be read
     */
    boolean isWhole() throws StoreException {
        Boolean known = whole;
        if (known == null) {
            known = threaded().containsAll(pairsOf(Directory.root(fileSystem.volume())));
            whole = known;
        }
        return known;
    }

    /** Whether nobody has asked this yet, and the thread is to be kept. */
    boolean isToBeMended() throws StoreException {
        boolean first = !mended;
        mended = true;
        return first && isWhole();
    }

    /** The pairs on the thread that are not in the tree: what an interrupted removal has left there. */
    Set<BlockPair> orphans() throws StoreException {
        Set<BlockPair> orphans = threaded();
        orphans.removeAll(pairsOf(Directory.root(fileSystem.volume())));
        return orphans;
    }

    /** The pairs that the tails lead to, as far as they can be followed. */
    private Set<BlockPair> threaded() throws StoreException {
        Set<BlockPair> threaded = new HashSet<>();
        try {
            BlockPair at = fileSystem.volume().root();
            while (!at.isNone() && threaded.add(at.ordered())) {
                at = after(fileSystem.pair(at));
            }
        } catch (CorruptStoreException e) {
            return threaded;
        }
        return threaded;
    }

    /** Where the thread goes on. */
    private BlockPair after(MetadataPair pair) throws StoreException {
        Tail hard = pair.state().tail();
        return hard == null ? next(pair) : hard.pair();
    }

    /** All pairs of a directory and of those below it. */
    Set<BlockPair> pairsOf(Directory from) throws StoreException {
        Set<BlockPair> pairs = new HashSet<>();
        from.pairs().forEach(pair -> pairs.add(pair.blocks().ordered()));
        TreeWalk tree = new TreeWalk(fileSystem.volume(), from);
        for (List<DirectoryEntry> entries = tree.next(); entries != null; entries = tree.next()) {
            for (DirectoryEntry entry : entries) {
                if (entry.entry().isDirectory()) {
                    Directory.of(fileSystem.volume(), entry)
                            .pairs()
                            .forEach(pair -> pairs.add(pair.blocks().ordered()));
                }
            }
        }
        return pairs;
    }

    /**
     * A tail that is to lead elsewhere.
     *
     * @param pair whose tail
     * @param next where to
     */
    public record Detour(MetadataPair pair, BlockPair next) {}

    /** The tails that have to change so that some pairs are not on the thread any more. */
    List<Detour> around(Set<BlockPair> leaving) throws StoreException {
        List<Detour> detours = new ArrayList<>();
        Set<BlockPair> visited = new HashSet<>();
        BlockPair at = fileSystem.volume().root();
        while (!at.isNone() && visited.add(at.ordered())) {
            MetadataPair pair = fileSystem.pair(at);
            BlockPair next = after(pair);
            BlockPair staying = next;
            while (!staying.isNone() && leaving.contains(staying.ordered()) && visited.add(staying.ordered())) {
                staying = after(fileSystem.pair(staying));
            }
            if (!staying.equals(next)) {
                detours.add(new Detour(pair, staying));
            }
            at = staying;
        }
        return detours;
    }
}

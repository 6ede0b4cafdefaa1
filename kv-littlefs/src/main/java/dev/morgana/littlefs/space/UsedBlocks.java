package dev.morgana.littlefs.space;

import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.CtzHead;
import dev.morgana.littlefs.layout.EntryStruct;
import dev.morgana.littlefs.layout.MetadataEntry;
import dev.morgana.littlefs.pair.MetadataPair;
import dev.morgana.littlefs.pair.ThreadWalk;
import dev.morgana.spi.error.BadBlockException;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.Position;
import dev.morgana.spi.error.StoreException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds every block in use (section 13.1): what the thread leads to and what the tree leads to, since another writer may have
 * left directories off the thread, and what open files have.
 */
public final class UsedBlocks {
    private final Mounted mounted;
    private final BlockSet used = new BlockSet();
    private final BlockSet shared = new BlockSet();
    private final Set<BlockPair> visited = new HashSet<>();
    private final Deque<Named> pending = new ArrayDeque<>();

    /** A pair and where its address stands. */
    private record Named(BlockPair address, Position where) {}

    /** Whether blocks behind a damaged pointer count as free: nobody can find them any more. */
    private final boolean passesOverDamage;

    private UsedBlocks(Mounted mounted, boolean passesOverDamage) {
        this.mounted = mounted;
        this.passesOverDamage = passesOverDamage;
    }

    /**
     * Walks the whole file system.
     *
     * @param open the blocks of open files; each version of a file may have some for itself
     * @throws StoreException if something of it cannot be read, since it would be overwritten otherwise
     */
    public static UsedBlocks of(Mounted mounted, Iterable<Extent> open) throws StoreException {
        return of(mounted, open, false);
    }

    /**
     * Walks the whole file system, and each file as far as its pointers lead where damage is passed over.
     *
     * @throws StoreException as {@link #of(Mounted, Iterable)} does, for anything else
     */
    static UsedBlocks of(Mounted mounted, Iterable<Extent> open, boolean passesOverDamage) throws StoreException {
        UsedBlocks blocks = new UsedBlocks(mounted, passesOverDamage);
        ThreadWalk thread = new ThreadWalk(mounted.pairs());
        for (MetadataPair pair = thread.next(); pair != null; pair = thread.next()) {
            blocks.takePair(pair);
        }
        while (!blocks.pending.isEmpty()) {
            Named next = blocks.pending.pop();
            if (!blocks.visited.contains(next.address().ordered())) {
                blocks.takePair(mounted.pairs().get(next.address(), next.where()));
            }
        }
        for (Extent extent : open) {
            blocks.takeExtent(extent);
        }
        return blocks;
    }

    /** The blocks in use. */
    public BlockSet used() {
        return used;
    }

    /** Blocks that two files claim, which happens in damaged images only. Removing one of them must not free the block. */
    BlockSet shared() {
        return shared;
    }

    private void takePair(MetadataPair pair) throws StoreException {
        if (!visited.add(pair.blocks().ordered())) {
            return;
        }
        take(pair.blocks());
        for (int id = 0; id < pair.state().entries().size(); id++) {
            MetadataEntry entry = pair.state().entries().get(id);
            Position where = mounted.blocks().position(pair.activeBlock(), entry.offset(), "struct");
            // The source of a half-done rename has the same blocks as its target.
            takeStruct(entry.struct(), where, mounted.globalState().hides(pair.blocks(), id));
        }
        if (pair.state().tail() != null && pair.state().isSplit()) {
            pending.push(
                    new Named(pair.state().tail().pair(), mounted.blocks().position(pair.activeBlock(), 0, "tail")));
        }
    }

    private void takeStruct(@Nullable EntryStruct struct, Position where, boolean again) throws StoreException {
        if (struct instanceof EntryStruct.Directory directory) {
            take(directory.pair());
            pending.push(new Named(directory.pair(), where));
        } else if (struct instanceof EntryStruct.Ctz ctz && ctz.head().size() > 0) {
            takeFile(ctz.head(), where, again);
        }
    }

    private void takeFile(CtzHead file, Position where, boolean again) throws StoreException {
        if (mounted.ctzLayout().blocks(file.size()) == 1
                && file.head() >= mounted.blocks().count()) {
            return; // It has nothing to lose but a block that is none; the C implementation does not look either.
        }
        try {
            FileBlocks walk = new FileBlocks(mounted.blocks(), mounted.ctzLayout(), file, where);
            while (walk.previous()) {
                if (!used.add(walk.block()) && !again) {
                    shared.add(walk.block());
                }
            }
        } catch (CorruptStoreException | BadBlockException e) {
            if (!passesOverDamage) {
                throw e;
            }
        }
        if (passesOverDamage) {
            takeAsRead(file, where);
        }
    }

    /** What a damaged file reads from may be other blocks than its longer pointers lead to. */
    private void takeAsRead(CtzHead file, Position where) throws StoreException {
        try {
            FileBlocks.readingOrder(mounted.blocks(), mounted.ctzLayout(), file, where, used::add);
        } catch (CorruptStoreException | BadBlockException e) {
            shared.add(file.head()); // Up to here; the head is not freed when the entry goes.
        }
    }

    private void takeExtent(Extent extent) throws StoreException {
        FileBlocks walk = new FileBlocks(mounted.blocks(), mounted.ctzLayout(), extent.to() - 1, extent.last());
        while (walk.index() > extent.from() && walk.previous()) {
            used.add(walk.block());
        }
    }

    private void take(BlockPair pair) {
        used.add(pair.first());
        used.add(pair.second());
    }
}

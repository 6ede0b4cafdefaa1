package dev.morgana.littlefs.log;

import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.littlefs.layout.Tail;
import dev.morgana.littlefs.pair.MetadataPair;
import dev.morgana.spi.error.InvalidRequestException;
import dev.morgana.spi.error.StoreException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * An open directory: goes through its entries one by one, and neither leaves out nor repeats one that stays, whatever is
 * created or removed meanwhile (section 8.4). Positions 0 and 1 are {@code .} and {@code ..}. For one thread at a time, and
 * under the lock of the file system.
 */
public final class DirectoryCursor {
    /** Before this position there are the directory itself and its parent. */
    public static final int DOTS = 2;

    private final FileSystem fileSystem;
    private final Tracker directory;
    private final Tracker next;
    private final Set<BlockPair> visited = new HashSet<>();
    private long position;
    private boolean atEnd;

    /** Opens a directory. */
    public DirectoryCursor(FileSystem fileSystem, BlockPair first) {
        this.fileSystem = fileSystem;
        this.directory = fileSystem.trackers().directory(first);
        this.next = fileSystem.trackers().place(first, 0);
    }

    /** How many were read, {@code .} and {@code ..} included. */
    public long position() {
        return position;
    }

    /** Passes over {@code .} or {@code ..}. */
    public void passDot() {
        assert position < DOTS;
        position++;
    }

    /**
     * The next entry, or empty at the end.
     *
     * @throws StoreException if the directory cannot be read
     */
    public Optional<DirectoryEntry> next() throws StoreException {
        while (!atEnd && !next.isGone()) {
            MetadataPair pair = fileSystem.pair(next.pair());
            if (next.id() < pair.state().entries().size()) {
                DirectoryEntry entry = new DirectoryEntry(pair, next.id());
                next.moveTo(next.pair(), next.id() + 1);
                boolean hidden = fileSystem.volume().globalState().hides(pair.blocks(), entry.id());
                if (entry.entry().isVisible() && !hidden) {
                    position++;
                    return Optional.of(entry);
                }
            } else {
                goOn(pair);
            }
        }
        return Optional.empty();
    }

    private void goOn(MetadataPair pair) throws StoreException {
        Tail tail = pair.state().tail();
        atEnd = tail == null || !tail.hard();
        if (tail != null && tail.hard()) {
            visited.add(pair.blocks().ordered());
            if (visited.contains(tail.pair().ordered())) {
                throw PeerError.corrupt(
                        fileSystem.volume().blocks().position(pair.activeBlock(), tail.offset(), "tail"),
                        "a tail to a pair that is not in the directory yet",
                        "pair " + tail.pair());
            }
            next.moveTo(tail.pair(), 0);
        }
    }

    /** Begins anew. */
    public void rewind() {
        position = 0;
        atEnd = false;
        visited.clear();
        next.moveTo(directory.pair(), 0);
    }

    /**
     * Begins anew and passes over entries.
     *
     * @throws InvalidRequestException if there are not so many
     * @throws StoreException for this, or if the directory cannot be read
     */
    public void seek(long target) throws StoreException {
        rewind();
        position = Math.min(DOTS, Math.max(0, target));
        while (position < target) {
            if (next().isEmpty()) {
                break;
            }
        }
        if (position != target) {
            throw PeerError.INVAL.on(
                    new InvalidRequestException("the directory has " + position + " entries, not " + target));
        }
    }

    /** Ends the use. */
    public void close() {
        fileSystem.trackers().release(directory);
        fileSystem.trackers().release(next);
    }
}

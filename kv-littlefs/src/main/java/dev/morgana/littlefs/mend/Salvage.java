package dev.morgana.littlefs.mend;

import dev.morgana.littlefs.exam.Survey;
import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.EntryStruct;
import dev.morgana.littlefs.layout.FileName;
import dev.morgana.littlefs.layout.MetadataEntry;
import dev.morgana.littlefs.layout.MoveState;
import dev.morgana.littlefs.layout.TagType;
import dev.morgana.littlefs.layout.Tail;
import dev.morgana.littlefs.log.Volume;
import dev.morgana.littlefs.pair.Blocks;
import dev.morgana.littlefs.pair.MetadataPair;
import dev.morgana.littlefs.pair.Settings;
import dev.morgana.littlefs.space.BlockSet;
import dev.morgana.littlefs.space.FileBlocks;
import dev.morgana.spi.error.BadBlockException;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.Position;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Repair.Action;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a damaged tree as far as it goes: every pair that can be read and has a name, then those on the thread that have none,
 * which go to {@link #LOST_AND_FOUND}. Writes nothing.
 */
final class Salvage {
    /** Where goes what has no place. */
    static final FileName LOST_AND_FOUND = new FileName("lost+found".getBytes(StandardCharsets.UTF_8));

    private static final Logger LOG = LoggerFactory.getLogger(Salvage.class);

    private final Survey survey;
    private final Volume volume;
    private final SalvagedDirectory root = new SalvagedDirectory();
    private final SalvagedDirectory lost = new SalvagedDirectory();
    private final List<Action> actions = new ArrayList<>();
    private final BlockSet used = new BlockSet();
    private final BlockSet ofFiles = new BlockSet();
    private final Set<BlockPair> visited = new HashSet<>();
    private final Deque<Visit> pending = new ArrayDeque<>();
    private @Nullable MetadataEntry superblock;
    private boolean falseAddress;

    /** A directory to read; the path ends in a slash. */
    private record Visit(String path, BlockPair first, Position where, SalvagedDirectory into) {}

    private Salvage(Blocks blocks, Settings settings) throws StoreException {
        this.survey = Survey.of(blocks, settings);
        this.volume = survey.volume();
    }

    /**
     * Reads what there is.
     *
     * @throws StoreException if the device fails
     */
    static Salvage of(Blocks blocks, Settings settings) throws StoreException {
        Salvage salvage = new Salvage(blocks, settings);
        salvage.takePair(BlockPair.SUPERBLOCK);
        salvage.takeThread();
        salvage.read("/", salvage.volume.root(), salvage.position(salvage.volume.root()), salvage.root);
        salvage.takeOrphans();
        salvage.keepLost();
        return salvage;
    }

    private Position position(BlockPair pair) {
        return volume.blocks().position(pair.first(), 0, "metadata pair");
    }

    /**
     * Whether the thread has what no interrupted writer leaves on it: a directory without a name that holds something, since
     * only empty ones are made and removed; or another pair than the one of the address.
     */
    boolean isThreadWrong() {
        return falseAddress || !lost.directories().isEmpty();
    }

    /** The file system as it is. */
    Volume volume() {
        return volume;
    }

    /** The entry of the superblock with the attributes of the root; empty if it is lost. */
    Optional<MetadataEntry> superblock() {
        return Optional.ofNullable(superblock);
    }

    SalvagedDirectory root() {
        return root;
    }

    /** What had to be moved or given up. */
    List<Action> actions() {
        return actions;
    }

    /** The blocks of everything that can be read, and of the metadata as it is. */
    BlockSet used() {
        return used;
    }

    private void takePair(BlockPair pair) {
        used.add(pair.first());
        used.add(pair.second());
    }

    private void takeThread() throws StoreException {
        for (Survey.Step step : survey.thread()) {
            takePair(step.address());
            if (step.ofSuperblock()) {
                visited.add(step.address().ordered());
                superblock = volume.pairs()
                        .get(step.address(), step.where())
                        .state()
                        .entries()
                        .get(0);
            }
        }
        visited.remove(volume.root().ordered());
    }

    private void read(String path, BlockPair first, Position where, SalvagedDirectory into) throws StoreException {
        pending.push(new Visit(path, first, where, into));
        while (!pending.isEmpty()) {
            readPairs(pending.pop());
        }
    }

    private void readPairs(Visit visit) throws StoreException {
        BlockPair next = visit.first();
        Position where = visit.where();
        while (next != null) {
            try {
                if (!visited.add(next.ordered())) {
                    give(where, "leave out a second way to pair " + next, "");
                    return;
                }
                MetadataPair pair = volume.pairs().get(next, where);
                takePair(pair.blocks());
                readEntries(pair, visit);
                Tail tail = pair.state().tail();
                next = tail != null && tail.hard() ? tail.pair() : null;
                where = volume.blocks().position(pair.activeBlock(), tail == null ? 0 : tail.offset(), "tail");
            } catch (CorruptStoreException e) {
                give(e.position(), "leave out what cannot be read of " + visit.path(), "entries of " + visit.path());
                return;
            }
        }
    }

    private void readEntries(MetadataPair pair, Visit visit) throws StoreException {
        for (int id = 0; id < pair.state().entries().size(); id++) {
            MetadataEntry entry = pair.state().entries().get(id);
            Position where = volume.blocks().position(pair.activeBlock(), entry.offset(), "entry " + id);
            boolean hidden = survey.isThreadComplete() && volume.globalState().hides(pair.blocks(), id);
            if (hidden || entry.isSuperblock() || !(entry.isFile() || entry.isDirectory())) {
                continue;
            }
            take(entry, where, visit);
        }
    }

    private void take(MetadataEntry entry, Position where, Visit visit) throws StoreException {
        String subject = visit.path() + entry.name();
        EntryStruct struct = entry.struct();
        boolean directory = struct instanceof EntryStruct.Directory;
        if (struct == null || struct instanceof EntryStruct.Unknown || directory != entry.isDirectory()) {
            give(where, "remove " + subject, "an entry without content: " + subject);
            return;
        }
        SalvagedDirectory into = visit.into();
        MetadataEntry named = entry;
        if (into.has(entry.name())) {
            into = lost;
            named = entry.withName(entry.nameType(), freeName(entry.name()), 0);
            give(where, "move the second " + subject + " to /" + LOST_AND_FOUND + "/" + named.name(), "");
        }
        if (struct instanceof EntryStruct.Directory below) {
            SalvagedDirectory content = new SalvagedDirectory();
            into.directories().put(named.name(), new SalvagedDirectory.Below(named, content));
            pending.push(new Visit(subject + "/", below.pair(), where, content));
        } else {
            into.files().put(named.name(), named);
            takeFile(entry, where);
        }
    }

    /** As far as the pointers lead. */
    private void takeFile(MetadataEntry entry, Position where) throws StoreException {
        if (!(entry.struct() instanceof EntryStruct.Ctz ctz) || ctz.head().size() == 0) {
            return;
        }
        try {
            FileBlocks walk = new FileBlocks(volume.blocks(), volume.ctzLayout(), ctz.head(), where);
            while (walk.previous()) {
                used.add(walk.block());
                ofFiles.add(walk.block());
            }
        } catch (CorruptStoreException | BadBlockException e) {
            LOG.debug("{}: {}", where, e.getMessage()); // The file is looked at when the tree is right.
        }
        try {
            FileBlocks.readingOrder(volume.blocks(), volume.ctzLayout(), ctz.head(), where, used::add);
        } catch (CorruptStoreException | BadBlockException e) {
            LOG.debug("{}: {}", where, e.getMessage());
        }
    }

    private FileName freeName(FileName wanted) {
        FileName name = wanted;
        for (int number = 2; lost.has(name); number++) {
            byte[] ending = ("-" + number).getBytes(StandardCharsets.UTF_8);
            byte[] bytes = java.util.Arrays.copyOf(wanted.toBytes(), wanted.length() + ending.length);
            System.arraycopy(ending, 0, bytes, wanted.length(), ending.length);
            name = new FileName(bytes);
        }
        return name;
    }

    /** Directories whose entries are gone, or lead elsewhere. One that the tree knows under another address is none. */
    private void takeOrphans() throws StoreException {
        for (Survey.Step step : survey.thread()) {
            Optional<BlockPair> known = visited.stream()
                    .filter(pair -> pair.sharesBlock(step.address()))
                    .findFirst();
            if (known.isPresent()) {
                compare(step, known.get());
            } else if (!step.ofSuperblock()) {
                FileName name = freeName(
                        new FileName(("directory-" + step.address().first()).getBytes(StandardCharsets.UTF_8)));
                SalvagedDirectory content = new SalvagedDirectory();
                String path = "/" + LOST_AND_FOUND + "/" + name + "/";
                read(path, step.address(), step.where(), content);
                if (!content.isEmpty()) {
                    give(step.where(), "move a directory without a name to " + path, "");
                    MetadataEntry entry = MetadataEntry.BLANK.withName(TagType.DIRECTORY_NAME.code(), name, 0);
                    lost.directories().put(name, new SalvagedDirectory.Below(entry, content));
                }
            }
        }
    }

    /** A pair that has moved keeps its share of the global state until the thread knows its new address (section 10.3). */
    private void compare(Survey.Step step, BlockPair named) throws StoreException {
        try {
            MoveState threaded =
                    volume.pairs().get(step.address(), step.where()).state().moveDelta();
            falseAddress |= !threaded.equals(
                            volume.pairs().get(named, step.where()).state().moveDelta())
                    || isUsed(step.address().first(), named)
                    || isUsed(step.address().second(), named);
        } catch (CorruptStoreException e) {
            falseAddress = true;
        }
    }

    /** Whether something else than this pair has a block. */
    private boolean isUsed(long block, BlockPair named) {
        return ofFiles.contains(block)
                || visited.stream().anyMatch(pair -> pair.contains(block) && !pair.sameBlocks(named));
    }

    /** Puts what was found into the directory of that name, or makes it. */
    private void keepLost() {
        if (lost.isEmpty()) {
            return;
        }
        FileName name = LOST_AND_FOUND;
        while (root.files().containsKey(name)) {
            name = new FileName((name + "-").getBytes(StandardCharsets.UTF_8));
        }
        SalvagedDirectory.Below there = root.directories().get(name);
        if (there == null) {
            MetadataEntry entry = MetadataEntry.BLANK.withName(TagType.DIRECTORY_NAME.code(), name, 0);
            root.directories().put(name, new SalvagedDirectory.Below(entry, lost));
        } else {
            lost.files().forEach((found, entry) -> there.content().files().putIfAbsent(found, entry));
            lost.directories()
                    .forEach((found, below) -> there.content().directories().putIfAbsent(found, below));
        }
    }

    private void give(Position where, String action, String given) {
        actions.add(new Action(where, action, given));
    }
}

package dev.morgana.littlefs.mend;

import dev.morgana.littlefs.check.BlockClaims;
import dev.morgana.littlefs.check.FileCheck;
import dev.morgana.littlefs.check.Findings;
import dev.morgana.littlefs.file.Creation;
import dev.morgana.littlefs.file.Removal;
import dev.morgana.littlefs.file.ValueDraft;
import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.CtzHead;
import dev.morgana.littlefs.layout.CtzLayout;
import dev.morgana.littlefs.layout.EntryStruct;
import dev.morgana.littlefs.layout.FileName;
import dev.morgana.littlefs.log.Directory;
import dev.morgana.littlefs.log.DirectoryEntry;
import dev.morgana.littlefs.log.FileSystem;
import dev.morgana.littlefs.log.Volume;
import dev.morgana.littlefs.log.Walk;
import dev.morgana.littlefs.pair.Blocks;
import dev.morgana.littlefs.pair.MetadataPair;
import dev.morgana.littlefs.pair.ThreadWalk;
import dev.morgana.littlefs.space.FileBlocks;
import dev.morgana.spi.error.BadBlockException;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.Position;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.facet.Repair.Action;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Mends files whose blocks are wrong, in a tree that is right: one that can be read whole gets blocks of its own; of another one,
 * what can be read goes to {@link Salvage#LOST_AND_FOUND}, and its entry goes.
 */
final class FileMending {
    private final FileSystem fileSystem;
    private final Consumer<Action> actions;

    FileMending(Volume mounted, Consumer<Action> actions) {
        this.fileSystem = FileSystem.withDamagedFiles(mounted);
        this.actions = actions;
    }

    /** A file to be mended, by the names that lead to it. */
    private record Broken(List<FileName> path, Position where) {
        String text() {
            StringBuilder text = new StringBuilder();
            path.forEach(name -> text.append('/').append(name));
            return text.toString();
        }

        FileName name() {
            return path.get(path.size() - 1);
        }
    }

    private record Visit(List<FileName> path, Directory directory) {}

    /**
     * Mends all files.
     *
     * @throws StoreException if there is no space, the tree cannot be read, or the device fails
     */
    void run() throws StoreException {
        for (Broken broken : broken()) {
            fileSystem.beginOperation();
            fileSystem.repair();
            mend(broken);
        }
    }

    private Volume volume() {
        return fileSystem.volume();
    }

    private List<Broken> broken() throws StoreException {
        List<Finding> faults = new ArrayList<>();
        BlockClaims claims = new BlockClaims(new Findings(faults::add));
        ThreadWalk thread = new ThreadWalk(volume().pairs());
        for (MetadataPair pair = thread.next(); pair != null; pair = thread.next()) {
            claims.claim(pair.blocks().first(), thread.where(), "");
            claims.claim(pair.blocks().second(), thread.where(), "");
        }
        FileCheck check = new FileCheck(volume(), new Findings(faults::add), claims, true);
        List<Broken> broken = new ArrayList<>();
        Deque<Visit> pending = new ArrayDeque<>(List.of(new Visit(List.of(), Directory.root(volume()))));
        Set<BlockPair> visited = new HashSet<>();
        while (!pending.isEmpty()) {
            Visit visit = pending.pop();
            if (!visited.add(visit.directory().first().ordered())) {
                continue; // A circle is no matter of files.
            }
            for (DirectoryEntry entry : visit.directory().entries()) {
                List<FileName> path = new ArrayList<>(visit.path());
                path.add(entry.entry().name());
                if (entry.entry().isDirectory()) {
                    pending.push(new Visit(path, Directory.of(volume(), entry)));
                } else if (entry.entry().struct() instanceof EntryStruct.Ctz ctz) {
                    faults.clear();
                    Position where = volume().blocks()
                            .position(entry.pair().activeBlock(), entry.entry().offset(), "struct");
                    check.check(ctz.head(), where, "");
                    if (!faults.isEmpty()) {
                        broken.add(new Broken(path, where));
                    }
                }
            }
        }
        return broken;
    }

    /** The blocks of a file from one index to its end. */
    private record Rest(long from, List<Long> blocks) {}

    private Rest readable(CtzHead file, Position where) throws StoreException {
        List<Long> found = new ArrayList<>();
        try {
            FileBlocks.readingOrder(volume().blocks(), volume().ctzLayout(), file, where, found::add);
        } catch (CorruptStoreException | BadBlockException e) {
            // What follows the damage can be read.
            return data(file, found);
        }
        return data(file, found);
    }

    /** The blocks, given from the last one on, up to the first one that does not hold its data. */
    private Rest data(CtzHead file, List<Long> backwards) throws StoreException {
        List<Long> blocks = new ArrayList<>();
        ByteBuffer probe = ByteBuffer.allocate(volume().blocks().size());
        for (long block : backwards) {
            try {
                volume().blocks().read(block, 0, probe.clear());
            } catch (BadBlockException e) {
                break;
            }
            blocks.add(0, block);
        }
        return new Rest(volume().ctzLayout().blocks(file.size()) - blocks.size(), blocks);
    }

    private DirectoryEntry entry(Broken broken) throws StoreException {
        return Walk.along(volume(), broken.path()).found().orElseThrow();
    }

    private void mend(Broken broken) throws StoreException {
        CtzHead file = ((EntryStruct.Ctz)
                        java.util.Objects.requireNonNull(entry(broken).entry().struct()))
                .head();
        Rest readable = readable(file, broken.where());
        long start = volume().ctzLayout().startOf(readable.from());
        if (readable.from() == 0) {
            actions.accept(new Action(broken.where(), "give " + broken.text() + " blocks of its own", ""));
            try (ValueDraft draft = draft(file, readable)) {
                draft.replace(entry(broken));
            }
            return;
        }
        if (readable.blocks().isEmpty()) {
            actions.accept(new Action(
                    broken.where(), "remove " + broken.text(), "all " + file.size() + " bytes of " + broken.text()));
        } else {
            FileName name = freeName(broken.name() + ".from-" + start);
            actions.accept(new Action(
                    broken.where(),
                    "move what can be read of " + broken.text() + " to /" + Salvage.LOST_AND_FOUND + "/" + name,
                    "the first " + start + " bytes of " + broken.text()));
            try (ValueDraft draft = draft(file, readable)) {
                draft.create(Walk.along(volume(), List.of(Salvage.LOST_AND_FOUND, name))
                        .place());
            }
        }
        new Removal(fileSystem).file(entry(broken));
    }

    private ValueDraft draft(CtzHead file, Rest readable) throws StoreException {
        CtzLayout layout = volume().ctzLayout();
        Blocks blocks = volume().blocks();
        ValueDraft draft = ValueDraft.empty(fileSystem);
        long index = readable.from();
        for (long block : readable.blocks()) {
            long end = Math.min(file.size(), layout.startOf(index + 1));
            ByteBuffer data = ByteBuffer.allocate((int) (end - layout.startOf(index)));
            blocks.read(block, layout.pointerBytes(index), data);
            draft.write(draft.size(), data.flip());
            index++;
        }
        return draft;
    }

    /** A name in the directory for what has no place, which is made if it is not there. */
    private FileName freeName(String wanted) throws StoreException {
        Walk walk = Walk.along(volume(), List.of(Salvage.LOST_AND_FOUND));
        if (!walk.isComplete()) {
            new Creation(fileSystem).directory(walk.place());
        }
        String text = wanted;
        for (int number = 2; ; number++) {
            FileName name = new FileName(text.getBytes(StandardCharsets.UTF_8));
            if (!Walk.along(volume(), List.of(Salvage.LOST_AND_FOUND, name)).isComplete()) {
                return name;
            }
            text = wanted + "-" + number;
        }
    }
}

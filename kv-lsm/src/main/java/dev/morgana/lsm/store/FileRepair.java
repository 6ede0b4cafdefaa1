package dev.morgana.lsm.store;

import dev.morgana.lsm.layout.FilePath;
import dev.morgana.spi.error.Position;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Change;
import dev.morgana.spi.facet.Repair;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Repairs the database, and removes chunks that no metadata counts. Damaged files stay: what is left of them may be wanted. */
final class FileRepair implements Repair {
    private final FileDatabase files;

    FileRepair(FileDatabase files) {
        this.files = files;
    }

    @Override
    public void repair(boolean dryRun, Consumer<Action> actions) throws StoreException {
        files.ekv().facet(Repair.class).orElseThrow().repair(dryRun, actions);
        List<Change> removals = new ArrayList<>();
        files.reading(reading -> {
            new FileFindings(reading, new FileFindings.Visitor() {
                        @Override
                        public void orphan(byte[] key, FilePath.Chunk chunk) {
                            removals.add(new Change.Remove(key));
                            actions.accept(removal(chunk));
                        }
                    })
                    .visitOrphans();
            return true;
        });
        if (!dryRun && !removals.isEmpty()) {
            files.ekv().apply(removals);
        }
    }

    private Action removal(FilePath.Chunk chunk) {
        String structure = "chunk " + chunk.number() + " of " + chunk.path();
        return new Action(
                new Position(files.settings().device(), Position.NO_BLOCK, 0, structure),
                "remove it",
                "its bytes, which belong to no file");
    }
}

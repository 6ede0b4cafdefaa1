package dev.morgana.lsm.store;

import dev.morgana.lsm.layout.FilePath;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.Position;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.facet.Repair;
import dev.morgana.spi.facet.WriteTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Repairs the database, and removes chunks that no metadata counts. Damaged files stay: what is left of them may be wanted. Where
 * keys cannot be read, nobody can tell which chunks count, and none is removed.
 */
final class FileRepair implements Repair {
    private final Check check;
    private final FileDatabase files;

    FileRepair(Check check, FileDatabase files) {
        this.check = check;
        this.files = files;
    }

    @Override
    public List<Finding> repair(boolean dryRun, Consumer<Action> actions) throws StoreException {
        files.ekv().facet(Repair.class).orElseThrow().repair(dryRun, actions);
        try {
            if (dryRun) {
                visitOrphans((key, chunk) -> actions.accept(removal(chunk)));
            } else {
                removeOrphans(actions);
            }
        } catch (CorruptStoreException e) {
            // The check tells of it. Nothing was removed.
        }
        return Repair.remaining(check, dryRun);
    }

    private void removeOrphans(Consumer<Action> actions) throws StoreException {
        List<Action> removals = new ArrayList<>();
        try (WriteTransaction change = files.ekv().write()) {
            visitOrphans((key, chunk) -> {
                removals.add(removal(chunk));
                change.remove(key);
            });
            removals.forEach(actions);
            change.commit();
        }
    }

    /** What is done about an orphan. */
    private interface Remedy {
        void apply(byte[] key, FilePath.Chunk chunk) throws StoreException;
    }

    private void visitOrphans(Remedy remedy) throws StoreException {
        files.reading(reading -> {
            new FileFindings(reading, new FileFindings.Visitor() {
                        @Override
                        public void orphan(byte[] key, FilePath.Chunk chunk) throws StoreException {
                            remedy.apply(key, chunk);
                        }
                    })
                    .visitOrphans();
            return true;
        });
    }

    private Action removal(FilePath.Chunk chunk) {
        String structure = "chunk " + chunk.number() + " of " + chunk.path();
        return new Action(
                new Position(files.settings().device(), Position.NO_BLOCK, 0, structure),
                "remove it",
                "its bytes, which belong to no file");
    }
}

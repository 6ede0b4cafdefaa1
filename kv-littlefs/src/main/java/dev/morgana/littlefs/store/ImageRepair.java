package dev.morgana.littlefs.store;

import dev.morgana.littlefs.check.CheckRun;
import dev.morgana.littlefs.log.FileSystem;
import dev.morgana.spi.backend.StoreLife;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.ReadOnlyStoreException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.facet.Repair;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Finishes half-done operations on request; that is all the recovery that the format has (section 10.5). */
final class ImageRepair implements Repair {
    private static final Set<String> ORPHAN_RULES = Set.of(CheckRun.ORPHANED_PAIR, CheckRun.HALF_ORPHAN);

    private final ImageCheck check;
    private final StoreLife.Action<FileSystem> changeable;
    private final boolean readOnly;
    private final StoreLife life;

    /**
     * A repair.
     *
     * @param changeable gives the file system, mounted to be changed
     */
    ImageRepair(ImageCheck check, StoreLife.Action<FileSystem> changeable, boolean readOnly, StoreLife life) {
        this.check = check;
        this.changeable = changeable;
        this.readOnly = readOnly;
        this.life = life;
    }

    @Override
    public List<Finding> repair(boolean dryRun, Consumer<Action> actions) throws StoreException {
        return life.changing(() -> {
            if (!dryRun && readOnly) {
                throw new ReadOnlyStoreException("repair");
            }
            FileSystem fileSystem;
            try {
                fileSystem = changeable.run();
            } catch (CorruptStoreException e) {
                return Repair.remaining(check, false); // The check names it; what cannot be mounted is left as it is.
            }
            List<Finding> halfDone = new ArrayList<>();
            check.check(Check.Depth.STRUCTURE, finding -> {
                if (finding.repairable()) {
                    halfDone.add(finding);
                }
            });
            halfDone.forEach(finding -> actions.accept(action(finding)));
            if (!dryRun && !halfDone.isEmpty()) {
                finish(fileSystem, halfDone);
            }
            return Repair.remaining(check, dryRun);
        });
    }

    /** Orphans are told of only where every directory can be read, and no write clears those that have no flag. */
    private static void finish(FileSystem fileSystem, List<Finding> halfDone) throws StoreException {
        if (halfDone.stream().anyMatch(finding -> ORPHAN_RULES.contains(finding.rule()))) {
            fileSystem.removeOrphans();
        }
        fileSystem.makeConsistent();
    }

    private static Action action(Finding finding) {
        return new Action(finding.position(), "finish what is half done: " + finding.found(), "");
    }
}

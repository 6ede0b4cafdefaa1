package dev.morgana.littlefs.store;

import dev.morgana.littlefs.log.FileSystem;
import dev.morgana.littlefs.log.Settings;
import dev.morgana.spi.error.ReadOnlyStoreException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.facet.Repair;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Finishes half-done operations on request; that is all the recovery that the format has (section 10.5). */
final class ConsistencyRepair implements Repair {
    private final FileSystem fileSystem;
    private final StoreLock lock;
    private final Settings settings;

    ConsistencyRepair(FileSystem fileSystem, StoreLock lock, Settings settings) {
        this.fileSystem = fileSystem;
        this.lock = lock;
        this.settings = settings;
    }

    @Override
    public void repair(boolean dryRun, Consumer<Action> actions) throws StoreException {
        lock.alone(() -> {
            if (!dryRun && lock.isReadOnly()) {
                throw new ReadOnlyStoreException("repair");
            }
            List<Finding> findings = new ArrayList<>();
            new CheckRun(fileSystem.volume().blocks().all(), settings, false, new Findings(findings::add)).run();
            findings.stream().filter(Finding::repairable).forEach(finding -> actions.accept(action(finding)));
            if (!dryRun) {
                fileSystem.makeConsistent();
            }
            return true;
        });
    }

    private static Action action(Finding finding) {
        return new Action(finding.position(), "finish what is half done: " + finding.found(), "");
    }
}

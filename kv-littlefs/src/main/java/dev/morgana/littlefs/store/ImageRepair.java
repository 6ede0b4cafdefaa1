package dev.morgana.littlefs.store;

import dev.morgana.littlefs.check.CheckRun;
import dev.morgana.littlefs.check.Findings;
import dev.morgana.littlefs.layout.Dialect;
import dev.morgana.littlefs.log.FileSystem;
import dev.morgana.littlefs.log.Mount;
import dev.morgana.littlefs.mend.Mender;
import dev.morgana.littlefs.mend.ScratchDevice;
import dev.morgana.littlefs.pair.Blocks;
import dev.morgana.littlefs.pair.Settings;
import dev.morgana.spi.backend.StoreLife;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.ReadOnlyStoreException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.facet.Repair;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finishes half-done operations (section 10.5), then mends what is damaged. A dry run does the same to a copy in memory. In
 * chamelon's dialect there is nothing to finish, and what is damaged stays.
 */
final class ImageRepair implements Repair {
    private static final Set<String> ORPHAN_RULES = Set.of(CheckRun.ORPHANED_PAIR, CheckRun.HALF_ORPHAN);

    private final Blocks blocks;
    private final Settings settings;
    private final StoreLife.Action<FileSystem> changeable;
    private final boolean readOnly;
    private final StoreLife life;

    /**
     * A repair of all blocks of a device.
     *
     * @param changeable gives the file system, mounted to be changed
     */
    ImageRepair(
            Blocks blocks,
            Settings settings,
            StoreLife.Action<FileSystem> changeable,
            boolean readOnly,
            StoreLife life) {
        this.blocks = blocks;
        this.settings = settings;
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
            Blocks target = dryRun ? new Blocks(new ScratchDevice(blocks.device()), blocks.count()) : blocks;
            Mender mender = new Mender(target, settings, actions);
            if (settings.dialect() == Dialect.LITTLEFS) {
                FileSystem mounted = mounted();
                boolean anew = mounted == null;
                if (mounted != null) {
                    FileSystem copy = dryRun ? new FileSystem(Mount.mount(target, settings)) : mounted;
                    anew = !finishHalfDone(copy, target, mender, actions);
                }
                mender.run(anew);
                if (mounted != null && !dryRun) {
                    mounted.invalidate(); // The medium tells what it is now.
                }
            }
            return mender.errors();
        });
    }

    /** The file system, or null where it is too damaged to be mounted. */
    private @Nullable FileSystem mounted() throws StoreException {
        try {
            return changeable.run();
        } catch (CorruptStoreException e) {
            return null;
        }
    }

    /** Whether what is wrong with the tree is only half done, and finished now. */
    private boolean finishHalfDone(FileSystem fileSystem, Blocks target, Mender mender, Consumer<Action> actions)
            throws StoreException {
        List<Finding> found = new ArrayList<>();
        new CheckRun(target, settings, false, new Findings(found::add)).run();
        if (mender.isBeyondFinishing(found, fileSystem.volume().globalState().hasOrphans())) {
            return false;
        }
        List<Finding> halfDone = found.stream().filter(Finding::repairable).toList();
        halfDone.forEach(finding -> actions.accept(action(finding)));
        if (!halfDone.isEmpty()) {
            finish(fileSystem, halfDone);
        }
        return true;
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

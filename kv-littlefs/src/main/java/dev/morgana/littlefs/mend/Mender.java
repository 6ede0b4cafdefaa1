package dev.morgana.littlefs.mend;

import dev.morgana.littlefs.check.CheckRun;
import dev.morgana.littlefs.check.FileCheck;
import dev.morgana.littlefs.check.Findings;
import dev.morgana.littlefs.layout.MetadataEntry;
import dev.morgana.littlefs.log.Mount;
import dev.morgana.littlefs.log.Volume;
import dev.morgana.littlefs.pair.Blocks;
import dev.morgana.littlefs.pair.Settings;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.facet.Repair.Action;
import dev.morgana.spi.facet.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mends what the check calls errors: first files, where nothing else is wrong, else the tree and then the files. What cannot be
 * mended stays as it is, and the check goes on telling of it.
 */
public final class Mender {
    private static final Logger LOG = LoggerFactory.getLogger(Mender.class);

    /** Rules about the blocks of files. */
    private static final Set<String> FILE_RULES = Set.of("bad-block-pointer", "block-used-twice");

    /** Rules about what is half done on the thread. */
    private static final Set<String> THREAD_RULES = Set.of(CheckRun.ORPHANED_PAIR, CheckRun.HALF_ORPHAN);

    private static final String SUPERBLOCK = "superblock";

    private final Blocks blocks;
    private final Settings settings;
    private final Consumer<Action> actions;

    /**
     * A mender of what is on a device.
     *
     * @param blocks all blocks of the device
     * @param actions takes each step, before it is done
     */
    public Mender(Blocks blocks, Settings settings, Consumer<Action> actions) {
        this.blocks = blocks;
        this.settings = settings.withAnyBlockCount();
        this.actions = actions;
    }

    /**
     * Whether more is wrong with the tree than an interrupted writer can have left, so that finishing what looks half done would
     * give something up.
     *
     * @param findings what a check found
     * @param flagged whether the medium says that there may be orphans
     * @throws StoreException if the device fails
     */
    public boolean isBeyondFinishing(List<Finding> findings, boolean flagged) throws StoreException {
        for (Finding finding : findings) {
            boolean error = finding.severity() == Severity.ERROR && !isAboutFile(finding);
            if (error || (finding.rule().equals(CheckRun.HALF_ORPHAN) && !flagged)) {
                return true;
            }
        }
        return findings.stream().anyMatch(finding -> THREAD_RULES.contains(finding.rule()))
                && Salvage.of(blocks, settings).isThreadWrong();
    }

    /**
     * Mends what can be mended.
     *
     * @param anew whether the directories are to be written anew, whatever a check calls errors
     * @throws StoreException if the device fails
     */
    public void run(boolean anew) throws StoreException {
        List<Finding> errors = mendable();
        if (errors.stream().anyMatch(error -> error.rule().equals(SUPERBLOCK))) {
            return; // A version, a limit or a size that is not ours to change.
        }
        boolean rebuilt = false;
        if (anew || !errors.stream().allMatch(Mender::isAboutFile)) {
            rebuilt = true;
            if (!rebuild(errors)) {
                return;
            }
            errors = mendable();
        }
        if (!errors.isEmpty() && mendFiles() && !rebuilt) {
            errors = mendable();
            if (!errors.isEmpty() && rebuild(errors)) {
                mendFiles();
            }
        }
    }

    /**
     * What a deep check calls errors.
     *
     * @throws StoreException if the device fails
     */
    public List<Finding> errors() throws StoreException {
        List<Finding> errors = new ArrayList<>();
        Findings findings = new Findings(finding -> {
            if (finding.severity() == Severity.ERROR) {
                errors.add(finding);
            }
        });
        new CheckRun(blocks, settings, true, findings).run();
        return errors;
    }

    /** Content that is not what it was cannot be had again. */
    private List<Finding> mendable() throws StoreException {
        List<Finding> errors = errors();
        errors.removeIf(error -> error.rule().equals(CheckRun.DIGEST_MISMATCH));
        return errors;
    }

    private static boolean isAboutFile(Finding finding) {
        return FILE_RULES.contains(finding.rule())
                || finding.position().structure().equals(FileCheck.STRUCTURE);
    }

    /** Writes the directories anew; whether there was room for them. */
    private boolean rebuild(List<Finding> errors) throws StoreException {
        Salvage salvage = Salvage.of(blocks, settings);
        Optional<MetadataEntry> superblock = salvage.superblock();
        if (superblock.isEmpty()) {
            return false;
        }
        Rebuild rebuild = new Rebuild(salvage, salvage.volume().blocks().count());
        try {
            rebuild.prepare();
            errors.stream().filter(error -> !isAboutFile(error)).forEach(this::tell);
            salvage.actions().forEach(actions);
            rebuild.publish(superblock.get());
            return true;
        } catch (NoSpaceException e) {
            LOG.warn("not repaired: {}", e.getMessage());
            return false;
        }
    }

    private void tell(Finding error) {
        actions.accept(new Action(error.position(), "write the directories anew, without: " + error.found(), ""));
    }

    /** Whether the file system could be changed. */
    private boolean mendFiles() throws StoreException {
        try {
            Volume volume = Mount.mount(blocks, settings);
            new FileMending(volume, actions).run();
            return true;
        } catch (DeviceException e) {
            throw e;
        } catch (StoreException e) {
            LOG.warn("files are not repaired: {}", e.getMessage());
            return false;
        }
    }
}

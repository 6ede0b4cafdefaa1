package dev.morgana.pwkvs.store;

import dev.morgana.pwkvs.sector.Kvs;
import dev.morgana.pwkvs.sector.Settings;
import dev.morgana.spi.backend.StoreLife;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.ReadOnlyStoreException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.facet.Repair;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Does what opening with recovery does: empties damaged sectors, makes one empty, writes missing copies (section 15). */
record ImageRepair(Check check, Kvs kvs, Settings settings, StoreLife life) implements Repair {
    @Override
    public List<Finding> repair(boolean dryRun, Consumer<Action> actions) throws StoreException {
        return life.changing(() -> {
            if (settings.readOnly() && !dryRun) {
                throw new ReadOnlyStoreException("repair");
            }
            List<Finding> findings = new ArrayList<>();
            check.check(Check.Depth.DEEP, findings::add);
            findings.forEach(finding -> actions.accept(action(finding)));
            if (!dryRun && !findings.isEmpty()) {
                recover();
            }
            return Repair.remaining(check, dryRun);
        });
    }

    private void recover() throws StoreException {
        try {
            new Kvs(kvs.flash(), settings.forRepair()).init();
        } catch (CorruptStoreException e) {
            // Damage that could not be recovered from is still there, and the check tells of it.
        }
    }

    private static Action action(Finding finding) {
        return switch (finding.rule()) {
            case ImageCheck.NO_EMPTY_SECTOR -> action(finding, "collect a sector", "");
            case ImageCheck.MISSING_COPIES -> action(finding, "write the missing copies of " + finding.subject(), "");
            case ImageCheck.ROLLED_BACK ->
                action(finding, "let an older state of " + finding.subject() + " count", finding.expected());
            default -> action(finding, "move what is intact out of the sector, and erase it", finding.found());
        };
    }

    private static Action action(Finding finding, String what, String lost) {
        return new Action(finding.position(), what, lost);
    }
}

package dev.morgana.littlefs.store;

import dev.morgana.littlefs.layout.Dialect;
import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.littlefs.log.Blocks;
import dev.morgana.littlefs.log.ChamelonMarks;
import dev.morgana.littlefs.log.Settings;
import dev.morgana.littlefs.log.Volume;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.error.UnsupportedFormatException;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.facet.Severity;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps images of chamelon from being written to by the rules of littlefs where that would destroy something (chamelon page,
 * section 5, "Converting").
 */
public final class ChamelonGuard {
    private ChamelonGuard() {}

    /**
     * Refuses an image that looks like chamelon's work and means something else in littlefs.
     *
     * @throws UnsupportedFormatException if so; the message says why
     * @throws StoreException for this, or if the device fails
     */
    public static void check(Volume volume, Settings settings) throws StoreException {
        Blocks blocks = volume.blocks().all();
        if (!ChamelonMarks.isTypical(volume.superblock()) || !ChamelonMarks.areOn(blocks)) {
            return;
        }
        List<Finding> findings = new ArrayList<>();
        new CheckRun(blocks, settings.withDialect(Dialect.CHAMELON), false, new Findings(findings::add)).run();
        List<String> reasons = findings.stream()
                .filter(finding -> StandardMountability.isReason(finding) || finding.severity() == Severity.ERROR)
                .map(finding -> finding.rule() + ": " + finding.found())
                .distinct()
                .toList();
        if (!reasons.isEmpty()) {
            throw PeerError.INVAL.on(new UnsupportedFormatException(
                    "chamelon's dialect (" + String.join("; ", reasons) + ")",
                    "reading, with dialect=chamelon and readOnly=true; copying into a new store for writing"));
        }
    }
}

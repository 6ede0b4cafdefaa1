package dev.morgana.littlefs.check;

import dev.morgana.littlefs.exam.ChamelonMarks;
import dev.morgana.littlefs.layout.Dialect;
import dev.morgana.littlefs.layout.PeerError;
import dev.morgana.littlefs.log.Volume;
import dev.morgana.littlefs.pair.Blocks;
import dev.morgana.littlefs.pair.Settings;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.error.UnsupportedFormatException;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.facet.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Keeps images of chamelon from being changed by the rules of littlefs by mistake: chamelon would not see what was added, and
 * some of what is there would be destroyed (chamelon page, section 5, "Converting").
 */
public final class ChamelonGuard {
    private ChamelonGuard() {}

    /**
     * Refuses to change an image that looks like chamelon's work, unless the user has stated whose it is.
     *
     * @param isStated whether the options say that the rules of littlefs count
     * @return what speaks against the user's word; empty if nothing does
     * @throws UnsupportedFormatException if it looks like chamelon's work, and the user has not stated anything
     * @throws StoreException for this, or if the device fails
     */
    public static Optional<String> check(Volume volume, Settings settings, boolean isStated) throws StoreException {
        Blocks blocks = volume.blocks().all();
        if (!ChamelonMarks.isTypical(volume.superblock()) || !ChamelonMarks.areOn(blocks)) {
            return Optional.empty();
        }
        String doubt = "chamelon's work" + dangers(blocks, settings);
        if (!isStated) {
            throw PeerError.INVAL.on(
                    new UnsupportedFormatException(
                            "what looks like " + doubt,
                            "dialect=chamelon, to read and change it as such; dialect=littlefs, to change it by the rules of littlefs"));
        }
        return Optional.of(doubt);
    }

    /** What would be destroyed, in brackets; empty if nothing would be. */
    private static String dangers(Blocks blocks, Settings settings) throws StoreException {
        List<Finding> findings = new ArrayList<>();
        new CheckRun(blocks, settings.withDialect(Dialect.CHAMELON), false, new Findings(findings::add)).run();
        String reasons = findings.stream()
                .filter(finding -> StandardMountability.isReason(finding) || finding.severity() == Severity.ERROR)
                .map(finding -> finding.rule() + ": " + finding.found())
                .distinct()
                .collect(Collectors.joining("; "));
        return reasons.isEmpty() ? "" : " (" + reasons + ")";
    }
}

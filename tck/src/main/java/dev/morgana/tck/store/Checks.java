package dev.morgana.tck.store;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.facet.Severity;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.provider.StoreProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a format's check says of images. */
final class Checks {
    private Checks() {}

    /** Everything that is found; nothing where the format has no check. */
    static List<Finding> findings(StoreProvider provider, List<BlockDevice> devices, Options options)
            throws StoreException {
        List<Finding> findings = new ArrayList<>();
        try (Inspection inspection = provider.inspect(devices, options)) {
            Optional<Check> check = inspection.facet(Check.class);
            if (check.isPresent()) {
                check.get().check(Check.Depth.DEEP, findings::add);
            }
        }
        return findings;
    }

    /** Fails if there is damage, or something that nothing clears. */
    static void expectClean(StoreProvider provider, List<BlockDevice> devices, Options options) throws StoreException {
        List<Finding> defects = new ArrayList<>(findings(provider, devices, options));
        defects.removeIf(finding -> finding.severity() == Severity.INFO
                || (finding.severity() == Severity.WARNING && finding.repairable()));
        if (!defects.isEmpty()) {
            throw new AssertionError("check finds defects: " + defects);
        }
    }
}

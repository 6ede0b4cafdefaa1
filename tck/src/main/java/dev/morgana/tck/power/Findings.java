package dev.morgana.tck.power;

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

/** What a format's own check says of an image. */
final class Findings {
    private Findings() {}

    /**
     * Checks devices without opening a store.
     *
     * @throws AssertionError if something is damaged that neither a writable open nor a repair clears
     */
    static void expectNoDamage(StoreProvider provider, List<BlockDevice> devices, Options options)
            throws StoreException {
        List<Finding> damage = new ArrayList<>();
        try (Inspection inspection = provider.inspect(devices, options)) {
            Optional<Check> check = inspection.facet(Check.class);
            if (check.isPresent()) {
                check.get().check(Check.Depth.DEEP, finding -> {
                    if (finding.severity() == Severity.ERROR && !finding.repairable()) {
                        damage.add(finding);
                    }
                });
            }
        }
        if (!damage.isEmpty()) {
            throw new AssertionError("check finds damage: " + damage);
        }
    }
}

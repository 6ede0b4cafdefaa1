package dev.morgana.tck.power;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.provider.StoreProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What a format's own check says of images, without opening a store. */
public final class Findings {
    private Findings() {}

    /**
     * Checks devices, to the last value.
     *
     * @param provider the format
     * @param devices the devices; they are closed
     * @param options the options for opening
     * @return everything that is found; nothing where the format has no check
     * @throws StoreException if the devices cannot be inspected or fail
     */
    public static List<Finding> of(StoreProvider provider, List<BlockDevice> devices, Options options)
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

    /**
     * Fails if something is found that should not be there.
     *
     * @param findings what was found
     * @param wrong which of it is wrong
     * @throws AssertionError if there is such a finding
     */
    public static void expectNone(List<Finding> findings, Predicate<Finding> wrong) {
        List<Finding> defects = findings.stream().filter(wrong).toList();
        if (!defects.isEmpty()) {
            throw new AssertionError("check finds defects: " + defects);
        }
    }
}

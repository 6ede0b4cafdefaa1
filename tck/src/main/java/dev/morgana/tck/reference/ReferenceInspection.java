package dev.morgana.tck.reference;

import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.store.Facet;
import dev.morgana.spi.store.StoreInfo;
import java.util.Optional;

/** The tools over a device that may be damaged. */
final class ReferenceInspection implements Inspection {
    private final Halves halves;
    private final Tools tools;
    private final Optional<StoreInfo> info;

    ReferenceInspection(Halves halves, Tools tools, Optional<StoreInfo> info) {
        this.halves = halves;
        this.tools = tools;
        this.info = info;
    }

    @Override
    public Optional<StoreInfo> info() {
        return info;
    }

    @Override
    public <F extends Facet> Optional<F> facet(Class<F> type) {
        return type.isInstance(tools) ? Optional.of(type.cast(tools)) : Optional.empty();
    }

    @Override
    public void close() {
        try {
            halves.device().close();
        } catch (DeviceException e) {
            // Closing cannot fail, and nothing was written.
        }
    }
}

package dev.morgana.spi.backend;

import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.store.Facet;
import dev.morgana.spi.store.StoreInfo;
import java.util.Optional;

/** The tools for an image that may be too damaged to open. */
public final class ToolInspection implements Inspection {
    private final StoreLife life;
    private final StoreLife.Action<StoreInfo> info;
    private final Facets tools;

    /**
     * An inspection that owns the life of its devices.
     *
     * @param life closed with the inspection
     * @param info finds out what the image is; called for reading, each time anew
     * @param tools the facets; they share the life
     */
    public ToolInspection(StoreLife life, StoreLife.Action<StoreInfo> info, Facets tools) {
        this.life = life;
        this.info = info;
        this.tools = tools;
    }

    @Override
    public Optional<StoreInfo> info() throws DeviceException {
        try {
            return Optional.of(life.reading(info));
        } catch (StoreException e) {
            HostFailure.passOn(e);
            // The answer to "what is it" is "cannot be told"; why, is told by the check.
            return Optional.empty();
        }
    }

    @Override
    public <F extends Facet> Optional<F> facet(Class<F> type) {
        life.requireOpen();
        return tools.facet(type);
    }

    @Override
    public void close() {
        life.close();
    }
}

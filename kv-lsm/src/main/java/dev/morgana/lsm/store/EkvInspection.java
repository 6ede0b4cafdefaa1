package dev.morgana.lsm.store;

import dev.morgana.lsm.tree.Mount;
import dev.morgana.lsm.tree.Pages;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.store.Facet;
import dev.morgana.spi.store.StoreInfo;
import java.util.Optional;
import java.util.function.Consumer;

/** The tools for a flash that may be too damaged to open. */
public final class EkvInspection implements Inspection {
    private final Pages pages;
    private final Settings settings;
    private final StoreLife life;
    private final Tools tools;

    /** An inspection that owns the device. What it says against being closed goes to the consumer. */
    public EkvInspection(Pages pages, Settings settings, Consumer<DeviceException> closeFailures) {
        this.pages = pages;
        this.settings = settings;
        this.life = new StoreLife(pages.device(), closeFailures);
        this.tools = new Tools(pages, settings, life, Optional.empty());
    }

    @Override
    public Optional<StoreInfo> info() {
        try {
            return life.using(() ->
                    Optional.of(Descriptions.of(Mount.mount(pages, settings.seed(), settings.cacheBytes()), settings)));
        } catch (StoreException e) {
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

package dev.morgana.pwkvs.store;

import dev.morgana.pwkvs.sector.Flash;
import dev.morgana.pwkvs.sector.Kvs;
import dev.morgana.pwkvs.sector.Settings;
import dev.morgana.spi.backend.Facets;
import dev.morgana.spi.backend.StoreLife;
import dev.morgana.spi.backend.ToolInspection;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Reconfiguration;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.store.StoreInfo;

/** The facets that look at the sectors themselves, healthy or not. */
public final class ImageTools {
    private ImageTools() {}

    /** Those that change nothing. */
    static Facets of(Kvs kvs, StoreLife life) {
        return Facets.of(
                new ImageCheck(kvs, life),
                new ImageDump(kvs, life),
                new SpaceUsage(kvs, life),
                new OlderStates(kvs, life),
                new WearCount(kvs, life));
    }

    /**
     * The tools for an image that may be too damaged to open; the inspection owns their life.
     *
     * @param change changes the settings of the store; it shares the life
     */
    public static Inspection inspection(Flash flash, Settings settings, Reconfiguration change, StoreLife life) {
        Kvs kvs = new Kvs(flash, settings.forReading());
        Facets changing = Facets.of(new ImageRepair(new ImageCheck(kvs, life), kvs, settings, life), change);
        return new ToolInspection(life, () -> describe(kvs), of(kvs, life).and(changing));
    }

    private static StoreInfo describe(Kvs kvs) throws StoreException {
        try {
            kvs.init();
        } catch (CorruptStoreException e) {
            // Damage does not hide what the store is; the check tells of it.
        }
        return Descriptions.of(kvs);
    }
}

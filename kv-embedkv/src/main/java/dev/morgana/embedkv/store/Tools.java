package dev.morgana.embedkv.store;

import dev.morgana.embedkv.record.Settings;
import dev.morgana.embedkv.record.Survey;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.store.Facet;
import java.util.List;
import java.util.Optional;

/** The facets that look at the devices themselves, healthy or not. */
final class Tools {
    private final List<Facet> facets;

    Tools(List<BlockDevice> devices, Settings settings, StoreLock lock, StoreRepair.VolumeSource volume) {
        Surveyor surveyor = () -> Survey.of(devices, settings);
        Check check = new ImageCheck(surveyor, devices, lock);
        this.facets = List.of(
                check,
                new ImageDump(devices, settings, lock),
                new SpaceUsage(surveyor, lock),
                new Generations(surveyor, lock),
                new StoreRepair(check, surveyor, volume, settings, lock));
    }

    /** Looks at the devices anew. */
    interface Surveyor {
        Survey survey() throws StoreException;
    }

    /** The first tool of a type. */
    <F extends Facet> Optional<F> facet(Class<F> type) {
        return facets.stream().filter(type::isInstance).map(type::cast).findFirst();
    }
}

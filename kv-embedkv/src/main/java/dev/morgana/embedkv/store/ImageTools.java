package dev.morgana.embedkv.store;

import dev.morgana.embedkv.record.Settings;
import dev.morgana.embedkv.record.Survey;
import dev.morgana.embedkv.record.Volume;
import dev.morgana.spi.backend.Facets;
import dev.morgana.spi.backend.StoreLife;
import dev.morgana.spi.backend.ToolInspection;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.provider.Inspection;
import java.util.List;

/** The facets that look at the devices themselves, healthy or not. */
public final class ImageTools {
    private ImageTools() {}

    /** The tools for devices that may be too damaged to open; the inspection owns their life. */
    public static Inspection inspection(List<BlockDevice> devices, Settings settings, StoreLife life) {
        return new ToolInspection(
                life,
                () -> Descriptions.of(Volume.open(devices, settings.forReading()), settings.readOnly()),
                of(devices, settings, life, () -> Volume.openAll(devices, settings)));
    }

    static Facets of(List<BlockDevice> devices, Settings settings, StoreLife life, ImageRepair.VolumeSource volume) {
        Surveyor surveyor = () -> Survey.of(devices, settings);
        Check check = new ImageCheck(surveyor, devices, life);
        return Facets.of(
                check,
                new ImageDump(devices, settings, life),
                new SpaceUsage(surveyor, life),
                new OlderStates(surveyor, life),
                new ImageRepair(check, surveyor, volume, settings, life));
    }
}

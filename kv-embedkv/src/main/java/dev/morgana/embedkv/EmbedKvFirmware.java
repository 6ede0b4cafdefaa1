package dev.morgana.embedkv;

import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.provider.FirmwareConfiguration;
import dev.morgana.spi.provider.FirmwareLanguage;
import dev.morgana.spi.store.StoreInfo;
import java.util.List;
import java.util.Map;

/**
 * What the crate needs to know to share an image. It compares the device's geometry with the header, and all else is either in
 * the header or may differ from opening to opening, so no setting is anything but usual.
 */
final class EmbedKvFirmware {
    private EmbedKvFirmware() {}

    static FirmwareConfiguration of(StoreInfo info) {
        Geometry geometry = info.geometry();
        return new FirmwareConfiguration(
                List.of(),
                Map.of(
                        FirmwareLanguage.RUST,
                        List.of(
                                "// in impl embedkv::BlockDevice, for each replica",
                                "fn block_size(&self) -> u32 { " + geometry.blockSize() + " }",
                                "fn block_count(&self) -> u32 { " + geometry.blockCount() + " }")));
    }
}

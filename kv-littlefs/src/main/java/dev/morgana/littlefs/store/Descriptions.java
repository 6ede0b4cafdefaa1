package dev.morgana.littlefs.store;

import dev.morgana.littlefs.layout.MoveState;
import dev.morgana.littlefs.log.Volume;
import dev.morgana.spi.store.Capability;
import dev.morgana.spi.store.Limits;
import dev.morgana.spi.store.StoreInfo;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Says what a mounted file system is. */
final class Descriptions {
    private static final Set<Capability> CAPABILITIES = Set.of(
            Capability.EXPLICIT_DICTIONARIES,
            Capability.ATOMIC_RENAME,
            Capability.PARTIAL_WRITE,
            Capability.ERASE_BEFORE_WRITE);

    private Descriptions() {}

    static StoreInfo of(Volume volume, boolean readOnly) {
        return new StoreInfo(
                "littlefs",
                volume.superblock().versionText(),
                volume.blocks().geometry(),
                readOnly,
                new Limits(
                        OptionalLong.of(volume.entryNameMax()),
                        OptionalLong.empty(),
                        OptionalLong.of(volume.fileMax())),
                CAPABILITIES,
                properties(volume));
    }

    private static Map<String, String> properties(Volume volume) {
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("dialect", volume.dialect().name().toLowerCase(Locale.ROOT));
        properties.put("nameMax", Long.toString(volume.nameMax()));
        properties.put("fileMax", Long.toString(volume.fileMax()));
        properties.put("attrMax", Long.toString(volume.attrMax()));
        properties.put("root", volume.root().toString());
        properties.put("pending", pending(volume.globalState()));
        volume.damage().ifPresent(damage -> properties.put("damaged", String.valueOf(damage.getMessage())));
        return properties;
    }

    private static String pending(MoveState state) {
        String orphans = state.hasOrphans() ? "orphans" : "";
        String move = state.hasMove() ? "move of entry " + state.sourceId() + " in " + state.source() : "";
        String both = orphans + (orphans.isEmpty() || move.isEmpty() ? "" : ", ") + move;
        return both.isEmpty() ? "nothing" : both;
    }
}

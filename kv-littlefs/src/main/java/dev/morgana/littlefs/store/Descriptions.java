package dev.morgana.littlefs.store;

import dev.morgana.littlefs.layout.Dialect;
import dev.morgana.littlefs.layout.MoveState;
import dev.morgana.littlefs.log.Directory;
import dev.morgana.littlefs.log.DirectoryEntry;
import dev.morgana.littlefs.log.TreeWalk;
import dev.morgana.littlefs.log.Volume;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.store.Capability;
import dev.morgana.spi.store.Limits;
import dev.morgana.spi.store.StoreInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Says what a mounted file system is. */
final class Descriptions {
    /** The property that tells of directories with several pairs. */
    private static final String SEVERAL_PAIRS = "severalPairs";

    private static final Set<Capability> CAPABILITIES = Set.of(
            Capability.EXPLICIT_DICTIONARIES,
            Capability.ATOMIC_RENAME,
            Capability.PARTIAL_WRITE,
            Capability.ERASE_BEFORE_WRITE);

    /** A move between directories copies first; to write a part of a value rewrites all of it. */
    private static final Set<Capability> CHAMELON_CAPABILITIES = Set.of(
            Capability.EXPLICIT_DICTIONARIES,
            Capability.TIMESTAMPS,
            Capability.ATOMIC_TREE_REMOVE,
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
                volume.dialect() == Dialect.CHAMELON ? CHAMELON_CAPABILITIES : CAPABILITIES,
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
        if (volume.dialect() == Dialect.CHAMELON) {
            properties.put(SEVERAL_PAIRS, severalPairs(volume));
        }
        volume.damage().ifPresent(damage -> properties.put("damaged", String.valueOf(damage.getMessage())));
        return properties;
    }

    /** How many directories chamelon would damage by changing them (chamelon page, section 6). */
    private static String severalPairs(Volume volume) {
        try {
            int several = Directory.root(volume).pairs().size() > 1 ? 1 : 0;
            TreeWalk tree = new TreeWalk(volume);
            for (List<DirectoryEntry> entries = tree.next(); entries != null; entries = tree.next()) {
                for (DirectoryEntry entry : entries) {
                    boolean split = entry.entry().isDirectory()
                            && Directory.of(volume, entry).pairs().size() > 1;
                    several += split ? 1 : 0;
                }
            }
            return Integer.toString(several);
        } catch (StoreException e) {
            return "unknown: " + e.getMessage();
        }
    }

    private static String pending(MoveState state) {
        String orphans = state.hasOrphans() ? "orphans" : "";
        String move = state.hasMove() ? "move of entry " + state.sourceId() + " in " + state.source() : "";
        String both = orphans + (orphans.isEmpty() || move.isEmpty() ? "" : ", ") + move;
        return both.isEmpty() ? "nothing" : both;
    }
}

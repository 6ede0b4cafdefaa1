package dev.morgana.embedkv.store;

import dev.morgana.embedkv.layout.BlockSize;
import dev.morgana.embedkv.layout.StorageHeader;
import dev.morgana.embedkv.record.Blocks;
import dev.morgana.embedkv.record.Member;
import dev.morgana.embedkv.record.Volume;
import dev.morgana.spi.store.Capability;
import dev.morgana.spi.store.Limits;
import dev.morgana.spi.store.StoreInfo;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** What a store tells of itself. */
public final class Descriptions {
    /** The format's id. */
    public static final String FORMAT = "embedkv";

    private Descriptions() {}

    static StoreInfo of(Volume volume, boolean readOnly) {
        Blocks blocks = volume.blocks();
        long longestKey = Math.max(0, new BlockSize(blocks.size()).maxKey());
        return new StoreInfo(
                FORMAT,
                volume.header().version(),
                blocks.device().geometry(),
                readOnly,
                new Limits(OptionalLong.empty(), OptionalLong.of(longestKey), OptionalLong.of(BlockSize.MAX_VALUE)),
                Set.of(Capability.VALUE_CHECKSUMS),
                properties(volume));
    }

    private static Map<String, String> properties(Volume volume) {
        StorageHeader header = volume.header();
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("replicaId", Long.toString(header.replicaId()));
        properties.put("formatSeq", Long.toString(header.formatSeq()));
        properties.put("records", Integer.toString(volume.index().size()));
        volume.freeBlocks().ifPresent(free -> properties.put("freeBlocks", Long.toString(free)));
        properties.put("indexBytes", Long.toString(volume.indexBytes()));
        properties.put("replicas", Integer.toString(volume.members().size()));
        if (header.epoch() != 0) {
            properties.put("epoch", Long.toString(header.epoch()));
        }
        if (volume.isDegraded()) {
            properties.put("degraded", "true");
            for (Member member : volume.members()) {
                properties.put("replica" + member.position(), member.toString());
            }
        }
        return properties;
    }
}

package dev.morgana.pwkvs.store;

import dev.morgana.pwkvs.layout.EntryFormat;
import dev.morgana.pwkvs.layout.EntryHeader;
import dev.morgana.pwkvs.sector.Kvs;
import dev.morgana.pwkvs.sector.Settings;
import dev.morgana.pwkvs.sector.Statistics;
import dev.morgana.spi.store.Capability;
import dev.morgana.spi.store.Limits;
import dev.morgana.spi.store.StoreInfo;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** Says what an opened store is. */
final class Descriptions {
    private Descriptions() {}

    static StoreInfo of(Kvs kvs) {
        Settings settings = kvs.settings();
        return new StoreInfo(
                "pw_kvs",
                "",
                kvs.flash().device().geometry(),
                settings.readOnly(),
                new Limits(
                        OptionalLong.empty(),
                        OptionalLong.of(EntryHeader.KEY_MAX),
                        OptionalLong.of(kvs.maxValueSize(1))),
                Set.of(Capability.ERASE_BEFORE_WRITE, Capability.VALUE_CHECKSUMS),
                properties(kvs));
    }

    private static Map<String, String> properties(Kvs kvs) {
        Settings settings = kvs.settings();
        Statistics statistics = kvs.statistics();
        Map<String, String> properties = new LinkedHashMap<>();
        properties.put("sectorSize", Integer.toString(settings.sectorSize()));
        properties.put("partitionStartSector", Integer.toString(settings.firstSector()));
        properties.put("partitionSectorCount", Integer.toString(settings.sectorCount()));
        properties.put("alignment", Integer.toString(settings.alignment()));
        properties.put("erasedValue", settings.erased() == 0 ? "0x00" : "0xff");
        properties.put(
                "formats",
                settings.formats().stream().map(EntryFormat::toString).collect(Collectors.joining(", ")));
        properties.put("redundancy", Integer.toString(settings.redundancy()));
        properties.put("keys", Integer.toString(statistics.size()));
        properties.put("tombstones", Integer.toString(statistics.totalEntriesWithDeleted() - statistics.size()));
        properties.put("transaction", Long.toString(statistics.transactionCount()));
        properties.put("damage", Boolean.toString(kvs.errorDetected()));
        return properties;
    }
}

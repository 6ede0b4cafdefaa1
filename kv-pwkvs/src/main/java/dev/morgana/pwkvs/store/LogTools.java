package dev.morgana.pwkvs.store;

import dev.morgana.pwkvs.sector.Kvs;
import dev.morgana.spi.store.Facet;
import java.util.List;

/** The tools that look at sectors and change nothing. */
final class LogTools {
    private LogTools() {}

    static List<Facet> of(Kvs kvs, StoreLock lock) {
        return List.of(
                new LogCheck(kvs, lock),
                new LogDump(kvs, lock),
                new LogUsage(kvs, lock),
                new LogHistory(kvs, lock),
                new LogWear(kvs, lock));
    }
}

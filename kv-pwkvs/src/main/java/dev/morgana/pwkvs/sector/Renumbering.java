package dev.morgana.pwkvs.sector;

import dev.morgana.spi.error.StoreException;
import java.util.List;

/**
 * Begins transaction ids anew before they run out (section 23.10): every live entry is written again with a small one. Until
 * the last old entry is erased the old ones count, with the same values, so it can be interrupted and begun again.
 */
final class Renumbering {
    private static final int FIRST_OF_THE_LAST = 0xf0000000;

    private final KvsState state;
    private final Collector collector;
    private int next = 1;

    Renumbering(KvsState state, Collector collector) {
        this.state = state;
        this.collector = collector;
    }

    /** Whether it is time to. */
    static boolean isDue(KvsState state) {
        return Integer.compareUnsigned(state.lastTransaction, FIRST_OF_THE_LAST) >= 0;
    }

    /** Renumbers a store in which nothing is stale and nothing deleted. */
    void run() throws StoreException {
        for (Sector sector : state.sectors()) {
            for (KeyRecord record : state.index().records()) {
                if (isOld(record) && state.sectorsOf(record).contains(sector)) {
                    collector.rewriteCopies(record, next, List.of());
                    next++;
                }
            }
            if (sector.recoverable() > 0) {
                collector.collect(sector, List.of());
            }
        }
        for (Sector sector : state.sectors()) {
            if (sector.recoverable() > 0) {
                collector.collect(sector, List.of());
            }
        }
        state.lastTransaction = next - 1; // nothing with a larger one is left
    }

    private boolean isOld(KeyRecord record) {
        return Integer.compareUnsigned(
                        record.header().transactionId(), state.index().size())
                > 0;
    }
}

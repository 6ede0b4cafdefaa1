package dev.morgana.pwkvs;

import dev.morgana.pwkvs.sector.Statistics;

/**
 * Pigweed's statistics (pw_kvs page, sections 10 and 17).
 *
 * @param size keys that are bound
 * @param totalEntriesWithDeleted keys known, deleted ones included
 * @param transactionCount the last transaction id, from 0 to 2^32 - 1
 * @param writableBytes bytes that can be written without collecting, one empty sector left out
 * @param inUseBytes bytes of live entries, all copies
 * @param reclaimableBytes bytes that collecting could free
 * @param sectorEraseCount erases since the store object was made
 * @param corruptSectorsRecovered damaged sectors that were emptied since
 * @param missingRedundantEntriesRecovered keys whose missing copies were written since
 */
public record PwKvsStatistics(
        int size,
        int totalEntriesWithDeleted,
        long transactionCount,
        long writableBytes,
        long inUseBytes,
        long reclaimableBytes,
        int sectorEraseCount,
        int corruptSectorsRecovered,
        int missingRedundantEntriesRecovered) {
    static PwKvsStatistics of(Statistics found) {
        return new PwKvsStatistics(
                found.size(),
                found.totalEntriesWithDeleted(),
                found.transactionCount(),
                found.writableBytes(),
                found.inUseBytes(),
                found.reclaimableBytes(),
                found.sectorEraseCount(),
                found.corruptSectorsRecovered(),
                found.missingRedundantEntriesRecovered());
    }
}

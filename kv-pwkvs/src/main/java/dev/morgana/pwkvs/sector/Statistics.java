package dev.morgana.pwkvs.sector;

/**
 * Pigweed's statistics (sections 10 and 17).
 *
 * @param size keys that are bound
 * @param totalEntriesWithDeleted keys in the index
 * @param transactionCount the last transaction id, unsigned
 * @param writableBytes that can be written without collecting, one empty sector left out
 * @param inUseBytes of live entries
 * @param reclaimableBytes that collecting could free
 * @param sectorEraseCount erases since the store object was made
 * @param corruptSectorsRecovered damaged sectors that were emptied since
 * @param missingRedundantEntriesRecovered keys whose missing copies were written since
 */
public record Statistics(
        int size,
        int totalEntriesWithDeleted,
        long transactionCount,
        long writableBytes,
        long inUseBytes,
        long reclaimableBytes,
        int sectorEraseCount,
        int corruptSectorsRecovered,
        int missingRedundantEntriesRecovered) {
    static Statistics of(KvsState state) {
        long writable = state.sectors().stream().mapToLong(Sector::writable).sum();
        long keptBack = state.hasEmptySector() ? state.settings().sectorSize() : 0;
        return new Statistics(
                state.index().live(),
                state.index().size(),
                Integer.toUnsignedLong(state.lastTransaction),
                writable - keptBack,
                state.sectors().stream().mapToLong(Sector::valid).sum(),
                state.sectors().stream().mapToLong(Sector::recoverable).sum(),
                state.sectorErases,
                state.corruptSectorsRecovered,
                state.missingCopiesRecovered);
    }
}

package dev.morgana.pwkvs.sector;

/**
 * Where this implementation and Pigweed's part, with the same bytes on flash (section 23). The product has one instance, the
 * answers given here; tests that replay Pigweed's own steps have another, with every answer the opposite.
 */
public interface Rules {
    /** The product's answers. */
    Rules PRODUCT = new Rules() {};

    /** Whether keys, headers and hashes of values are taken from the index, and not read again. */
    default boolean trustsIndex() {
        return true;
    }

    /** Whether a change is refused when transaction ids are used up. Pigweed goes on with 0, and loses what it writes then. */
    default boolean stopsAtLastTransaction() {
        return true;
    }

    /** Whether copies beyond the redundancy are put to use when another one is damaged. */
    default boolean usesSpareCopies() {
        return true;
    }

    /** Whether nothing is appended to a sector whose entries end where no entry may begin. */
    default boolean closesMisalignedSectors() {
        return true;
    }

    /** Whether the rest of a sector counts as free only if all of it is erased. */
    default boolean verifiesFreeSpace() {
        return true;
    }

    /** Whether a repair that found too little room is tried again, with the room that it made. */
    default boolean repairsTwice() {
        return true;
    }

    /** Whether deleting a key of a full store makes room for its tombstone. */
    default boolean evictsToDelete() {
        return true;
    }

    /** Whether a sector with a damaged live entry is left alone while others are collected. */
    default boolean passesOverDamagedSectors() {
        return true;
    }

    /** Whether copies that are collected get a length that keeps the alignment. */
    default boolean realignsCopies() {
        return true;
    }

    /** Whether neighbours are read with one read when a sector is collected, and verified. */
    default boolean readsNeighboursTogether() {
        return true;
    }

    /** Whether a value whose first copy is damaged is read from another one. */
    default boolean readsOtherCopies() {
        return true;
    }

    /** Whether a sector without anything stale is spared. */
    default boolean sparesCleanSectors() {
        return true;
    }

    /** Whether damage that wrong options explain is not repaired. */
    default boolean refusesMisfits() {
        return true;
    }

    /** Whether tombstones are kept when what they hide may not have been erased. */
    default boolean keepsTombstonesAfterFailure() {
        return true;
    }

    /** Whether heavy maintenance begins transaction ids anew when they run out. */
    default boolean renumbers() {
        return true;
    }

    /** Whether an upgrade counts what the old entries took, and not what the new ones take. */
    default boolean countsOldSizes() {
        return true;
    }
}

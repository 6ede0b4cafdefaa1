package dev.morgana.pwkvs;

import dev.morgana.pwkvs.sector.Rules;

/** What Pigweed does: the opposite of every answer of the product. */
final class PigweedRules implements Rules {
    @Override
    public boolean trustsIndex() {
        return false;
    }

    @Override
    public boolean stopsAtLastTransaction() {
        return false;
    }

    @Override
    public boolean usesSpareCopies() {
        return false;
    }

    @Override
    public boolean closesMisalignedSectors() {
        return false;
    }

    @Override
    public boolean verifiesFreeSpace() {
        return false;
    }

    @Override
    public boolean repairsTwice() {
        return false;
    }

    @Override
    public boolean evictsToDelete() {
        return false;
    }

    @Override
    public boolean passesOverDamagedSectors() {
        return false;
    }

    @Override
    public boolean realignsCopies() {
        return false;
    }

    @Override
    public boolean readsNeighboursTogether() {
        return false;
    }

    @Override
    public boolean readsOtherCopies() {
        return false;
    }

    @Override
    public boolean sparesCleanSectors() {
        return false;
    }

    @Override
    public boolean refusesMisfits() {
        return false;
    }

    @Override
    public boolean keepsTombstonesAfterFailure() {
        return false;
    }

    @Override
    public boolean renumbers() {
        return false;
    }

    @Override
    public boolean countsOldSizes() {
        return false;
    }
}

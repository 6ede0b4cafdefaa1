package com.example.toy.store;

import com.example.toy.snapshot.Half;
import com.example.toy.snapshot.Halves;
import dev.morgana.spi.backend.StoreLife;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.facet.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Looks at both halves. Both depths are the same: nothing but its checksum tells whether a snapshot is right. */
record ToyCheck(Halves halves, StoreLife life) implements Check {
    /** What takes the findings is not ours, so it is called outside the lock. */
    @Override
    public void check(Depth depth, Consumer<Finding> findings) throws StoreException {
        life.reading(this::find).forEach(findings);
    }

    private List<Finding> find() throws StoreException {
        List<Half> both = List.of(halves.examine(0), halves.examine(1));
        boolean any = both.stream().anyMatch(Half.Valid.class::isInstance);
        List<Finding> found = new ArrayList<>();
        for (Half half : both) {
            if (half instanceof Half.Broken broken) {
                // A power loss leaves this, and the next change writes over it; a bit that flipped looks just the same.
                found.add(finding(any ? Severity.WARNING : Severity.ERROR, broken.reason(), any));
            }
        }
        if (!any && found.isEmpty()) {
            found.add(finding(Severity.ERROR, ToyStore.noSnapshot(halves), false));
        }
        return found;
    }

    private static Finding finding(Severity severity, CorruptStoreException damage, boolean repairable) {
        return new Finding(
                severity, "broken-snapshot", damage.position(), damage.expected(), damage.found(), "", repairable);
    }
}

package com.example.toy.store;

import com.example.toy.snapshot.Half;
import com.example.toy.snapshot.Halves;
import dev.morgana.spi.backend.StoreLife;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.facet.Severity;
import java.util.function.Consumer;

/** Looks at both halves. Both depths are the same: nothing but its checksum tells whether a snapshot is right. */
record ToyCheck(Halves halves, StoreLife life) implements Check {
    @Override
    public void check(Depth depth, Consumer<Finding> findings) throws StoreException {
        life.reading(() -> {
            boolean any = halves.examine(0) instanceof Half.Valid || halves.examine(1) instanceof Half.Valid;
            for (int half = 0; half < 2; half++) {
                if (halves.examine(half) instanceof Half.Broken broken) {
                    // A power loss leaves this, and the next change writes over it; a bit that flipped looks just the
                    // same.
                    findings.accept(finding(any ? Severity.WARNING : Severity.ERROR, broken.reason(), any));
                }
            }
            return any;
        });
    }

    private static Finding finding(Severity severity, CorruptStoreException damage, boolean repairable) {
        return new Finding(
                severity, "broken-snapshot", damage.position(), damage.expected(), damage.found(), "", repairable);
    }
}

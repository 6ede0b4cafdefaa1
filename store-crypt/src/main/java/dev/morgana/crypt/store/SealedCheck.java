package dev.morgana.crypt.store;

import dev.morgana.crypt.cells.Cells;
import dev.morgana.crypt.vault.Vault;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.facet.Severity;
import dev.morgana.spi.key.Key;
import java.util.function.Consumer;

/** The check of the inner store, and in depth every tag of every value. */
final class SealedCheck implements Check {
    private final Check inner;
    private final Vault vault;

    SealedCheck(Check inner, Vault vault) {
        this.inner = inner;
        this.vault = vault;
    }

    @Override
    public void check(Depth depth, Consumer<Finding> findings) throws StoreException {
        inner.check(depth, findings);
        if (depth == Depth.STRUCTURE) {
            return;
        }
        try {
            vault.cells().visit(new Values(findings));
        } catch (CorruptStoreException e) {
            findings.accept(finding("unreadable-names", e, ""));
        }
    }

    /** Reads each value. */
    private final class Values implements Cells.Visitor {
        private final Consumer<Finding> findings;

        Values(Consumer<Finding> findings) {
            this.findings = findings;
        }

        @Override
        public void visit(byte[] name) throws StoreException {
            try {
                vault.verify(name);
            } catch (CorruptStoreException e) {
                findings.accept(finding("sealed-value", e, Key.escape(name)));
            }
        }

        @Override
        public void damaged(CorruptStoreException damage) {
            findings.accept(finding("hidden-name", damage, ""));
        }
    }

    /** What is told of damage. */
    static Finding finding(String rule, CorruptStoreException e, String subject) {
        return new Finding(Severity.ERROR, rule, e.position(), e.expected(), e.found(), subject, false);
    }
}

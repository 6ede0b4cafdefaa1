package dev.morgana.crypt.vault;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.StateToken;

/** Tells the state of an encrypted store: its epoch, and the version of each value. */
public record StateTokens(Vault vault, SealedWriter writer) implements StateToken {
    @Override
    public byte[] stateToken() throws StoreException {
        synchronized (vault) {
            int epoch = vault.sealer().ring().epoch();
            if (vault.index().isEmpty()) {
                return vault.findVersions(vault.sealer()).state(epoch);
            }
            VersionIndex kept = vault.index().get();
            writer.resolveDoubts(kept);
            return kept.state(epoch);
        }
    }
}

package dev.morgana.crypt.vault;

import dev.morgana.crypt.seal.Secret;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Options;

/** Reads the secret that options name. */
@FunctionalInterface
public interface SecretReader {
    /**
     * Reads it.
     *
     * @throws dev.morgana.spi.error.InvalidOptionException if they name none, or one that cannot be read
     * @throws StoreException for this
     */
    Secret read(Options options) throws StoreException;
}

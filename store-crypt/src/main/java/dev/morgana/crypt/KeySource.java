package dev.morgana.crypt;

import java.io.IOException;

/** Where a key comes from: a prompt, a key store, a hardware module. Asked once whenever a store is initialised or opened. */
@FunctionalInterface
public interface KeySource {
    /**
     * The key or password.
     *
     * @return the same one each time, for one store
     * @throws IOException if it cannot be had
     */
    CryptKey key() throws IOException;
}

package dev.morgana.crypt;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.Store;

/**
 * Encryption for programs, over stores that they opened themselves.
 *
 * <pre>{@code
 * FlatStore plain = morgana.openFlat("ekv+file:settings.img");
 * Crypt.initialize(plain, Options.none().with(CryptOptions.KEY, vault::settingsKey)); // once
 * FlatStore store = Crypt.over(plain, vault::settingsKey);
 * }</pre>
 *
 * <p>The stores that it gives are as safe for threads, and as durable, as the ones below. Moving keys is not atomic in an
 * encrypted tree: everything is there at its new key before it goes from the old one. The facet
 * {@link dev.morgana.spi.facet.KeyRotation} changes keys.
 */
public final class Crypt {
    private Crypt() {}

    /**
     * Makes an empty store an encrypted one.
     *
     * @param store the empty store; it stays the caller's
     * @param options the key, and what else {@link CryptOptions} has for a new store
     * @throws dev.morgana.spi.error.InvalidOptionException if no key is named, or {@link CryptOptions#HIDE_NAMES} leaves no room
     *     for keys; nothing was written
     * @throws dev.morgana.spi.error.LimitExceededException if there is not as much memory as a password takes; nothing was written
     * @throws dev.morgana.spi.error.InvalidRequestException if the store is not empty, or encrypted already; nothing was written
     * @throws StoreException for these, or if the store fails
     */
    public static void initialize(Store store, Options options) throws StoreException {
        new CryptProvider().initialize(store, options);
    }

    /**
     * Opens an encrypted flat store.
     *
     * @param store the store; on success the answer owns it and closes it
     * @param key where its key comes from
     * @return the values of the store, decrypted
     * @throws StoreException see {@link #over(FlatStore, Options)}
     */
    public static FlatStore over(FlatStore store, KeySource key) throws StoreException {
        return over(store, Options.none().with(CryptOptions.KEY, key));
    }

    /**
     * Opens an encrypted flat store.
     *
     * @param store the store; on success the answer owns it and closes it
     * @param options its key, and what else {@link CryptOptions} has for a store that is opened
     * @return the values of the store, decrypted
     * @throws dev.morgana.spi.error.WrongKeyException if the store is encrypted under another key, or has another label
     * @throws dev.morgana.spi.error.InvalidOptionException if no key is named, or it is of the wrong kind, or the label is missing
     *     or one too many, or a password would take more memory or time than is allowed
     * @throws dev.morgana.spi.error.LimitExceededException if there is not as much memory as the password takes
     * @throws dev.morgana.spi.error.CorruptStoreException if the store is not encrypted, or its header is damaged or an older one,
     *     or a value is not the one of the version index, or the state is not the expected one
     * @throws StoreException for these, or if the store fails
     */
    public static FlatStore over(FlatStore store, Options options) throws StoreException {
        return (FlatStore) new CryptProvider().wrap(store, options);
    }

    /**
     * Opens an encrypted tree.
     *
     * @param store the store; on success the answer owns it and closes it
     * @param key where its key comes from
     * @return the tree, its values decrypted
     * @throws StoreException see {@link #over(FlatStore, Options)}
     */
    public static KeyValueStore over(KeyValueStore store, KeySource key) throws StoreException {
        return over(store, Options.none().with(CryptOptions.KEY, key));
    }

    /**
     * Opens an encrypted tree.
     *
     * @param store the store; on success the answer owns it and closes it
     * @param options its key, and what else {@link CryptOptions} has for a store that is opened
     * @return the tree, its values decrypted
     * @throws StoreException see {@link #over(FlatStore, Options)}
     */
    public static KeyValueStore over(KeyValueStore store, Options options) throws StoreException {
        return (KeyValueStore) new CryptProvider().wrap(store, options);
    }
}

package dev.morgana.crypt;

import dev.morgana.crypt.seal.Nonces;
import dev.morgana.crypt.store.Encryption;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.StoreLayerProvider;
import dev.morgana.spi.store.Store;
import java.security.SecureRandom;
import java.util.List;

/** The layer {@code crypt}. */
public final class CryptProvider implements StoreLayerProvider {
    private final SecureRandom random;

    /** The layer, with the platform's secure random numbers. */
    public CryptProvider() {
        this(new SecureRandom());
    }

    /** For tests: with random numbers that are watched, or spoilt. */
    CryptProvider(SecureRandom random) {
        this.random = random;
    }

    @Override
    public String layer() {
        return "crypt";
    }

    @Override
    public String description() {
        return "encryption with authentication of every value, bound to its name: AES-256-GCM";
    }

    @Override
    public List<Option<?>> options() {
        return CryptOptions.all();
    }

    /**
     * {@inheritDoc}
     *
     * @throws dev.morgana.spi.error.InvalidOptionException if no key is named, or {@link CryptOptions#HIDE_NAMES} leaves no room
     *     for keys
     */
    @Override
    public void initialize(Store inner, Options options) throws StoreException {
        options.check(options());
        new Encryption(inner, new Nonces(random))
                .initialize(
                        Keys.read(options),
                        options.get(CryptOptions.HIDE_NAMES),
                        options.get(CryptOptions.VERSION_INDEX));
    }

    /**
     * {@inheritDoc}
     *
     * @throws dev.morgana.spi.error.WrongKeyException if the store is encrypted under another key
     * @throws dev.morgana.spi.error.InvalidOptionException if no key is named, or it is of the wrong kind
     * @throws dev.morgana.spi.error.CorruptStoreException if the store is not encrypted, or its header is damaged, or a value is
     *     not the one of the version index
     */
    @Override
    public Store wrap(Store inner, Options options) throws StoreException {
        options.check(options());
        return new Encryption(inner, new Nonces(random))
                .open(Keys.read(options), options.get(CryptOptions.ACCEPT_VERSIONS), Keys::read);
    }
}

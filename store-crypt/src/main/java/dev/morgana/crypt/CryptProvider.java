package dev.morgana.crypt;

import dev.morgana.crypt.layout.Binding;
import dev.morgana.crypt.seal.Nonces;
import dev.morgana.crypt.store.Demands;
import dev.morgana.crypt.store.Encryption;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.option.Option;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.StoreLayerProvider;
import dev.morgana.spi.store.Facet;
import dev.morgana.spi.store.Store;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

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
     *     for keys, or the label is longer than 1,024 bytes
     */
    @Override
    public void initialize(Store inner, Options options) throws StoreException {
        options.check(options());
        new Encryption(inner, new Nonces(random))
                .initialize(
                        Keys.read(options),
                        options.get(CryptOptions.HIDE_NAMES),
                        options.get(CryptOptions.VERSION_INDEX),
                        label(options));
    }

    private static byte[] label(Options options) throws StoreException {
        byte[] label = options.has(CryptOptions.LABEL)
                ? options.get(CryptOptions.LABEL).getBytes(StandardCharsets.UTF_8)
                : new byte[0];
        if (label.length > Binding.MOST_LABEL) {
            throw new InvalidOptionException(
                    CryptOptions.LABEL.name(), label.length + " bytes, more than " + Binding.MOST_LABEL);
        }
        return label;
    }

    /**
     * {@inheritDoc}
     *
     * @throws dev.morgana.spi.error.WrongKeyException if the store is encrypted under another key, or has another label
     * @throws dev.morgana.spi.error.InvalidOptionException if no key is named, or it is of the wrong kind, or the label is missing
     *     or one too many, or a password would take more than {@link CryptOptions#MAX_KDF_MEMORY} or
     *     {@link CryptOptions#MAX_KDF_TIME}
     * @throws dev.morgana.spi.error.LimitExceededException if there is not as much memory as the password takes
     * @throws dev.morgana.spi.error.CorruptStoreException if the store is not encrypted, or its header is damaged or an older one,
     *     or a value is not the one of the version index, or the state is not {@link CryptOptions#EXPECT_STATE}
     */
    @Override
    public Store wrap(Store inner, Options options) throws StoreException {
        options.check(options());
        Demands demands = new Demands(
                label(options),
                options.get(CryptOptions.ACCEPT_VERSIONS),
                expectedState(options),
                options.get(CryptOptions.MAX_KDF_MEMORY),
                options.get(CryptOptions.MAX_KDF_TIME),
                Keys.warnings(options));
        return new Encryption(inner, new Nonces(random)).open(Keys.read(options), demands, Keys::readAlone);
    }

    private static Optional<byte[]> expectedState(Options options) throws StoreException {
        if (!options.has(CryptOptions.EXPECT_STATE)) {
            return Optional.empty();
        }
        try {
            return Optional.of(HexFormat.of().parseHex(options.get(CryptOptions.EXPECT_STATE)));
        } catch (IllegalArgumentException e) {
            throw new InvalidOptionException(
                    CryptOptions.EXPECT_STATE.name(), "no hexadecimal digits, as info --state prints them", e);
        }
    }

    @Override
    public boolean isOver(Store store) throws StoreException {
        return Encryption.isOver(store);
    }

    @Override
    public <F extends Facet> Optional<F> inspect(Store inner, Class<F> type) {
        return type == Check.class ? Optional.of(type.cast(Encryption.check(inner))) : Optional.empty();
    }
}

package dev.morgana.spi.error;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Root of everything that can go wrong with a store or its device and is not a bug of the caller. The hierarchy is sealed:
 * one class per cause that a caller can act on, and formats cannot add members. A bug of the caller (null, a negative
 * offset, a closed store, an unaligned device request) is an unchecked exception instead.
 *
 * <p>Messages are one line: what, where, and what would be right.
 */
public abstract sealed class StoreException extends IOException
        permits NoSuchKeyException,
                DictionaryExpectedException,
                ValueExpectedException,
                KeyExistsException,
                NoSpaceException,
                RenameIntoSelfException,
                LimitExceededException,
                CorruptStoreException,
                UnsupportedFormatException,
                UnrecognizedImageException,
                ReadOnlyStoreException,
                CallerStreamException,
                RequestException,
                DeviceException {

    private final Failure failure;
    private @Nullable String nativeCode;

    StoreException(Failure failure, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.failure = failure;
    }

    /**
     * The cause, for a {@code switch}.
     *
     * @return the constant of this exception's class
     */
    public final Failure failure() {
        return failure;
    }

    /**
     * The reference implementation implementation's own name of this error, such as {@code NOSPC} (littlefs) or {@code
     * DATA_LOSS} (pw_kvs).
     *
     * @return the name, or empty where the reference implementation has none
     */
    public final Optional<String> nativeCode() {
        return Optional.ofNullable(nativeCode);
    }

    /**
     * Sets what {@link #nativeCode()} answers. For backends, at the place that throws.
     *
     * @param code the reference implementation's name of this error
     * @return this exception
     */
    public final StoreException withNativeCode(String code) {
        this.nativeCode = code;
        return this;
    }
}

package dev.morgana.spi.error;

import org.jspecify.annotations.Nullable;

/** A request that comes from a user's words (an address, an option, a name) or from the state of a handle, and makes no sense. */
public abstract sealed class RequestException extends StoreException
        permits InvalidRequestException,
                InvalidOptionException,
                InvalidAddressException,
                UnknownProviderException,
                WrongKeyException {

    RequestException(Failure failure, String message, @Nullable Throwable cause) {
        super(failure, message, cause);
    }
}

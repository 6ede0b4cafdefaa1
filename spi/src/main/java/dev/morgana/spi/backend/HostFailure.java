package dev.morgana.spi.backend;

import dev.morgana.spi.error.BadBlockException;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.StoreException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A device that could not ask its medium: what is stored there may be whole, and newer than all the rest, so nothing may be
 * concluded from such an error, and nothing written over because of it. A {@link BadBlockException} is the medium's own answer,
 * as a wrong checksum is.
 */
public final class HostFailure {
    private HostFailure() {}

    /**
     * The failure of a device, unless an error tells something of the medium or of the store.
     *
     * @param e any error
     * @return the same error, or empty
     */
    public static Optional<DeviceException> of(StoreException e) {
        return e instanceof DeviceException failure && !(e instanceof BadBlockException)
                ? Optional.of(failure)
                : Optional.empty();
    }

    /**
     * Throws an error again if it is one.
     *
     * @param e any error
     * @throws DeviceException that error, if it tells nothing of the medium or of the store
     */
    public static void passOn(StoreException e) throws DeviceException {
        Optional<DeviceException> failure = of(e);
        if (failure.isPresent()) {
            throw failure.get();
        }
    }

    /**
     * Which of the errors of several copies is to be told: what could not be read may be whole, so it is not for the damage of
     * another copy to answer.
     *
     * @param earlier the error to be told so far, or null
     * @param e another one
     * @return the one to be told from now on; the other one is suppressed behind it
     */
    public static StoreException foremost(@Nullable StoreException earlier, StoreException e) {
        if (earlier == null || earlier == e) {
            return e;
        }
        boolean first = of(earlier).isPresent() || of(e).isEmpty();
        StoreException told = first ? earlier : e;
        told.addSuppressed(first ? e : earlier);
        return told;
    }
}

package dev.morgana.embedkv.record;

import dev.morgana.spi.error.BadBlockException;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.StoreException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A device that could not ask its medium: what is stored there may be whole, and newer than all the rest, so it must not be
 * written over because of such an error. A {@link BadBlockException} is the medium's own answer.
 */
final class HostFailure {
    private HostFailure() {}

    /** The failure, unless an error tells something of the medium or of the store. */
    static Optional<DeviceException> of(StoreException e) {
        return e instanceof DeviceException failure && !(e instanceof BadBlockException)
                ? Optional.of(failure)
                : Optional.empty();
    }

    /**
     * Which of the errors of several copies is to be told, with the others behind it: what could not be read may be whole, so it
     * is not for the damage of another copy to answer.
     */
    static StoreException foremost(@Nullable StoreException earlier, StoreException e) {
        if (earlier == null || earlier == e) {
            return e;
        }
        boolean first = of(earlier).isPresent() || of(e).isEmpty();
        StoreException told = first ? earlier : e;
        told.addSuppressed(first ? e : earlier);
        return told;
    }

    /** Throws an error again if it is one. */
    static void passOn(StoreException e) throws DeviceException {
        Optional<DeviceException> failure = of(e);
        if (failure.isPresent()) {
            throw failure.get();
        }
    }
}

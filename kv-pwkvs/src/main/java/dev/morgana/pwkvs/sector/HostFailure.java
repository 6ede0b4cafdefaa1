package dev.morgana.pwkvs.sector;

import dev.morgana.spi.error.BadBlockException;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.StoreException;

/**
 * A device that could not ask its medium: what is stored there may be whole, so nothing may be concluded from such an error,
 * and nothing erased because of it. A {@link BadBlockException} is the medium's own answer, as a wrong checksum is.
 */
final class HostFailure {
    private HostFailure() {}

    /** Throws an error again unless it tells something of the medium or of the store. */
    static void passOn(StoreException e) throws DeviceException {
        if (e instanceof DeviceException failure && !(e instanceof BadBlockException)) {
            throw failure;
        }
    }
}

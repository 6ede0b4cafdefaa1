package dev.morgana.nio.tree;

import dev.morgana.spi.error.LimitExceededException;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.StoreInfo;
import java.util.OptionalLong;

/** Refuses at once what can never be published, so that a file is never larger than the medium, gaps included. */
final class SizeCheck {
    private SizeCheck() {}

    static void check(StoreInfo info, Key key, long size) throws StoreException {
        OptionalLong most = info.limits().valueBytes();
        if (most.isPresent() && size > most.getAsLong()) {
            throw new LimitExceededException("value (bytes)", most.getAsLong(), size, key.toString());
        }
        long medium = info.geometry().sizeBytes();
        if (size > medium) {
            throw new NoSpaceException("value of " + key, OptionalLong.of(size), OptionalLong.of(medium));
        }
    }
}

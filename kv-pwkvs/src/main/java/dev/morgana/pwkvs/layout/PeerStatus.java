package dev.morgana.pwkvs.layout;

import dev.morgana.spi.backend.NativeCode;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.Position;
import dev.morgana.spi.error.StoreException;
import java.util.Arrays;

/** Pigweed's status codes (section 18), for {@link StoreException#nativeCode()}; the algorithms act on them. */
public enum PeerStatus implements NativeCode {
    /** Done. */
    OK,
    /** The device refused to program bytes that were not erased. */
    UNKNOWN,
    /** A key or value of a size that cannot be. */
    INVALID_ARGUMENT,
    /** An answer of a device. */
    DEADLINE_EXCEEDED,
    /** No such key, or nothing to collect. */
    NOT_FOUND,
    /** Another key with the same hash is there. */
    ALREADY_EXISTS,
    /** The partition is read-only. */
    PERMISSION_DENIED,
    /** No space. */
    RESOURCE_EXHAUSTED,
    /** The store is not in a state for this. */
    FAILED_PRECONDITION,
    /** Beyond the value or the partition. */
    OUT_OF_RANGE,
    /** Contradictory bookkeeping. */
    INTERNAL,
    /** The device does not answer. */
    UNAVAILABLE,
    /** Damage. */
    DATA_LOSS;

    @Override
    public String code() {
        return name();
    }

    /** Damage at a place, named by this status. */
    public CorruptStoreException at(Position position, String expected, String found) {
        return on(new CorruptStoreException(position, expected, found));
    }

    /** What an exception was named; a foreign or missing name counts as a device that does not answer. */
    public static PeerStatus of(StoreException exception) {
        String code = exception.nativeCode().orElse("");
        return Arrays.stream(values())
                .filter(status -> status.name().equals(code))
                .findFirst()
                .orElse(UNAVAILABLE);
    }
}

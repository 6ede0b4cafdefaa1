package dev.morgana.lsm.layout;

import dev.morgana.spi.backend.NativeCode;
import dev.morgana.spi.error.StoreException;

/** The reference implementation's names of errors (section 20), for {@link StoreException#nativeCode()}. */
public enum PeerError implements NativeCode {
    /** Damage, or no store at all. */
    CORRUPTED("Corrupted"),
    /** Not enough free pages. */
    FULL("Full"),
    /** The medium fails. */
    FLASH("Flash"),
    /** A key beyond the limit. */
    KEY_TOO_BIG("KeyTooBig"),
    /** A value beyond the limit. */
    VALUE_TOO_BIG("ValueTooBig"),
    /** Nothing is bound to the key. */
    KEY_NOT_FOUND("KeyNotFound"),
    /** A key that is not above the one before. */
    NOT_SORTED("NotSorted"),
    /** A transaction in which something failed before. */
    TRANSACTION_CANCELED("TransactionCanceled");

    private final String code;

    PeerError(String code) {
        this.code = code;
    }

    @Override
    public String code() {
        return code;
    }
}

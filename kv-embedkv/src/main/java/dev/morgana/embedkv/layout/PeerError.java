package dev.morgana.embedkv.layout;

import dev.morgana.spi.backend.NativeCode;
import dev.morgana.spi.error.StoreException;

/** The reference implementations' names of errors (section 20), for {@link StoreException#nativeCode()}. */
public enum PeerError implements NativeCode {
    /** No device at all. */
    NO_REPLICAS("NoReplicas"),
    /** A block size that no record fits into. */
    INVALID_BLOCK_SIZE("InvalidBlockSize"),
    /** Block 0 is no header, or one of another device. */
    INVALID_HEADER("InvalidHeader"),
    /** A checksum is wrong. */
    CRC_MISMATCH("CrcMismatch"),
    /** Replicas of different geometry. */
    REPLICA_MISMATCH("ReplicaMismatch"),
    /** A key that does not fit into a descriptor. */
    KEY_TOO_LONG("KeyTooLong"),
    /** Not enough free blocks. */
    STORAGE_FULL("StorageFull"),
    /** Nothing is bound to the key. */
    KEY_NOT_FOUND("KeyNotFound"),
    /** A record that is there and damaged. */
    CORRUPT_RECORD("CorruptRecord"),
    /** The device fails. */
    IO("Io");

    private final String code;

    PeerError(String code) {
        this.code = code;
    }

    @Override
    public String code() {
        return code;
    }
}

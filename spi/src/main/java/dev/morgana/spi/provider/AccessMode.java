package dev.morgana.spi.provider;

/** What a device is opened for. */
public enum AccessMode {
    /** Reading; others may read too. */
    READ_ONLY,
    /** Reading and writing, alone. What is there stays. */
    READ_WRITE,
    /** As {@link #READ_WRITE}; a medium that does not exist is made, erased, of the size asked for. One that exists stays as it is. */
    CREATE
}

package dev.morgana.littlefs;

/** How a file is opened, with the names of the C implementation (littlefs page, section 12.7). */
public enum OpenFlag {
    /** For reading alone. */
    RDONLY,
    /** For writing alone. */
    WRONLY,
    /** For both. */
    RDWR,
    /** Makes the file if it is not there; it then is, empty, from the opening on. */
    CREAT,
    /** Fails if there is something of this name already. */
    EXCL,
    /** Begins with an empty file; on the medium the old one stays until the first sync. */
    TRUNC,
    /** Every write goes to the end. */
    APPEND
}

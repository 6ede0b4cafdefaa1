package dev.morgana.block.drivers.file;

/** Whether an image is locked against other processes. Within this JVM it always is. */
public enum Locking {
    /** Writers alone, readers together. */
    ON,
    /** Not at all, for file systems that have no locks. The caller sees to it that nobody else writes. */
    OFF
}

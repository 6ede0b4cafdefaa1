package dev.morgana.block.drivers.file;

/** When the operating system is asked to bring a file to its medium. */
public enum Syncing {
    /** Whenever the store asks for it, as durability demands. */
    EACH,
    /**
     * Once, when the device is closed. For images that are made anew and thrown away if that is interrupted: until then a power
     * loss may leave anything.
     */
    AT_CLOSE
}

package dev.morgana.tck.device;

/** What not every device can do. A test of {@link DeviceTck} that needs a trait is skipped, and says so, where it is missing. */
public enum DeviceTrait {
    /** A unit can be programmed once between two erases, and a program must not cross a block. */
    FLASH,
    /** The same bytes can be had under other units: {@code reshape} to a smaller block size works. */
    RESHAPES,
    /** There is a read-only variant: {@link DeviceTck#createReadOnly}. */
    READ_ONLY,
    /** What was synced can be opened again: {@link DeviceTck#reopen}. */
    PERSISTENT
}

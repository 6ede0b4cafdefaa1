package dev.morgana.tck.readerror;

/** How reads fail, from a chosen one on. */
enum ReadFault {
    /** The chosen read alone. */
    ONE_READ,
    /** All reads of the device that the chosen one meets. */
    ONE_DEVICE,
    /** All reads of all devices. */
    EVERY_READ
}

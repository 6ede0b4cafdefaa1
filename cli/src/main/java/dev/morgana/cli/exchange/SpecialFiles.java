package dev.morgana.cli.exchange;

/** What becomes of symbolic links, and of devices, pipes and sockets, which no format here can hold. */
public enum SpecialFiles {
    /** The first one ends the work. */
    REFUSE,
    /** They are left out. */
    SKIP,
    /** Links count as what they lead to; the others end the work. */
    FOLLOW
}

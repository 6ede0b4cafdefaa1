package dev.morgana.spi.store;

/** What a store promises beyond the core, where that is a promise and not an interface. */
public enum Capability {
    /** Dictionaries exist by themselves; one whose last child is removed stays, empty. */
    EXPLICIT_DICTIONARIES,
    /** {@link ReadableStore#lastModified} answers a time for every value that was set through this store. */
    TIMESTAMPS,
    /** A power loss during {@link KeyValueStore#rename} leaves exactly one of source and target. */
    ATOMIC_RENAME,
    /** A power loss during {@link KeyValueStore#remove} of a dictionary leaves all of it or nothing. */
    ATOMIC_TREE_REMOVE,
    /** {@link KeyValueStore#write} inside a large value does not rewrite all of it. */
    PARTIAL_WRITE,
    /** The format never programs a unit twice between erases, so it runs on flash. */
    ERASE_BEFORE_WRITE,
    /** Every byte of a value is covered by a checksum. */
    VALUE_CHECKSUMS
}

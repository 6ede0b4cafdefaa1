package dev.morgana.spi.store;

/** Options of {@link KeyValueStore#set}. */
public enum SetOption {
    /** Where a dictionary stands, it and everything below it is replaced by the value; without this it is an error. */
    REPLACE_DICTIONARY
}

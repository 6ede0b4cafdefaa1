package dev.morgana.spi.store;

/** What {@link KeyValueStore#rename} does where the target is a dictionary. */
public enum RenameMode {
    /** The source moves into the target dictionary, under its own name (the rule of mirage-kv, and of {@code mv}). */
    INTO_DICTIONARY,
    /** The target key is meant exactly; an existing dictionary there is an error. */
    EXACT
}

package dev.morgana.pwkvs;

/** What opening for writing does about damage, see {@link PwKvsOptions#RECOVERY}. */
public enum Recovery {
    /** As {@link #LAZY}. */
    IMMEDIATE,
    /** Repairs what it finds. */
    LAZY,
    /** Leaves everything as it is; only maintenance repairs. */
    MANUAL
}

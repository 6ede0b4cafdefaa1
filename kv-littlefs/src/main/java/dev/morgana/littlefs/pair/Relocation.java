package dev.morgana.littlefs.pair;

/** Whether a pair that is written may change its blocks because of its wear (section 9.6). */
public enum Relocation {
    /** It keeps them, since something else on the medium is outdated. A move that is due is owed then. */
    LATER,
    /** It moves if its revision says so. */
    IF_DUE,
    /** It moves, since it owes that. */
    NOW
}

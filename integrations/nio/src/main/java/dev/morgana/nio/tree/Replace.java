package dev.morgana.nio.tree;

/** What a move does with what is at its target. */
public enum Replace {
    /** It is an error. */
    NOTHING,
    /** A file or an empty folder goes, whatever comes. */
    ANYTHING,
    /** A file is replaced by a file, an empty folder by a folder: the rules of POSIX. */
    SAME_KIND
}

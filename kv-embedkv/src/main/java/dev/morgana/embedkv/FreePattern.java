package dev.morgana.embedkv;

/** What freed blocks are filled with, see {@link EmbedKvOptions#FREE_PATTERN}. */
public enum FreePattern {
    /** Zeros, for files and disks. */
    ZEROS("0"),
    /** Ones, as erased flash reads. */
    ONES("255");

    private final String word;

    FreePattern(String word) {
        this.word = word;
    }

    /** The value as options spell it. */
    @Override
    public String toString() {
        return word;
    }
}

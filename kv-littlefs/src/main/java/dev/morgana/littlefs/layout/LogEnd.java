package dev.morgana.littlefs.layout;

/** Why the reading of a log ended. */
public enum LogEnd {
    /** There is no room for another tag. */
    FULL("end of the block"),
    /** The bytes are no tag: nothing was written here, or only a part of it arrived. */
    NO_TAG("no tag"),
    /** The tag's data would cross the end of the block. */
    OVERLONG("data past the end of the block"),
    /** A commit whose checksum does not agree. */
    BAD_CRC("wrong checksum"),
    /** The device cannot read the block here. */
    UNREADABLE("unreadable"),
    /** A commit without entries, which is the last one in chamelon's dialect. */
    EMPTY_COMMIT("commit without entries");

    private final String label;

    LogEnd(String label) {
        this.label = label;
    }

    /** The reason in words. */
    public String label() {
        return label;
    }
}

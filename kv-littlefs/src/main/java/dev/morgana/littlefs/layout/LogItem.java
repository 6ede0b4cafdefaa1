package dev.morgana.littlefs.layout;

/** One tag of a log with its data. */
public sealed interface LogItem {
    /** Where the tag stands in the block. */
    int offset();

    /** The decoded tag. */
    Tag tag();

    /** A tag about an entry or the pair; nobody may change the data. */
    record Entry(int offset, Tag tag, byte[] data) implements LogItem {}

    /**
     * The end of a commit.
     *
     * @param offset where the tag stands in the block
     * @param tag the decoded tag
     * @param stored the checksum on the medium
     * @param computed the checksum of what was read
     */
    record Commit(int offset, Tag tag, int stored, int computed) implements LogItem {
        /** Whether the checksums agree. */
        public boolean isIntact() {
            return stored == computed;
        }
    }
}

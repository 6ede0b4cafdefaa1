package dev.morgana.littlefs.layout;

/** Where the dialects differ in reading a log. */
sealed interface LogRules {
    /** Whether the log ends before this tag. */
    boolean endsBefore(int stored, Tag tag);

    /** Whether the tag ends a commit. */
    boolean isCommit(Tag tag);

    /** What the tag after this one is exclusive-ored with. */
    int nextPrevious(Tag tag);

    /** Whether the log ends after a commit without entries. */
    boolean endsBehindEmptyCommit();

    /** littlefs page, sections 4.5 and 5.2. */
    record Littlefs() implements LogRules {
        @Override
        public boolean endsBefore(int stored, Tag tag) {
            return !tag.isValid();
        }

        @Override
        public boolean isCommit(Tag tag) {
            return tag.isCommit();
        }

        @Override
        public int nextPrevious(Tag tag) {
            return tag.nextPrevious();
        }

        @Override
        public boolean endsBehindEmptyCommit() {
            return false;
        }
    }

    /**
     * Rule R2 of the chamelon page. Bit 31 has no meaning and stays in the chain, which also decodes what the C driver
     * wrote after a commit with the phase bit set.
     */
    record Chamelon() implements LogRules {
        @Override
        public boolean endsBefore(int stored, Tag tag) {
            return stored == 0
                    || stored == -1
                    || tag.word() == 0
                    || tag.word() == -1
                    || tag.tagClass() == TagClass.INTERNAL
                    || tag.isDeletion();
        }

        @Override
        public boolean isCommit(Tag tag) {
            return tag.tagClass() == TagClass.CRC;
        }

        @Override
        public int nextPrevious(Tag tag) {
            return tag.word();
        }

        @Override
        public boolean endsBehindEmptyCommit() {
            return true;
        }
    }
}

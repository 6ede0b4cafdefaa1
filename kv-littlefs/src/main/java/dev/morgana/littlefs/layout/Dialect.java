package dev.morgana.littlefs.layout;

/** By whose rules the bytes are read. */
public enum Dialect {
    /** The C implementation's format. */
    LITTLEFS {
        @Override
        LogRules logRules() {
            return new LogRules.Littlefs();
        }

        @Override
        PairStateBuilder newState() {
            return new LittlefsState();
        }

        @Override
        public boolean isNewer(int revision, int than) {
            return revision - than > 0;
        }

        @Override
        public CtzLayout ctzLayout(int blockSize) {
            return new LittlefsCtz(blockSize);
        }
    },
    /** What the MirageOS library chamelon makes of it (the chamelon page). */
    CHAMELON {
        @Override
        LogRules logRules() {
            return new LogRules.Chamelon();
        }

        @Override
        PairStateBuilder newState() {
            return new ChamelonState();
        }

        @Override
        public boolean isNewer(int revision, int than) {
            return revision > than ? revision - than < NEARBY : than - revision > NEARBY;
        }

        @Override
        public CtzLayout ctzLayout(int blockSize) {
            return new ChamelonCtz(blockSize);
        }
    };

    /** How far apart chamelon lets two revisions be (rule R1). */
    private static final int NEARBY = (1 << 30) - 1;

    abstract LogRules logRules();

    abstract PairStateBuilder newState();

    /** Whether a block of this revision is to be tried before one of the other; differences wrap (section 4.2, rule R1). */
    public abstract boolean isNewer(int revision, int than);

    /** Where the bytes of a file in blocks of its own are. */
    public abstract CtzLayout ctzLayout(int blockSize);
}

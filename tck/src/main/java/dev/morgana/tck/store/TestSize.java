package dev.morgana.tck.store;

/**
 * How much of a campaign is run. Two system properties tell, and the build passes them on to the tests:
 *
 * <ul>
 *   <li>{@link #SHORT}, without any: what fits into a build that everybody waits for;
 *   <li>{@link #FULL}, with {@code -Dmorgana.full=true}: what every submitted change has to pass;
 *   <li>{@link #NIGHTLY}, with {@code -Dmorgana.nightly=true}: hours.
 * </ul>
 */
public enum TestSize {
    /** For a build that everybody waits for. */
    SHORT,
    /** For every submitted change. */
    FULL,
    /** For the night. */
    NIGHTLY;

    private static final TestSize CURRENT =
            Boolean.getBoolean("morgana.nightly") ? NIGHTLY : Boolean.getBoolean("morgana.full") ? FULL : SHORT;

    /**
     * The size of this run.
     *
     * @return what the system properties ask for
     */
    public static TestSize current() {
        return CURRENT;
    }

    /**
     * Whether this run has all the time that it wants.
     *
     * @return whether it is {@link #NIGHTLY}
     */
    public static boolean isNightly() {
        return CURRENT == NIGHTLY;
    }

    /**
     * A number for this run, such as one of seeds.
     *
     * @param brief for {@link #SHORT}
     * @param full for {@link #FULL}
     * @param nightly for {@link #NIGHTLY}
     * @return one of the three
     */
    public static int of(int brief, int full, int nightly) {
        return switch (CURRENT) {
            case SHORT -> brief;
            case FULL -> full;
            case NIGHTLY -> nightly;
        };
    }
}

package dev.morgana.tck.model;

/**
 * How much a store is sure to hold. Below it, "no space" is a wrong answer.
 *
 * @param bytes the sum of the sizes of all values
 * @param entries the number of values and dictionaries
 */
public record Room(long bytes, int entries) {
    /**
     * Tells whether a state fits.
     *
     * @param state the state
     * @return whether neither number is exceeded
     */
    public boolean fits(TreeState state) {
        return state.totalBytes() <= bytes
                && state.keys().size() + state.dictionaries().size() <= entries;
    }
}

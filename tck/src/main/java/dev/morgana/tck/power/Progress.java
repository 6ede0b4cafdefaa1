package dev.morgana.tck.power;

/**
 * How far a scenario was when the power was lost.
 *
 * @param acknowledged how many steps had returned: the steps 0 to {@code acknowledged - 1}
 * @param underWay whether the step number {@code acknowledged} had begun
 */
public record Progress(int acknowledged, boolean underWay) {
    /** The state before the first step. */
    static final Progress NONE = new Progress(0, false);

    /** For people. */
    @Override
    public String toString() {
        return acknowledged + " steps acknowledged" + (underWay ? ", step " + acknowledged + " under way" : "");
    }
}

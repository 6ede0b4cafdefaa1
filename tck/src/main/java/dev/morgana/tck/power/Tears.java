package dev.morgana.tck.power;

import java.util.stream.IntStream;

/** Where an operation may tear: how many of its units are done. */
final class Tears {
    private static final int EVERY_UNIT_UP_TO = 16;

    private Tears() {}

    /**
     * The tears of an operation.
     *
     * @param units of how many units it consists
     * @return numbers of units done, ascending: each from 1 to one less than all where there are few; else one, half, and all
     *     but one
     */
    static int[] of(int units) {
        return units <= EVERY_UNIT_UP_TO ? IntStream.range(1, units).toArray() : new int[] {1, units / 2, units - 1};
    }
}

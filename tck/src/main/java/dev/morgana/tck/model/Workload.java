package dev.morgana.tck.model;

import java.util.List;

/**
 * What random sequences of operations are like.
 *
 * @param steps how many operations a sequence has
 * @param sizes sizes of values in bytes, among which the thresholds of the format should be; each is drawn as it is, one
 *     less, and one more
 * @param largest the largest value drawn, in bytes
 * @param room what the store is sure to hold; beyond it, it may say that there is no space
 * @param dictionaries whether to make and remove empty dictionaries, which needs the facet
 * @param reopenAlways whether to reopen after every operation, else after some
 */
public record Workload(
        int steps, List<Integer> sizes, int largest, Room room, boolean dictionaries, boolean reopenAlways) {
    public Workload {
        sizes = List.copyOf(sizes);
        if (steps < 1 || sizes.isEmpty() || largest < 0) {
            throw new IllegalArgumentException(
                    "steps " + steps + ", sizes " + sizes + ", largest " + largest + " make no workload");
        }
    }
}

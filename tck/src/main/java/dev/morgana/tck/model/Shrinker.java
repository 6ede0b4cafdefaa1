package dev.morgana.tck.model;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Makes a failing sequence smaller, as long as it fails. */
final class Shrinker<T> {
    /** Simpler items that could stand for one. */
    interface Simplifier<T> {
        List<T> simpler(T item);
    }

    private final Predicate<List<T>> fails;
    private final Simplifier<T> simplifier;
    private int triesLeft;

    Shrinker(Predicate<List<T>> fails, Simplifier<T> simplifier, int tries) {
        this.fails = fails;
        this.simplifier = simplifier;
        this.triesLeft = tries;
    }

    /** The smallest failing sequence that was found: first by leaving items out, then by simplifying those that remain. */
    List<T> shrink(List<T> failing) {
        List<T> smallest = List.copyOf(failing);
        List<T> before;
        do {
            before = smallest;
            for (int chunk = Math.max(1, smallest.size() / 2); chunk >= 1; chunk /= 2) {
                smallest = withoutChunks(smallest, chunk);
            }
            smallest = simplified(smallest);
        } while (!smallest.equals(before) && triesLeft > 0);
        return smallest;
    }

    private List<T> withoutChunks(List<T> items, int chunk) {
        List<T> smallest = items;
        for (int start = Math.max(0, items.size() - chunk); start >= 0; start -= chunk) {
            List<T> candidate = new ArrayList<>(smallest);
            int end = Math.min(start + chunk, candidate.size());
            if (start < end) {
                candidate.subList(start, end).clear();
                smallest = stillFails(candidate) ? candidate : smallest;
            }
        }
        return smallest;
    }

    private List<T> simplified(List<T> items) {
        List<T> smallest = new ArrayList<>(items);
        for (int i = 0; i < smallest.size(); i++) {
            T original = smallest.get(i);
            for (T simpler : simplifier.simpler(original)) {
                smallest.set(i, simpler);
                if (stillFails(smallest)) {
                    break;
                }
                smallest.set(i, original);
            }
        }
        return smallest;
    }

    private boolean stillFails(List<T> candidate) {
        return triesLeft-- > 0 && fails.test(List.copyOf(candidate));
    }
}

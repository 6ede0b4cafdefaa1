package dev.morgana.tck.model;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.store.Capability;
import dev.morgana.spi.store.KeyValueStore;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Random operations against the model. After each, the whole store is compared with it. A sequence that fails is made
 * smaller, and printed with its seed.
 */
public final class RandomRuns {
    /** A store that can be closed and opened again. */
    public interface Subject extends AutoCloseable {
        /**
         * The store.
         *
         * @return the store as it is open now
         * @throws StoreException if it cannot be opened
         */
        KeyValueStore store() throws StoreException;

        /**
         * Closes the store, and opens it again.
         *
         * @return the store
         * @throws StoreException if it cannot be opened
         */
        KeyValueStore reopen() throws StoreException;

        @Override
        void close();
    }

    /** Makes empty stores, one for each sequence. */
    @FunctionalInterface
    public interface Subjects {
        /**
         * Makes one.
         *
         * @return a store without content
         * @throws StoreException if it cannot be made
         */
        Subject fresh() throws StoreException;
    }

    private static final int SHRINKING_TRIES = 3000;

    private final Workload workload;
    private final Subjects subjects;

    /**
     * Prepares runs.
     *
     * @param workload what they are like
     * @param subjects makes the stores
     */
    public RandomRuns(Workload workload, Subjects subjects) {
        this.workload = workload;
        this.subjects = subjects;
    }

    /**
     * Runs one sequence after the other.
     *
     * @param firstSeed the seed of the first; the others follow
     * @param count how many
     * @throws AssertionError if one fails; the message has the smallest failing sequence that was found
     */
    public void run(long firstSeed, int count) {
        for (long seed = firstSeed; seed < firstSeed + count; seed++) {
            List<Step> steps = new StepGenerator(workload, seed).steps();
            Throwable failure = failure(steps);
            if (failure != null) {
                throw shrunk(seed, steps, failure);
            }
        }
    }

    private AssertionError shrunk(long seed, List<Step> steps, Throwable failure) {
        Shrinker<Step> shrinker = new Shrinker<>(
                candidate -> failure(candidate) != null,
                step -> step.operation().simpler().stream()
                        .map(simpler -> new Step(simpler, step.reopen()))
                        .toList(),
                SHRINKING_TRIES);
        List<Step> smallest = shrinker.shrink(steps);
        Throwable smallestFailure = failure(smallest);
        StringJoiner lines = new StringJoiner("\n  ", "\n  ", "\nas a test to paste:\n");
        smallest.forEach(step -> lines.add(step.toString()));
        Throwable cause = smallestFailure == null ? failure : smallestFailure;
        return new AssertionError(
                "seed " + seed + ", " + smallest.size() + " of " + steps.size() + " operations suffice: " + cause
                        + lines + FoundTest.source(seed, workload.room(), smallest),
                cause);
    }

    /**
     * Runs a sequence that was found once, and is printed with the failure.
     *
     * @param subject an empty store
     * @param room how much it is sure to hold
     * @param steps the sequence
     * @throws AssertionError if it fails again
     * @throws StoreException if the store cannot be opened
     */
    public static void replay(Subject subject, Room room, List<Step> steps) throws StoreException {
        run(steps, subject, room);
    }

    /** How a sequence fails; null if it does not. */
    private @Nullable Throwable failure(List<Step> steps) {
        try (Subject subject = subjects.fresh()) {
            run(steps, subject, workload.room());
            return null;
        } catch (Exception | AssertionError | StackOverflowError e) {
            return e;
        }
    }

    private static void run(List<Step> steps, Subject subject, Room room) throws StoreException {
        KeyValueStore store = subject.store();
        boolean explicit = store.info().capabilities().contains(Capability.EXPLICIT_DICTIONARIES);
        Trial trial = new Trial(new TreeModel(explicit), room);
        for (Step step : steps) {
            trial.run(step.operation(), store);
            trial.compare(store, "after " + step.operation());
            if (step.reopen()) {
                store = subject.reopen();
                trial.compare(store, "after reopening, which followed " + step.operation());
            }
        }
    }
}

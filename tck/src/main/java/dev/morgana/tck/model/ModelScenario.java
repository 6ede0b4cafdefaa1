package dev.morgana.tck.model;

import dev.morgana.spi.Morgana;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.store.Capability;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.Store;
import dev.morgana.tck.power.Judge;
import dev.morgana.tck.power.Progress;
import dev.morgana.tck.power.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Operations on a tree while the power may fail, judged by the model: what was acknowledged is there; of the operation under
 * way each value is old or new, and all of them together where the store promises it; and from there every further operation
 * does what the model says.
 *
 * <p>A scenario is used for one campaign at a time.
 */
public final class ModelScenario implements Scenario<KeyValueStore> {
    private final String name;
    private final List<Operation> preparation;
    private final List<Operation> operations;
    private final Room room;

    /** The model before each operation, and after the last one, as far as the scenario has run. */
    private final List<TreeModel> history = new ArrayList<>();

    private Set<Capability> capabilities = Set.of();

    private ModelScenario(String name, List<Operation> preparation, List<Operation> operations, Room room) {
        this.name = name;
        this.preparation = List.copyOf(preparation);
        this.operations = List.copyOf(operations);
        this.room = room;
    }

    /**
     * A scenario in which "no space" is always wrong.
     *
     * @param name a name for messages
     * @param operations what is done, at least one
     * @return the scenario
     */
    public static ModelScenario of(String name, List<Operation> operations) {
        return new ModelScenario(name, List.of(), operations, new Room(Long.MAX_VALUE, Integer.MAX_VALUE));
    }

    /**
     * This scenario, beginning with some content.
     *
     * @param before how the content is made, while the power is safe
     * @return the changed scenario
     */
    public ModelScenario after(List<Operation> before) {
        return new ModelScenario(name, before, operations, room);
    }

    /**
     * This scenario on a store that may be full: an operation that finds no space changes nothing, and that is right unless
     * the content is within bounds.
     *
     * @param bounds what the store is sure to hold
     * @return the changed scenario
     */
    public ModelScenario mayBeFullBeyond(Room bounds) {
        return new ModelScenario(name, preparation, operations, bounds);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public KeyValueStore view(Store store) {
        return Morgana.tree(store);
    }

    @Override
    public void prepare(KeyValueStore store) {
        begin(store);
        Trial trial = new Trial(history.get(0), room);
        preparation.forEach(operation -> trial.run(operation, store));
    }

    private void begin(KeyValueStore store) {
        capabilities = store.info().capabilities();
        history.clear();
        history.add(new TreeModel(capabilities.contains(Capability.EXPLICIT_DICTIONARIES)));
    }

    @Override
    public int steps() {
        return operations.size();
    }

    @Override
    public void run(int step, KeyValueStore store) throws StoreException {
        if (history.isEmpty() || (step == 0 && history.size() > 1)) {
            begin(store);
        }
        Trial trial = new Trial(history.get(step).copy(), room);
        trial.run(operations.get(step), store);
        trial.compare(store, "after " + operations.get(step));
        history.add(trial.model());
    }

    @Override
    public void attempt(int step, KeyValueStore store) throws StoreException {
        operations.get(step).run(store);
    }

    @Override
    public Judge<KeyValueStore> judge(Progress progress) {
        return new ModelJudge(progress);
    }

    /** The judge of one image. */
    private final class ModelJudge implements Judge<KeyValueStore> {
        private final Progress progress;
        private @Nullable TreeState found;
        private @Nullable Trial trial;

        ModelJudge(Progress progress) {
            this.progress = progress;
        }

        @Override
        public void reopened(KeyValueStore store) throws StoreException {
            TreeState state = TreeState.of(store);
            if (found != null && !state.equals(found)) {
                throw new AssertionError("opening again gives another state: first " + found + ", then " + state);
            }
            found = state;
            TreeModel old = history.get(progress.acknowledged());
            String violation = progress.underWay() ? underWay(old, state) : null;
            if (violation == null && !progress.underWay() && !state.equals(old.state())) {
                violation = "what was acknowledged is not there";
            }
            if (violation != null) {
                throw new AssertionError(violation + ": old " + old.state() + ", found " + state
                        + (progress.underWay() ? ", under way: " + operations.get(progress.acknowledged()) : ""));
            }
        }

        private @Nullable String underWay(TreeModel old, TreeState state) {
            int step = progress.acknowledged();
            TreeState changed = history.get(step + 1).state();
            return new CrashRule(operations.get(step), old, changed, capabilities).violation(state);
        }

        @Override
        public void proceed(KeyValueStore store) throws StoreException {
            TreeState state = found();
            int next = progress.acknowledged();
            if (progress.underWay() && state.equals(history.get(next + 1).state())) {
                next++;
            }
            boolean explicit = capabilities.contains(Capability.EXPLICIT_DICTIONARIES);
            Trial rest = new Trial(new TreeModel(explicit, state), room);
            for (Operation operation : operations.subList(next, operations.size())) {
                rest.run(operation, store);
            }
            rest.compare(store, "after writing to the end");
            trial = rest;
        }

        private TreeState found() {
            if (found == null) {
                throw new IllegalStateException("the store was not opened yet");
            }
            return found;
        }

        @Override
        public void finished(KeyValueStore store) throws StoreException {
            if (trial == null) {
                throw new IllegalStateException("nothing was written yet");
            }
            trial.compare(store, "after reopening");
        }
    }
}

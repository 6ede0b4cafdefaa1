package dev.morgana.tck.power;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.store.Store;
import java.util.List;

/** Puts numbers into a toy. */
record ToyScenario(List<Long> numbers) implements Scenario<ToyStore> {
    @Override
    public String name() {
        return "toy";
    }

    @Override
    public ToyStore view(Store store) {
        return (ToyStore) store;
    }

    @Override
    public int steps() {
        return numbers.size();
    }

    @Override
    public void run(int step, ToyStore store) throws StoreException {
        store.put(numbers.get(step));
    }

    @Override
    public Judge<ToyStore> judge(Progress progress) {
        return new Judge<>() {
            @Override
            public void reopened(ToyStore store) throws StoreException {
                long old = progress.acknowledged() == 0 ? 0 : numbers.get(progress.acknowledged() - 1);
                if (progress.underWay()) {
                    assertThat(store.get()).isIn(old, numbers.get(progress.acknowledged()));
                } else {
                    assertThat(store.get()).isEqualTo(old);
                }
            }

            @Override
            public void proceed(ToyStore store) throws StoreException {
                for (long number : numbers.subList(progress.acknowledged(), numbers.size())) {
                    store.put(number);
                }
            }

            @Override
            public void finished(ToyStore store) throws StoreException {
                assertThat(store.get()).isEqualTo(numbers.get(numbers.size() - 1));
            }
        };
    }
}

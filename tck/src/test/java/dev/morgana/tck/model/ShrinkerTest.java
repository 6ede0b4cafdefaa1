package dev.morgana.tck.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShrinkerTest {
    private static final List<Integer> HUNDRED =
            IntStream.rangeClosed(1, 100).boxed().toList();

    @Test
    void leavesOutWhatDoesNotMatter() {
        Shrinker<Integer> shrinker =
                new Shrinker<>(items -> items.contains(17) && items.contains(80), item -> List.of(), 1000);

        assertThat(shrinker.shrink(HUNDRED)).containsExactly(17, 80);
    }

    @Test
    void simplifiesWhatRemains() {
        Shrinker<Integer> shrinker = new Shrinker<>(
                items -> items.stream().anyMatch(item -> item >= 40),
                item -> List.of(item / 2, Math.max(0, item - 1)),
                1000);

        assertThat(shrinker.shrink(HUNDRED)).containsExactly(40);
    }

    @Test
    void triesNoMoreThanItMay() {
        AtomicInteger tries = new AtomicInteger();
        Shrinker<Integer> shrinker = new Shrinker<>(
                items -> {
                    tries.incrementAndGet();
                    return items.contains(99);
                },
                item -> List.of(),
                10);

        assertThat(shrinker.shrink(HUNDRED)).contains(99);
        assertThat(tries).hasValueLessThanOrEqualTo(10);
    }
}

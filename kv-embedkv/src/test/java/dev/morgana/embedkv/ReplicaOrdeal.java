package dev.morgana.embedkv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.facet.Repair;
import dev.morgana.spi.store.FlatStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** One run: random changes to a store of several replicas, and harm to one of them after the other. */
final class ReplicaOrdeal {
    private static final int BLOCKS = 120;
    private static final int ROUNDS = 4;
    private static final int KEYS = 6;
    private static final int MOST_CHANGES = 8;

    /** What happens to a replica. */
    private enum Harm {
        ZEROED,
        HEADER_ZEROED,
        BITS_FLIPPED,
        FAILING,
        TRUNCATED,
        REPLACED;

        /** A medium can be taken out and another one put in only while no store is open. */
        boolean needsClosedStore() {
            return this == TRUNCATED || this == REPLACED;
        }

        /** With two replicas nobody can tell which one is older, unless it missed changes while the other one worked. */
        boolean isPossible(int replicas) {
            return this != REPLACED || replicas > 2;
        }
    }

    private final long seed;
    private final int blockSize;
    private final Random random;
    private final Replicas replicas;
    private final Map<String, byte[]> expected = new HashMap<>();

    /** Images of each replica at earlier times. */
    private final List<List<byte[]>> older = new ArrayList<>();

    private final List<String> story = new ArrayList<>();
    private FlatStore store;

    ReplicaOrdeal(long seed, int count, int blockSize) throws StoreException {
        this.seed = seed;
        this.blockSize = blockSize;
        this.random = new Random(seed);
        this.replicas = Replicas.formatted(count, blockSize, BLOCKS);
        this.store = replicas.open();
    }

    void run() {
        try {
            for (int round = 0; round < ROUNDS; round++) {
                older.add(replicas.images());
                change();
                maybeReopen();
                change();
                int victim = random.nextInt(replicas.count());
                for (int harms = 1 + random.nextInt(2); harms > 0; harms--) {
                    harm(victim);
                    change();
                    maybeReopen();
                    change();
                    maybeHeal(victim);
                }
                repair();
            }
        } catch (StoreException | RuntimeException | AssertionError e) {
            throw new AssertionError(
                    "seed " + seed + ", " + replicas.count() + " replicas, blocks of " + blockSize + ": " + story, e);
        }
    }

    private void change() throws StoreException {
        for (int i = random.nextInt(MOST_CHANGES); i > 0; i--) {
            String key = "k" + random.nextInt(KEYS);
            if (random.nextInt(3) == 0) {
                story.add("remove " + key);
                assertThat(store.remove(key.getBytes(UTF_8))).isEqualTo(expected.remove(key) != null);
            } else {
                byte[] value = new byte[random.nextInt(5 * blockSize)];
                random.nextBytes(value);
                story.add("put " + key + " " + value.length);
                store.put(key.getBytes(UTF_8), value);
                expected.put(key, value);
            }
        }
        expectAll(store);
    }

    private void expectAll(FlatStore opened) throws StoreException {
        try (Stream<byte[]> keys = opened.keys()) {
            assertThat(keys.map(key -> new String(key, UTF_8))).containsExactlyInAnyOrderElementsOf(expected.keySet());
        }
        for (Map.Entry<String, byte[]> entry : expected.entrySet()) {
            assertThat(opened.get(entry.getKey().getBytes(UTF_8))).hasValue(entry.getValue());
        }
    }

    private void maybeReopen() throws StoreException {
        if (random.nextBoolean()) {
            reopen();
        }
    }

    private void reopen() throws StoreException {
        story.add("reopen");
        store.close();
        store = replicas.open();
        expectAll(store);
    }

    /** A replica that failed for a while is back, with what it held before. */
    private void maybeHeal(int victim) throws StoreException {
        if (random.nextBoolean()) {
            story.add("heal");
            replicas.heal(victim);
            reopen();
            change();
        }
    }

    private void harm(int victim) throws StoreException {
        List<Harm> possible = Stream.of(Harm.values())
                .filter(harm -> harm.isPossible(replicas.count()))
                .toList();
        Harm harm = possible.get(random.nextInt(possible.size()));
        story.add(harm + " " + victim);
        if (harm.needsClosedStore()) {
            store.close();
            harm(victim, harm);
            store = replicas.open();
            expectAll(store);
        } else {
            harm(victim, harm);
        }
    }

    private void harm(int victim, Harm harm) throws StoreException {
        byte[] image = replicas.image(victim);
        switch (harm) {
            case ZEROED -> replicas.overwrite(victim, 0, new byte[image.length]);
            case HEADER_ZEROED -> replicas.overwrite(victim, 0, new byte[blockSize]);
            case BITS_FLIPPED -> flipBits(victim);
            case FAILING -> replicas.fail(victim);
            case TRUNCATED ->
                replicas.replace(victim, Arrays.copyOf(image, blockSize * (1 + random.nextInt(BLOCKS - 1))));
            case REPLACED ->
                replicas.replace(victim, older.get(random.nextInt(older.size())).get(victim));
        }
    }

    private void flipBits(int victim) throws StoreException {
        int size = replicas.image(victim).length;
        for (int i = random.nextInt(8); i >= 0; i--) {
            int end = random.nextBoolean() ? size : Math.min(size, 12 * blockSize); // where most of the records are
            replicas.flip(victim, random.nextInt(end), random.nextInt(8));
        }
    }

    /** A medium that fails or is too short is replaced by a blank one, then the store is repaired. */
    private void repair() throws StoreException {
        store.close();
        for (int i = 0; i < replicas.count(); i++) {
            replicas.heal(i);
            if (replicas.image(i).length < blockSize * BLOCKS) {
                replicas.replace(i, new byte[blockSize * BLOCKS]);
            }
        }
        reopen();
        story.add("repair");
        store.facet(Repair.class).orElseThrow().repair(false, action -> {});
        expectAll(store);
        assertThat(store.info().properties()).doesNotContainKey("degraded");
        expectEqualReplicas();
    }

    private void expectEqualReplicas() throws StoreException {
        List<Finding> findings = new ArrayList<>();
        store.facet(Check.class).orElseThrow().check(Check.Depth.DEEP, findings::add);
        assertThat(findings).isEmpty();
        for (byte[] image : replicas.images()) {
            try (FlatStore alone = new Replicas(blockSize, List.of(image)).open()) {
                expectAll(alone);
            }
        }
    }
}

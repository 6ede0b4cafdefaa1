package dev.morgana.embedkv;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Repair;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.tck.model.Content;
import dev.morgana.tck.store.Campaign;
import dev.morgana.tck.store.TestSize;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Writes, syncs and reads fail now and then, and the store goes on: nothing that was acknowledged is lost, then or later. */
@Campaign
class TransientFaultTest {
    private static final int RUNS = TestSize.of(20, 300, 10_000);
    private static final int STEPS = 25;
    private static final int BLOCK_SIZE = 64;
    private static final int BLOCKS = 60;
    private static final int KEYS = 4;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void leaveWhatWasAcknowledged(int replicas) throws StoreException {
        int failures = 0;
        for (long seed = 0; seed < RUNS; seed++) {
            Run run = new Run(seed, replicas);
            try {
                run.run();
            } catch (StoreException | RuntimeException | AssertionError e) {
                throw new AssertionError("seed " + seed + ", " + replicas + " replicas: " + run.story, e);
            }
            failures += run.failures;
        }
        // With several replicas a call fails only if the last one does.
        assertThat(failures).isGreaterThan(replicas == 1 ? RUNS : 0);
    }

    private static final class Run {
        private final Random random;
        private final Replicas replicas;
        private final List<FlakyDevice.Trouble> troubles = new ArrayList<>();
        private final List<String> story = new ArrayList<>();

        /**
         * What each key may be bound to, as text; null if to nothing. It is one thing, but for a key whose change failed: then
         * a crash decides, until the next change is acknowledged.
         */
        private final Map<String, Set<@Nullable String>> possible = new HashMap<>();

        private FlatStore store;
        private int failures;

        Run(long seed, int count) throws StoreException {
            random = new Random(seed);
            replicas = Replicas.formatted(count, BLOCK_SIZE, BLOCKS);
            for (int i = 0; i < count; i++) {
                troubles.add(new FlakyDevice.Trouble());
            }
            for (int i = 0; i < KEYS; i++) {
                possible.put("k" + i, one(null));
            }
            store = open();
        }

        private FlatStore open() throws StoreException {
            List<BlockDevice> devices = new ArrayList<>();
            for (BlockDevice device : replicas.devices()) {
                devices.add(new FlakyDevice(device, troubles.get(devices.size())));
            }
            return EmbedKv.open(devices, Options.none()).store();
        }

        void run() throws StoreException {
            for (int step = 0; step < STEPS; step++) {
                boolean failing = random.nextInt(3) == 0;
                if (failing) {
                    for (FlakyDevice.Trouble trouble : troubles) {
                        trouble.after(random.nextInt(9), 1 + random.nextInt(3));
                    }
                }
                change("k" + random.nextInt(KEYS), random.nextInt(3) == 0 ? null : value());
                troubles.forEach(FlakyDevice.Trouble::end);
                expectAll();
                if (random.nextInt(4) == 0) {
                    crash();
                }
            }
        }

        private byte[] value() {
            return new Content(random.nextInt(4 * BLOCK_SIZE), random.nextInt(1000)).bytes();
        }

        private void change(String key, byte @Nullable [] value) throws StoreException {
            story.add((value == null ? "remove " : "put " + value.length + " ") + key);
            try {
                boolean changed = true;
                if (value == null) {
                    changed = store.remove(key.getBytes(UTF_8));
                } else {
                    store.put(key.getBytes(UTF_8), value);
                }
                if (changed) {
                    troubles.forEach(FlakyDevice.Trouble::end);
                    possible.put(key, one(text(value)));
                    decide();
                }
            } catch (DeviceException e) {
                failures++;
                story.add("failed");
                possible.get(key).add(text(value));
            }
        }

        /** The store is left as it is, without being closed. */
        private void crash() throws StoreException {
            story.add("crash");
            store = open();
            store.facet(Repair.class).orElseThrow().repair(false, action -> {});
            expectAll();
            decide();
        }

        private void expectAll() throws StoreException {
            for (Map.Entry<String, Set<@Nullable String>> entry : possible.entrySet()) {
                assertThat(entry.getValue()).as(entry.getKey()).contains(found(entry.getKey()));
            }
        }

        /** From now on what is there now must be there. */
        private void decide() throws StoreException {
            for (Map.Entry<String, Set<@Nullable String>> entry : possible.entrySet()) {
                String found = found(entry.getKey());
                assertThat(entry.getValue()).as(entry.getKey()).contains(found);
                entry.setValue(one(found));
            }
        }

        private @Nullable String found(String key) throws StoreException {
            return text(store.get(key.getBytes(UTF_8)).orElse(null));
        }

        private static @Nullable String text(byte @Nullable [] value) {
            return value == null ? null : HexFormat.of().formatHex(value);
        }

        private static Set<@Nullable String> one(@Nullable String value) {
            Set<@Nullable String> values = new HashSet<>();
            values.add(value);
            return values;
        }
    }
}

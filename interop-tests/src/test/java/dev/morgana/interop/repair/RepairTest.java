package dev.morgana.interop.repair;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.interop.golden.CutDevice;
import dev.morgana.littlefs.LittleFsProvider;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.facet.Repair;
import dev.morgana.spi.facet.Severity;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.store.Entry;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.ReadableStore;
import dev.morgana.tck.device.RamDevice;
import dev.morgana.tck.store.Campaign;
import dev.morgana.tck.store.TestSize;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every kind of damage to images of the C implementation is mended, or honestly refused: what could be read before can be read
 * afterwards, in its place or in lost+found; a check finds no error that the repair did not name; and a second repair has nothing
 * to do.
 */
@Campaign
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public class RepairTest {
    private static final int SEEDS = TestSize.of(4, 25, 200);
    private static final int CUT_SEEDS = TestSize.of(1, 1, 10);
    private static final int LEAST_KINDS = 40;

    private final Map<Damage, Outcomes> table = new TreeMap<>();

    /** What became of the images of one kind of damage. */
    static final class Outcomes {
        int harmless;
        int repaired;
        int refused;

        @Override
        public String toString() {
            return repaired + " | " + refused + " | " + harmless;
        }
    }

    @AfterAll
    void report() {
        table.forEach((damage, outcomes) -> System.out.println(
                "repair | " + damage.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " | " + outcomes));
    }

    @ParameterizedTest
    @EnumSource
    void mendsOrRefuses(Damage damage) throws Exception {
        Outcomes outcomes = new Outcomes();
        table.put(damage, outcomes);
        assertThat(Damage.values()).hasSizeGreaterThanOrEqualTo(LEAST_KINDS);
        int done = 0;
        for (long seed = 0; done < SEEDS; seed++) {
            assertThat(seed).as("tries of " + damage).isLessThan(40L * SEEDS);
            DamagedImages.Damaged image = DamagedImages.of(damage, seed);
            if (image != null) {
                judge(damage + " " + seed + " of " + image.name(), image, outcomes);
                done++;
            }
        }
    }

    /** Cut off at any write, a repair has given up nothing, and can be run again. */
    @ParameterizedTest
    @EnumSource
    void survivesPowerLoss(Damage damage) throws Exception {
        int done = 0;
        for (long seed = 0; done < CUT_SEEDS; seed++) {
            DamagedImages.Damaged image = DamagedImages.of(damage, seed);
            if (image != null) {
                cut(damage + " " + seed + " of " + image.name(), image);
                done++;
            }
        }
    }

    private static void cut(String what, DamagedImages.Damaged damaged) throws StoreException {
        int size = damaged.blockSize();
        Map<Key, byte[]> before = readable(damaged.image(), size);
        boolean finished = false;
        for (int cut = 0; !finished; cut += 1 + cut / 8) {
            String when = what + ", cut " + cut;
            CutDevice device = new CutDevice(device(damaged.image(), size), cut);
            try (Inspection inspection = new LittleFsProvider().inspect(List.of(device), options(size))) {
                finished = device.run(
                        () -> inspection.facet(Repair.class).orElseThrow().repair(false, action -> {}));
            }
            compare(when, before, readable(device.image(), size));
            Answer again = repair(device.image(), size, false);
            compare(when, before, readable(again.image(), size));
            assertThat(repair(again.image(), size, true).actions()).as(when).isEmpty();
        }
    }

    /** A device with an image. */
    public static RamDevice device(byte[] image, int blockSize) {
        return RamDevice.of(new Geometry(1, 1, blockSize, image.length / blockSize, ErasedState.ONES), image);
    }

    /** What a repair answered. */
    private record Answer(byte[] image, List<String> actions, List<Finding> remaining) {}

    private static Answer repair(byte[] image, int blockSize, boolean dryRun) throws StoreException {
        RamDevice device = device(image, blockSize);
        List<String> actions = new ArrayList<>();
        try (Inspection inspection = new LittleFsProvider().inspect(List.of(device), options(blockSize))) {
            List<Finding> remaining = inspection
                    .facet(Repair.class)
                    .orElseThrow()
                    .repair(dryRun, action -> actions.add(action.position() + " " + action.action()));
            return new Answer(device.image(), actions, remaining);
        }
    }

    /** What these images are opened with. */
    public static Options options(int blockSize) {
        return Options.none().plus("blockSize", Integer.toString(blockSize)).plus("dialect", "littlefs");
    }

    /** The image after a repair that leaves no error; null if that is refused. */
    public static byte @Nullable [] repaired(DamagedImages.Damaged damaged) throws StoreException {
        Answer answer = repair(damaged.image(), damaged.blockSize(), false);
        return answer.remaining().isEmpty() ? answer.image() : null;
    }

    private static List<Finding> errors(byte[] image, int blockSize) throws StoreException {
        List<Finding> errors = new ArrayList<>();
        try (Inspection inspection =
                new LittleFsProvider().inspect(List.of(device(image, blockSize)), options(blockSize))) {
            inspection.facet(Check.class).orElseThrow().check(Check.Depth.DEEP, finding -> {
                if (finding.severity() == Severity.ERROR) {
                    errors.add(finding);
                }
            });
        }
        return errors;
    }

    private static void judge(String what, DamagedImages.Damaged damaged, Outcomes outcomes) throws StoreException {
        int size = damaged.blockSize();
        Map<Key, byte[]> before = readable(damaged.image(), size);
        Answer dry = repair(damaged.image(), size, true);
        assertThat(dry.image()).as("%s: a dry run writes nothing", what).isEqualTo(damaged.image());
        Answer real = repair(damaged.image(), size, false);
        assertThat(real.actions()).as("%s: what the dry run tells", what).isEqualTo(dry.actions());
        assertThat(real.remaining().toString())
                .as(what)
                .isEqualTo(dry.remaining().toString());
        List<Finding> errors = errors(real.image(), size);
        assertThat(errors.toString())
                .as("%s: what remains is named", what)
                .isEqualTo(real.remaining().toString());
        assertThat(repair(real.image(), size, true).actions())
                .as("%s: a second repair has nothing to do", what)
                .isEmpty();
        compare(what, before, readable(real.image(), size));
        if (errors.isEmpty()) {
            goOn(what, real.image(), size);
        } else {
            assertThat(real.actions().isEmpty()
                            || errors.size() <= errors(damaged.image(), size).size())
                    .as("%s: fewer errors than before", what)
                    .isTrue();
        }
        if (real.actions().isEmpty()) {
            outcomes.harmless += errors.isEmpty() ? 1 : 0;
            outcomes.refused += errors.isEmpty() ? 0 : 1;
        } else {
            outcomes.repaired += errors.isEmpty() ? 1 : 0;
            outcomes.refused += errors.isEmpty() ? 0 : 1;
        }
    }

    /** Every value that can be read whole. */
    private static Map<Key, byte[]> readable(byte[] image, int blockSize) throws StoreException {
        Map<Key, byte[]> values = new TreeMap<>();
        Options readOnly = options(blockSize).plus("readOnly", "true");
        try (ReadableStore store = new LittleFsProvider().open(List.of(device(image, blockSize)), readOnly)) {
            collect(store, Key.ROOT, values);
        } catch (StoreException e) {
            return values;
        }
        return values;
    }

    private static void collect(ReadableStore store, Key dictionary, Map<Key, byte[]> values) {
        if (dictionary.depth() > 12) {
            return;
        }
        List<Entry> entries;
        try (Stream<Entry> all = store.list(dictionary)) {
            entries = all.toList();
        } catch (StoreException e) {
            return;
        }
        for (Entry entry : entries) {
            try {
                if (store.kind(entry.key()).orElseThrow() == Kind.DICTIONARY) {
                    collect(store, entry.key(), values);
                } else {
                    values.put(entry.key(), store.get(entry.key()));
                }
            } catch (StoreException e) {
                continue;
            }
        }
    }

    /** Each value is where it was, or somewhere else whole. */
    private static void compare(String what, Map<Key, byte[]> before, Map<Key, byte[]> after) {
        Set<String> anywhere = new HashSet<>();
        after.values().forEach(value -> anywhere.add(Arrays.toString(value)));
        before.forEach((key, value) -> {
            boolean kept = Arrays.equals(value, after.get(key)) || anywhere.contains(Arrays.toString(value));
            assertThat(kept)
                    .as("%s: %s, of %d bytes, can still be read", what, key, value.length)
                    .isTrue();
        });
    }

    /** A mended image can be changed. */
    private static void goOn(String what, byte[] image, int blockSize) throws StoreException {
        Key key = Key.of("after-the-repair");
        try (KeyValueStore store = new LittleFsProvider().open(List.of(device(image, blockSize)), options(blockSize))) {
            store.set(key, new byte[] {1, 2, 3});
            assertThat(store.get(key)).as(what).containsExactly(1, 2, 3);
            store.remove(key);
        }
    }
}

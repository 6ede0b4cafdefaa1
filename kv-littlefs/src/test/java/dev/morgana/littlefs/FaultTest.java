package dev.morgana.littlefs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.DeviceException;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.facet.Severity;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.tck.device.RamDevice;
import dev.morgana.tck.model.Operation;
import dev.morgana.tck.model.TreeState;
import dev.morgana.tck.store.Campaign;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes wrong below: no space at any point of any change, and devices that fail or lie once, at every operation. */
@Campaign
class FaultTest {
    private static final Geometry GEOMETRY = new Geometry(16, 16, 256, 96, ErasedState.ONES);
    private static final Options WORN = Options.none().plus("blockCycles", "1");

    private static KeyValueStore content(dev.morgana.spi.block.BlockDevice device) throws StoreException {
        LittleFs.format(device, WORN);
        KeyValueStore store = Stores.open(device, WORN);
        for (Operation operation : Changes.content()) {
            operation.run(store);
        }
        return store;
    }

    /** The states before and after each change, where nothing goes wrong. */
    private static List<TreeState> states() throws StoreException {
        List<TreeState> states = new ArrayList<>();
        try (KeyValueStore store = content(RamDevice.erased(GEOMETRY.withBlockCount(400)))) {
            states.add(TreeState.of(store));
            for (Operation operation : Changes.all()) {
                operation.run(store);
                states.add(TreeState.of(store));
            }
        }
        return states;
    }

    private static void assertSound(KeyValueStore store, RamDevice device, TreeState expected) throws StoreException {
        List<Finding> findings = new ArrayList<>();
        store.facet(Check.class).orElseThrow().check(Check.Depth.DEEP, findings::add);
        assertThat(findings)
                .filteredOn(finding -> finding.severity() == Severity.ERROR && !finding.repairable())
                .isEmpty();
        try (KeyValueStore again = Stores.open(RamDevice.of(device.geometry(), device.image()), WORN)) {
            assertThat(TreeState.of(again)).isEqualTo(expected);
        }
    }

    /** Runs the n-th change; the ones before it, without faults. */
    private static void runUpTo(KeyValueStore store, int change) throws StoreException {
        for (Operation operation : Changes.all().subList(0, change)) {
            operation.run(store);
        }
    }

    @Test
    void aFullDeviceRefusesAndKeepsEverything() throws StoreException {
        List<TreeState> states = states();
        int refused = 0;
        for (int change = 0; change < Changes.all().size(); change++) {
            for (int free = 0; free <= 10; free++) {
                RamDevice device = RamDevice.erased(GEOMETRY);
                try (KeyValueStore store = content(device)) {
                    runUpTo(store, change);
                    List<Key> ballast = fill(store, free);
                    TreeState before = TreeState.of(store);
                    try {
                        Changes.all().get(change).run(store);
                        ballast.forEach(key -> remove(store, key));
                        assertThat(TreeState.of(store)).isEqualTo(states.get(change + 1));
                    } catch (NoSpaceException e) {
                        refused++;
                        assertThat(e.nativeCode()).contains("NOSPC");
                        assertThat(TreeState.of(store)).isEqualTo(before);
                        assertSound(store, device, before);
                        ballast.forEach(key -> remove(store, key));
                        Changes.all().get(change).run(store);
                        assertThat(TreeState.of(store)).isEqualTo(states.get(change + 1));
                    }
                    assertSound(store, device, states.get(change + 1));
                }
            }
        }
        assertThat(refused).as("changes that were refused").isGreaterThan(10);
    }

    private static void remove(KeyValueStore store, Key key) {
        try {
            store.remove(key);
        } catch (StoreException e) {
            throw new AssertionError(e);
        }
    }

    /** Values of one block each, until none is free, less some. */
    private static List<Key> fill(KeyValueStore store, int free) throws StoreException {
        List<Key> keys = new ArrayList<>();
        try {
            while (true) {
                Key key = Key.of("zz" + keys.size());
                store.set(key, new byte[200]);
                keys.add(key);
            }
        } catch (NoSpaceException e) {
            for (int i = 0; i < free && !keys.isEmpty(); i++) {
                store.remove(keys.remove(keys.size() - 1));
            }
            return keys;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDeviceThatFailsOnceLosesNothing(FlakyDevice.Fault fault) throws StoreException {
        List<TreeState> states = states();
        int failures = 0;
        for (int change = 0; change < Changes.all().size(); change++) {
            boolean failed = true;
            for (int after = 0; failed; after++) {
                RamDevice memory = RamDevice.erased(GEOMETRY.withBlockCount(160));
                FlakyDevice device = new FlakyDevice(memory, fault);
                try (KeyValueStore store = content(device)) {
                    runUpTo(store, change);
                    device.failAfter(after);
                    boolean done = run(store, change);
                    failed = device.hasFailed();
                    device.failAfter(Long.MAX_VALUE);
                    failures += failed ? 1 : 0;
                    assertAfterFault(store, memory, states, change, done);
                }
            }
        }
        assertThat(failures).as("operations that went wrong").isGreaterThan(100);
    }

    private static boolean run(KeyValueStore store, int change) throws StoreException {
        try {
            Changes.all().get(change).run(store);
            return true;
        } catch (DeviceException e) {
            return false;
        }
    }

    /** A failed change is done or not, and the store goes on. */
    private static void assertAfterFault(
            KeyValueStore store, RamDevice memory, List<TreeState> states, int change, boolean done)
            throws StoreException {
        TreeState found = TreeState.of(store);
        if (done) {
            assertThat(found).isEqualTo(states.get(change + 1));
        }
        assertSound(store, memory, found);
        store.set(Key.of("later"), new byte[300]);
        store.remove(Key.of("later"));
        assertThat(TreeState.of(store)).isEqualTo(found);
        assertSound(store, memory, found);
    }
}

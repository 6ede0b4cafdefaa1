package dev.morgana.tck.store;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.morgana.spi.Morgana;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.ReadOnlyStoreException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.AtomicBatch;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.facet.Dictionaries;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.option.CommonOptions;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.store.BeyondEnd;
import dev.morgana.spi.store.Capability;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.RenameMode;
import dev.morgana.spi.store.SetOption;
import dev.morgana.tck.model.Content;
import dev.morgana.tck.model.ModelScenario;
import dev.morgana.tck.model.Operation;
import dev.morgana.tck.model.Operations;
import dev.morgana.tck.model.RandomRuns;
import dev.morgana.tck.model.TreeState;
import dev.morgana.tck.model.Workload;
import dev.morgana.tck.power.VolatileMedium;
import dev.morgana.tck.store.StoreTest.On;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.function.Executable;

/** Items 74 to 83 of the contract: what survives, and for how long a store lives. */
public abstract class DurabilityTck extends CrashTck {
    private static final Key A = Key.of("a");
    private static final int REOPENED_SEEDS = 40;
    private static final Duration NO_HANG = Duration.ofMinutes(10);

    /** For subclasses. */
    protected DurabilityTck() {}

    @StoreTest
    @DisplayName("74: each mutation survives a power loss right after it, without close")
    void eachMutationIsDurable(Bench bench) throws StoreException {
        VolatileMedium medium = VolatileMedium.erased(
                bench.variant().geometry(), bench.variant().devices(), false);
        bench.provider().format(medium.open(), bench.variant().formatOptions());
        List<Operation> changes = new ArrayList<>(Changes.before());
        changes.addAll(Changes.of(bench));
        try (KeyValueStore store = Morgana.tree(bench.provider().open(medium.open(), bench.openOptions()))) {
            for (Operation change : changes) {
                change.run(store);
                TreeState expected = TreeState.of(store);
                List<BlockDevice> devices = medium.afterPowerLoss().open();
                try (KeyValueStore after = Morgana.tree(bench.provider().open(devices, bench.openOptions()))) {
                    assertEquals(expected, TreeState.of(after), change::toString);
                }
            }
        }
    }

    @Campaign
    @StoreTest
    @DisplayName("76: the same for every mutation, under the full fault model, with a second crash while recovering")
    void crashUnderTheFullFaultModel(Bench bench, TestReporter reporter) throws Exception {
        ModelScenario scenario =
                ModelScenario.of("every mutation", Changes.of(bench)).after(Changes.before());
        reporter.publishEntry(
                "power loss", bench.powerLoss().withRecoveryCuts().run(scenario).toString());
    }

    @Campaign
    @StoreTest(On.SMALLEST)
    @DisplayName("76: the same while the store is being overwritten until every block was used")
    void crashWhileSpaceIsReused(Bench bench, TestReporter reporter) throws Exception {
        int value = bench.size(VariantContexts.size(bench.variant()) / 10, 4);
        List<Operation> overwrites = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            overwrites.add(new Operations.Put(Key.of("k" + i % 3), new Content(value - i % 3, i), false));
        }
        ModelScenario scenario = ModelScenario.of("overwriting", overwrites).after(Changes.before());
        reporter.publishEntry(
                "power loss", bench.powerLoss().withRecoveryCuts().run(scenario).toString());
    }

    @Campaign
    @StoreTest
    @DisplayName("76: a dictionary that was replaced does not come back when the value is removed")
    void crashWhileReplacing(Bench bench, TestReporter reporter) throws Exception {
        assumeTrue(
                bench.flat().isEmpty() || bench.store().facet(AtomicBatch.class).isPresent(),
                "the tree over a flat store without batches hides what is left of the dictionary, and shows it again");
        ModelScenario scenario = ModelScenario.of(
                        "replacing a dictionary",
                        List.of(
                                new Operations.Replace(Key.of("n"), new Content(25, 1)),
                                new Operations.Remove(Key.of("n")),
                                new Operations.Put(Key.of("n/y"), new Content(5, 2), false)))
                .after(List.of(
                        new Operations.Put(Key.of("n/w"), new Content(9, 3), false),
                        new Operations.Put(Key.of("n/d/x"), new Content(40, 4), false)));
        reporter.publishEntry("power loss", bench.powerLoss().run(scenario).toString());
    }

    @StoreTest
    @DisplayName("77: reformatting a used device shows nothing old")
    void reformat(Bench bench) throws StoreException {
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 4; i++) {
                bench.store().set(Key.of("old" + round + i), Bench.bytes(20));
                bench.store().set(Key.of("d/old" + round + i), Bench.bytes(30));
            }
            bench.format();
            assertEquals(List.of(), TreeState.of(bench.store()).keys());
            assertEquals(List.of(), TreeState.of(bench.store()).dictionaries());
            for (int i = 0; i < 10; i++) {
                bench.store().set(A, Bench.bytes(i));
                assertEquals(List.of(A), TreeState.of(bench.reopen()).keys());
            }
        }
    }

    @StoreTest
    @DisplayName("77: formatting makes a store out of a device full of anything")
    void formatOverAnything(Bench bench) throws StoreException {
        Random random = new Random(77);
        List<byte[]> images = bench.images();
        for (int round = 0; round < 3; round++) {
            images.forEach(random::nextBytes);
            List<BlockDevice> devices = bench.copies(images);
            bench.provider().format(devices, bench.variant().formatOptions());
            try (KeyValueStore store = Morgana.tree(bench.provider().open(devices, bench.openOptions()))) {
                assertEquals(List.of(), TreeState.of(store).keys());
                store.set(A, Bench.bytes(9));
                assertArrayEquals(Bench.bytes(9), store.get(A));
            }
        }
    }

    @Campaign
    @StoreTest
    @DisplayName("77: a crash while formatting leaves the old store, the new one, or none")
    void crashWhileFormatting(Bench bench, TestReporter reporter) throws Exception {
        ModelScenario scenario = ModelScenario.of("old content", Changes.before());
        reporter.publishEntry(
                "power loss", bench.powerLoss().runFormat(scenario).toString());
    }

    @StoreTest
    @DisplayName("78: closing twice is legal; any later call is IllegalState")
    void closed(Bench bench) throws IOException {
        KeyValueStore store = bench.store();
        store.set(A, Bench.bytes(9));
        InputStream stream = store.open(A);
        Check check = store.facet(Check.class).orElse(null);
        store.close();
        store.close();
        List<Executable> calls = new ArrayList<>(List.of(
                store::info,
                store::flush,
                () -> store.facet(Check.class),
                () -> store.kind(A),
                () -> store.kind(Key.ROOT),
                () -> store.get(A),
                () -> store.open(A),
                () -> store.read(A, 0, ByteBuffer.allocate(1)),
                () -> store.list(Key.ROOT).close(),
                () -> store.size(A),
                () -> store.totalSize(A),
                () -> store.lastModified(A),
                () -> store.digest(A),
                () -> store.set(A, new byte[1]),
                () -> store.set(A, InputStreams.of(new byte[1])),
                () -> store.write(A, 0, ByteBuffer.allocate(1), BeyondEnd.APPEND),
                () -> store.allocate(Key.of("z"), 1),
                () -> store.remove(A),
                store::clear,
                () -> store.rename(A, Key.of("b"), RenameMode.EXACT)));
        if (check != null) {
            calls.add(() -> check.check(Check.Depth.STRUCTURE, finding -> {}));
        }
        assertAll(calls.stream().map(call -> () -> assertThrows(IllegalStateException.class, call)));
        Exception e = assertThrows(Exception.class, stream::read, "a stream ends with its store");
        assertTrue(e instanceof IOException || e instanceof IllegalStateException, e::toString);
        stream.close();
        bench.closeStore();
    }

    @StoreTest
    @DisplayName("79: on a read-only device reads work, writes fail ReadOnlyStore, and no byte changes")
    void readOnlyDevice(Bench bench) throws StoreException {
        bench.store().set(A, Bench.bytes(9));
        bench.store()
                .set(
                        Key.of("d/v"),
                        Bench.bytes(bench.size(2L * bench.variant().geometry().blockSize(), 3)));
        TreeState expected = TreeState.of(bench.store());
        List<byte[]> images = bench.images();
        expectReadOnly(bench.reopenReadOnly(), expected);
        Images.assertSame(images, bench.images());
    }

    @StoreTest
    @DisplayName("79: the same with the option readOnly on a device that could be changed")
    void readOnlyOption(Bench bench) throws StoreException {
        assumeTrue(bench.takes(CommonOptions.READ_ONLY), "the format does not declare the option readOnly");
        bench.store().set(A, Bench.bytes(9));
        bench.store().set(Key.of("d/v"), Bench.bytes(19));
        TreeState expected = TreeState.of(bench.store());
        List<byte[]> images = bench.images();
        VolatileMedium medium = VolatileMedium.of(bench.variant().geometry(), images, false);
        Options readOnly = bench.openOptions().with(CommonOptions.READ_ONLY, true);
        try (KeyValueStore store = Morgana.tree(bench.provider().open(medium.open(), readOnly))) {
            expectReadOnly(store, expected);
        }
        Images.assertSame(images, medium.images());
    }

    private static void expectReadOnly(KeyValueStore store, TreeState expected) throws StoreException {
        assertTrue(store.info().readOnly());
        assertEquals(expected, TreeState.of(store));
        List<Executable> changes = List.of(
                () -> store.set(A, new byte[1]),
                () -> store.set(Key.of("n"), InputStreams.of(new byte[1])),
                () -> store.set(Key.of("d"), new byte[1], SetOption.REPLACE_DICTIONARY),
                () -> store.write(A, 0, ByteBuffer.allocate(1), BeyondEnd.APPEND),
                () -> store.allocate(Key.of("z"), 1),
                () -> store.remove(A),
                () -> store.remove(Key.of("d")),
                store::clear,
                () -> store.rename(A, Key.of("b"), RenameMode.EXACT),
                () -> store.rename(Key.of("d"), Key.of("b"), RenameMode.EXACT));
        assertAll(changes.stream().map(change -> () -> assertThrows(ReadOnlyStoreException.class, change)));
        store.flush();
        assertEquals(expected, TreeState.of(store));
    }

    @StoreTest
    @DisplayName("80: many readers, one writer: no torn value, and one that comes and goes is whole or missing")
    void readersAndWriter(Bench bench) throws StoreException {
        KeyValueStore store = bench.store();
        int size = bench.size(bench.variant().geometry().blockSize() + 100L, 8);
        assertTimeoutPreemptively(NO_HANG, () -> new Concurrency(store, size).run());
    }

    @StoreTest(On.SMALLEST)
    @DisplayName("81: random operations agree with the model")
    void randomOperations(Bench bench) throws StoreException {
        new RandomRuns(workload(bench, 40, false), bench::another)
                .run(0, fixture().seeds());
    }

    @StoreTest(On.SMALLEST)
    @DisplayName("82: reopened after each step of a random run, nothing is lost")
    void reopenedAfterEachStep(Bench bench) throws StoreException {
        int seeds = Math.min(REOPENED_SEEDS, fixture().seeds());
        new RandomRuns(workload(bench, 30, true), bench::another).run(1_000, seeds);
    }

    private static Workload workload(Bench bench, int steps, boolean reopenAlways) throws StoreException {
        int block = bench.variant().geometry().blockSize();
        TreeSet<Integer> sizes = new TreeSet<>(List.of(0, 8, block / 4, block));
        sizes.addAll(bench.variant().sizes());
        int largest = bench.size(2L * block, 4);
        boolean dictionaries = bench.store().facet(Dictionaries.class).isPresent();
        return new Workload(steps, List.copyOf(sizes), largest, bench.variant().room(), dictionaries, reopenAlways);
    }

    @StoreTest
    @DisplayName("83: the same operations at the same time give identical images")
    void deterministic(Bench bench) throws StoreException {
        assumeTrue(bench.fixture().isReproducible(), "the store draws random numbers: equal changes give other bytes");
        List<byte[]> images = imagesAfterChanges(bench);
        try (Bench other = bench.another()) {
            Images.assertSame(images, imagesAfterChanges(other));
        }
    }

    private static List<byte[]> imagesAfterChanges(Bench bench) throws StoreException {
        for (Operation change : Changes.before()) {
            change.run(bench.store());
        }
        for (Operation change : Changes.of(bench)) {
            bench.clock().tick();
            change.run(bench.store());
        }
        bench.reopen().set(A, Bench.bytes(17));
        return bench.images();
    }

    @StoreTest
    @DisplayName("94: a store for flash never programs a unit that is not erased, nor across blocks")
    void keepsTheRulesOfFlash(Bench bench) throws StoreException {
        assumeTrue(
                bench.info().capabilities().contains(Capability.ERASE_BEFORE_WRITE),
                "the store does not have the capability ERASE_BEFORE_WRITE");
        VolatileMedium medium = VolatileMedium.erased(
                bench.variant().geometry(), bench.variant().devices(), true);
        for (int round = 0; round < 2; round++) {
            bench.provider().format(medium.open(), bench.variant().formatOptions());
            for (Operation change : Changes.of(bench)) {
                try (KeyValueStore store = Morgana.tree(bench.provider().open(medium.open(), bench.openOptions()))) {
                    change.run(store);
                }
            }
        }
    }
}

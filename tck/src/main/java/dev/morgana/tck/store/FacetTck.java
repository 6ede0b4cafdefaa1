package dev.morgana.tck.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.morgana.spi.error.Failure;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.AtomicBatch;
import dev.morgana.spi.facet.Change;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.facet.Compaction;
import dev.morgana.spi.facet.Cursor;
import dev.morgana.spi.facet.Direction;
import dev.morgana.spi.facet.Dump;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.facet.GarbageCollection;
import dev.morgana.spi.facet.KeyRange;
import dev.morgana.spi.facet.OrderedScan;
import dev.morgana.spi.facet.ReadTransaction;
import dev.morgana.spi.facet.Severity;
import dev.morgana.spi.facet.Transactions;
import dev.morgana.spi.facet.Usage;
import dev.morgana.spi.facet.WriteTransaction;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.tck.model.Content;
import dev.morgana.tck.model.ModelScenario;
import dev.morgana.tck.model.Operations;
import dev.morgana.tck.model.TreeState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestReporter;

/**
 * Items 96 to 98 of the contract, and what the facets promise in their own documentation (items F1 and on). A facet that a
 * store does not have skips its tests.
 */
public abstract class FacetTck extends EntryFacetContract {
    private static final Key A = Key.of("a");
    private static final Key B = Key.of("b");
    private static final Key NESTED = Key.of("d/v");

    /** For subclasses. */
    protected FacetTck() {}

    private static byte[] raw(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }

    @Campaign
    @StoreTest
    @DisplayName("96: a batch is all or nothing under crash")
    void batchUnderCrash(Bench bench, TestReporter reporter) throws Exception {
        facet(bench, AtomicBatch.class);
        int large = bench.size(bench.variant().geometry().blockSize() / 2 + 7L, 8);
        ModelScenario scenario = ModelScenario.of(
                        "batches",
                        List.of(
                                new Operations.Batch(List.of(
                                        new Operations.Batch.Part(A, new Content(large, 1)),
                                        new Operations.Batch.Part(NESTED, new Content(20, 2)),
                                        new Operations.Batch.Part(B, null))),
                                new Operations.Batch(List.of(
                                        new Operations.Batch.Part(A, new Content(10, 3)),
                                        new Operations.Batch.Part(B, new Content(large, 4)),
                                        new Operations.Batch.Part(NESTED, new Content(large, 5))))))
                .after(List.of(
                        new Operations.Put(B, new Content(30, 6), false),
                        new Operations.Put(NESTED, new Content(40, 7), false)));
        reporter.publishEntry("power loss", bench.powerLoss().run(scenario).toString());
    }

    @StoreTest
    @DisplayName("97: in a batch with a repeated key the last one counts")
    void repeatedKeyInBatch(Bench bench) throws StoreException {
        AtomicBatch batch = facet(bench, AtomicBatch.class);
        bench.store().set(B, Bench.bytes(3));
        batch.apply(List.of(
                new Change.Put(raw("a"), Bench.bytes(1)),
                new Change.Remove(raw("b")),
                new Change.Put(raw("a"), Bench.bytes(2)),
                new Change.Put(raw("c"), Bench.bytes(3)),
                new Change.Put(raw("b"), Bench.bytes(4)),
                new Change.Remove(raw("c"))));
        batch.apply(List.of());
        KeyValueStore store = bench.reopen();
        assertEquals(List.of(A, B), TreeState.of(store).keys());
        assertArrayEquals(Bench.bytes(2), store.get(A));
        assertArrayEquals(Bench.bytes(4), store.get(B));
    }

    @StoreTest
    @DisplayName("97: a batch with one change too large changes nothing")
    void refusedBatch(Bench bench) throws StoreException {
        AtomicBatch batch = facet(bench, AtomicBatch.class);
        bench.store().set(B, Bench.bytes(3));
        byte[] huge = new byte[Math.toIntExact(VariantContexts.size(bench.variant()))];
        TreeState before = TreeState.of(bench.store());
        StoreException e = assertThrows(
                StoreException.class,
                () -> batch.apply(List.of(
                        new Change.Put(raw("a"), Bench.bytes(1)),
                        new Change.Remove(raw("b")),
                        new Change.Put(raw("c"), huge))));
        assertTrue(e.failure() == Failure.NO_SPACE || e.failure() == Failure.LIMIT_EXCEEDED, e::toString);
        assertEquals(before, TreeState.of(bench.store()));
        assertEquals(before, TreeState.of(bench.reopen()));
    }

    private static List<String> scan(OrderedScan scan, KeyRange range, Direction direction) throws StoreException {
        List<String> keys = new ArrayList<>();
        try (Cursor cursor = scan.scan(range, direction)) {
            while (cursor.next()) {
                keys.add(new String(cursor.key(), StandardCharsets.UTF_8));
                assertEquals(cursor.value().length, cursor.size());
            }
            assertFalse(cursor.next(), "an end is an end");
        }
        return keys;
    }

    @StoreTest
    @DisplayName("98: a scan is ordered and complete, forward and in reverse, within its range")
    void scans(Bench bench) throws StoreException {
        OrderedScan scan = facet(bench, OrderedScan.class);
        List<String> names = List.of("a", "a-b", "a/b", "ab", "b", "z");
        for (String name : List.of("z", "a/b", "b", "ab", "a-b", "a")) {
            bench.flat().orElseThrow().put(raw(name), raw(name));
        }
        assertEquals(names, scan(scan, KeyRange.all(), Direction.FORWARD));
        assertEquals(reversed(names), scan(scan, KeyRange.all(), Direction.REVERSE));
        assertEquals(List.of("a", "a-b", "a/b", "ab"), scan(scan, KeyRange.prefix(raw("a")), Direction.FORWARD));
        assertEquals(List.of("ab", "a/b", "a-b", "a"), scan(scan, KeyRange.prefix(raw("a")), Direction.REVERSE));
        KeyRange inner = new KeyRange(raw("a"), false, raw("b"), true);
        assertEquals(List.of("a-b", "a/b", "ab", "b"), scan(scan, inner, Direction.FORWARD));
        KeyRange outer = new KeyRange(raw("a-b"), true, raw("b"), false);
        assertEquals(List.of("ab", "a/b", "a-b"), scan(scan, outer, Direction.REVERSE));
        assertEquals(List.of(), scan(scan, KeyRange.prefix(raw("c")), Direction.FORWARD));
        assertEquals(names, scan(facetAfterReopen(bench), KeyRange.all(), Direction.FORWARD));
    }

    private static OrderedScan facetAfterReopen(Bench bench) throws StoreException {
        bench.reopen();
        return facet(bench, OrderedScan.class);
    }

    private static List<String> reversed(List<String> names) {
        List<String> reversed = new ArrayList<>(names);
        Collections.reverse(reversed);
        return reversed;
    }

    @StoreTest
    @DisplayName("98: a scan is a snapshot")
    void scanIsASnapshot(Bench bench) throws StoreException {
        OrderedScan scan = facet(bench, OrderedScan.class);
        KeyValueStore store = bench.store();
        for (String name : List.of("a", "c", "e")) {
            store.set(Key.of(name), raw(name));
        }
        try (Cursor cursor = scan.scan(KeyRange.all(), Direction.FORWARD)) {
            assertThrows(IllegalStateException.class, cursor::key, "no record before next()");
            assertTrue(cursor.next());
            store.set(Key.of("b"), raw("b"));
            store.set(Key.of("c"), raw("changed"));
            store.remove(Key.of("e"));
            assertTrue(cursor.next());
            assertArrayEquals(raw("c"), cursor.key());
            assertArrayEquals(raw("c"), cursor.value());
            assertTrue(cursor.next());
            assertArrayEquals(raw("e"), cursor.value());
            assertFalse(cursor.next());
        }
        assertEquals(List.of("a", "b", "c"), scan(scan, KeyRange.all(), Direction.FORWARD));
    }

    @StoreTest
    @DisplayName("98: a cursor that is closed, or whose store is, is IllegalState")
    void cursorsEnd(Bench bench) throws StoreException {
        OrderedScan scan = facet(bench, OrderedScan.class);
        bench.store().set(A, raw("a"));
        Cursor closed = scan.scan(KeyRange.all(), Direction.FORWARD);
        closed.close();
        closed.close();
        assertThrows(IllegalStateException.class, closed::next);
        Cursor orphan = scan.scan(KeyRange.all(), Direction.FORWARD);
        bench.reopen();
        assertThrows(IllegalStateException.class, orphan::next);
        assertThrows(IllegalStateException.class, () -> scan.scan(KeyRange.all(), Direction.FORWARD));
        orphan.close();
    }

    @StoreTest
    @DisplayName("F4: a read transaction is a snapshot, and ends with its closing")
    void readTransactions(Bench bench) throws StoreException {
        Transactions transactions = facet(bench, Transactions.class);
        bench.store().set(A, raw("old"));
        ReadTransaction reader = transactions.read();
        bench.store().set(A, raw("new"));
        bench.store().set(B, raw("new"));
        assertArrayEquals(raw("old"), reader.get(raw("a")).orElseThrow());
        assertTrue(reader.get(raw("b")).isEmpty());
        try (Cursor cursor = reader.scan(KeyRange.all(), Direction.FORWARD)) {
            assertTrue(cursor.next());
            assertArrayEquals(raw("old"), cursor.value());
            assertFalse(cursor.next());
        }
        reader.close();
        reader.close();
        assertThrows(IllegalStateException.class, () -> reader.get(raw("a")));
        assertArrayEquals(raw("new"), bench.store().get(A));
    }

    @StoreTest
    @DisplayName("F4: a write transaction sees its own changes, and takes them back unless committed")
    void writeTransactions(Bench bench) throws StoreException {
        Transactions transactions = facet(bench, Transactions.class);
        bench.store().set(A, raw("old"));
        bench.store().set(B, raw("old"));
        TreeState before = TreeState.of(bench.store());
        try (WriteTransaction writer = transactions.write()) {
            change(writer);
            assertEquals(before, TreeState.of(bench.store()), "uncommitted changes are seen outside");
            assertThrows(IllegalStateException.class, transactions::write, "one per thread");
        }
        assertEquals(before, TreeState.of(bench.store()));
        WriteTransaction writer = transactions.write();
        change(writer);
        writer.commit();
        assertThrows(IllegalStateException.class, writer::commit);
        assertThrows(IllegalStateException.class, () -> writer.put(raw("x"), raw("x")));
        writer.close();
        KeyValueStore store = bench.reopen();
        assertEquals(List.of(A, Key.of("c")), TreeState.of(store).keys());
        assertArrayEquals(raw("new"), store.get(A));
    }

    private static void change(WriteTransaction writer) throws StoreException {
        writer.put(raw("a"), raw("new"));
        writer.put(raw("c"), raw("c"));
        assertTrue(writer.remove(raw("b")));
        assertFalse(writer.remove(raw("b")));
        assertArrayEquals(raw("new"), writer.get(raw("a")).orElseThrow());
        assertTrue(writer.get(raw("b")).isEmpty());
        List<String> keys = new ArrayList<>();
        try (Cursor cursor = writer.scan(KeyRange.all(), Direction.FORWARD)) {
            while (cursor.next()) {
                keys.add(new String(cursor.key(), StandardCharsets.UTF_8));
            }
        }
        assertEquals(List.of("a", "c"), keys);
    }

    @StoreTest
    @DisplayName("F5: check finds nothing wrong with a used store, and neither check, dump nor usage writes")
    void toolsOnlyRead(Bench bench) throws StoreException {
        KeyValueStore store = bench.store();
        for (int i = 0; i < 5; i++) {
            store.set(A, Bench.bytes(i * 10));
            store.set(NESTED, Bench.bytes(bench.size(i * 100L, 4)));
        }
        store.remove(A);
        List<byte[]> images = bench.images();
        List<Finding> findings = new ArrayList<>();
        facet(bench, Check.class).check(Check.Depth.STRUCTURE, findings::add);
        facet(bench, Check.class).check(Check.Depth.DEEP, findings::add);
        findings.removeIf(finding -> finding.severity() == Severity.INFO);
        assertEquals(List.of(), findings);
        Optional<Dump> dump = store.facet(Dump.class);
        if (dump.isPresent()) {
            List<Dump.Structure> structures = new ArrayList<>();
            dump.get().dump(block -> true, structures::add);
            assertFalse(structures.isEmpty(), "there is a store, and no structure is shown");
        }
        Optional<Usage> usage = store.facet(Usage.class);
        if (usage.isPresent()) {
            usage.get().usage();
        }
        Images.assertSame(images, bench.images());
    }

    @StoreTest
    @DisplayName("F6: the shares of usage add up to the size of the device as the store uses it")
    void usageAddsUp(Bench bench) throws StoreException {
        Usage usage = facet(bench, Usage.class);
        bench.store()
                .set(
                        NESTED,
                        Bench.bytes(bench.size(3L * bench.variant().geometry().blockSize(), 2)));
        List<Usage.Share> shares = usage.usage();
        assertTrue(
                shares.stream().allMatch(share -> share.bytes() >= 0 && share.blocks() >= 0 && share.items() >= 0),
                shares::toString);
        long sum = shares.stream().mapToLong(Usage.Share::bytes).sum();
        assertEquals(bench.info().geometry().sizeBytes(), sum, shares::toString);
    }

    @StoreTest
    @DisplayName("F7: collecting garbage and compacting change no value")
    void maintenance(Bench bench) throws StoreException {
        Optional<GarbageCollection> collection = bench.store().facet(GarbageCollection.class);
        Optional<Compaction> compaction = bench.store().facet(Compaction.class);
        assumeTrue(
                collection.isPresent() || compaction.isPresent(),
                "the store has neither the facet GarbageCollection nor Compaction");
        for (int i = 0; i < 20; i++) {
            bench.store().set(Key.of("k" + i % 4), Bench.bytes(i * 3));
            bench.store().set(NESTED, Bench.bytes(bench.size(i * 50L, 4)));
        }
        bench.store().remove(Key.of("k1"));
        TreeState expected = TreeState.of(bench.store());
        if (collection.isPresent()) {
            collection.get().collect();
            assertEquals(expected, TreeState.of(bench.store()));
        }
        if (compaction.isPresent()) {
            compaction.get().compact();
            assertEquals(expected, TreeState.of(bench.store()));
        }
        assertEquals(expected, TreeState.of(bench.reopen()));
    }
}

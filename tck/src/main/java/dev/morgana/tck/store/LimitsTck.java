package dev.morgana.tck.store;

import static dev.morgana.tck.store.Refused.refused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.morgana.spi.error.Failure;
import dev.morgana.spi.error.LimitExceededException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.BeyondEnd;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.RenameMode;
import dev.morgana.tck.model.TreeState;
import dev.morgana.tck.store.StoreTest.On;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.function.Executable;

/** Items 84 to 90 of the contract: the largest that is allowed, full stores, and damaged ones. */
public abstract class LimitsTck extends StoreContract {
    private static final Key A = Key.of("a");
    private static final int DEEP_ENOUGH = 6;
    private static final long TRIED_VALUE_BYTES = 1 << 24;
    private static final Duration NO_HANG = Duration.ofMinutes(30);

    /** For subclasses. */
    protected LimitsTck() {}

    private static byte[] segment(long length) {
        byte[] segment = new byte[Math.toIntExact(length)];
        Arrays.fill(segment, (byte) 'n');
        return segment;
    }

    private static void refusedAsTooLarge(KeyValueStore store, long allowed, long asked, Executable call)
            throws StoreException {
        LimitExceededException e = (LimitExceededException) refused(store, Failure.LIMIT_EXCEEDED, call);
        assertEquals(List.of(allowed, asked), List.of(e.allowed(), e.asked()), e::getMessage);
    }

    @StoreTest
    @DisplayName("84: the longest legal segment is kept, and one more byte is refused")
    void longestSegment(Bench bench) throws StoreException {
        OptionalLong limit = bench.info().limits().segmentBytes();
        OptionalLong keyLimit = bench.info().limits().keyBytes();
        assumeTrue(limit.isPresent() || keyLimit.isPresent(), "the store has no limit on segments or keys");
        long longest = Math.min(limit.orElse(Long.MAX_VALUE), keyLimit.orElse(Long.MAX_VALUE));
        Key key = Key.ROOT.child(segment(longest));
        bench.store().set(key, Bench.bytes(3));
        assertArrayEquals(Bench.bytes(3), bench.reopen().get(key));

        KeyValueStore store = bench.store();
        Key tooLong = Key.ROOT.child(segment(longest + 1));
        refusedAsTooLarge(store, longest, longest + 1, () -> store.set(tooLong, new byte[1]));
        refusedAsTooLarge(store, longest, longest + 1, () -> store.set(tooLong, InputStreams.of(new byte[1])));
        refusedAsTooLarge(store, longest, longest + 1, () -> store.allocate(tooLong, 1));
        refusedAsTooLarge(
                store, longest, longest + 1, () -> store.write(tooLong, 0, ByteBuffer.allocate(1), BeyondEnd.APPEND));
        refusedAsTooLarge(store, longest, longest + 1, () -> store.rename(key, tooLong, RenameMode.EXACT));
        assertTrue(store.kind(tooLong).isEmpty());
    }

    @StoreTest
    @DisplayName("85: the deepest legal key is kept, and one deeper is refused")
    void deepestKey(Bench bench) throws StoreException {
        OptionalLong limit = bench.info().limits().keyBytes();
        long depth = limit.isPresent() ? (limit.getAsLong() + 1) / 2 : DEEP_ENOUGH;
        Key key = Key.ROOT;
        for (long i = 0; i < depth; i++) {
            key = key.child("s");
        }
        bench.store().set(key, Bench.bytes(3));
        assertArrayEquals(Bench.bytes(3), bench.reopen().get(key));
        if (limit.isPresent()) {
            KeyValueStore store = bench.store();
            Key deeper = key.parent().child("t").child("u");
            long asked = deeper.toBytes().length;
            refusedAsTooLarge(store, limit.getAsLong(), asked, () -> store.set(deeper, new byte[1]));
        }
    }

    @StoreTest
    @DisplayName("86: the largest legal value is kept, and one more byte is refused")
    void largestValue(Bench bench) throws StoreException {
        OptionalLong limit = bench.info().limits().valueBytes();
        assumeTrue(limit.isPresent(), "the store has no limit on values");
        long largest = limit.getAsLong();
        assumeTrue(largest <= TRIED_VALUE_BYTES, "the limit of " + largest + " bytes is beyond this test");
        KeyValueStore store = bench.store();
        store.set(A, Bench.bytes(4));
        byte[] tooLarge = Bench.bytes((int) largest + 1);
        refusedAsTooLarge(store, largest, largest + 1, () -> store.set(A, tooLarge));
        refused(store, Failure.LIMIT_EXCEEDED, () -> store.set(A, InputStreams.of(tooLarge)));
        refused(store, Failure.LIMIT_EXCEEDED, () -> store.set(A, InputStreams.endless()));
        refused(store, Failure.LIMIT_EXCEEDED, () -> store.allocate(Key.of("b"), largest + 1));
        refused(
                store,
                Failure.LIMIT_EXCEEDED,
                () -> store.write(A, largest, ByteBuffer.allocate(1), BeyondEnd.ZERO_FILL));
        refused(
                store,
                Failure.LIMIT_EXCEEDED,
                () -> store.write(A, Long.MAX_VALUE, ByteBuffer.allocate(1), BeyondEnd.ZERO_FILL));
        assumeTrue(
                largest <= bench.variant().room().bytes(),
                "the variant has no room for a value of " + largest + " bytes (larger ones were refused)");
        byte[] value = Bench.bytes((int) largest);
        store.set(A, value);
        assertArrayEquals(value, bench.reopen().get(A));
    }

    @StoreTest(On.SMALLEST)
    @DisplayName("87: filled with small values until NoSpace, all are intact")
    void fullOfSmallValues(Bench bench) throws StoreException {
        expectIntactWhenFull(bench, 16);
    }

    @StoreTest(On.SMALLEST)
    @DisplayName("88: filled with large values until NoSpace, all are intact")
    void fullOfLargeValues(Bench bench) throws StoreException {
        expectIntactWhenFull(bench, bench.size(2L * bench.variant().geometry().blockSize() + 5, 1));
    }

    private static void expectIntactWhenFull(Bench bench, int size) throws StoreException {
        List<Key> keys = Space.fill(bench.store(), size);
        assertTrue(keys.size() > 1, () -> "only " + keys.size() + " values of " + size + " bytes fit");
        expectFilled(bench.store(), keys, size);
        expectFilled(bench.reopen(), keys, size);
        // What is there can still be removed, and then there is space.
        assertTrue(bench.store().remove(keys.get(0)));
        assertTrue(bench.store().remove(keys.get(1)));
        bench.store().set(keys.get(1), Space.value(keys.get(1), size));
        expectFilled(bench.reopen(), keys.subList(1, keys.size()), size);
    }

    private static void expectFilled(KeyValueStore store, List<Key> keys, int size) throws StoreException {
        TreeState state = TreeState.of(store);
        assertEquals(new TreeSet<>(keys), new TreeSet<>(state.keys()));
        for (Key key : keys) {
            assertArrayEquals(Space.value(key, size), state.value(key).orElseThrow(), key::toString);
        }
    }

    @StoreTest(On.SMALLEST)
    @DisplayName("89: NoSpace in the middle of a change leaves the old value")
    void noSpaceLeavesTheOldValue(Bench bench) throws StoreException {
        KeyValueStore store = bench.store();
        store.set(A, Bench.bytes(20));
        long small = Math.min(VariantContexts.size(bench.variant()) / 64, bench.valueLimit() / 4);
        int size = Math.max(16, bench.size(small, 1));
        Space.fill(store, size);
        // Larger than what is free, and than the value it would replace.
        int large = (int) Math.min(bench.valueLimit(), VariantContexts.size(bench.variant()));
        byte[] value = Bench.bytes(large);
        refused(store, Failure.NO_SPACE, () -> store.set(A, value));
        refused(store, Failure.NO_SPACE, () -> store.set(A, InputStreams.of(value)));
        refused(store, Failure.NO_SPACE, () -> store.set(Key.of("n/o"), InputStreams.of(value)));
        refused(
                store,
                Failure.NO_SPACE,
                () -> store.write(A, 20, ByteBuffer.wrap(value, 0, large - 20), BeyondEnd.REFUSE));
        assertArrayEquals(Bench.bytes(20), bench.reopen().get(A));
    }

    @Campaign
    @StoreTest(On.SMALLEST)
    @DisplayName("90: every damaged byte gives the right value, an earlier one, or CorruptStore; never anything else")
    void damagedBytes(Bench bench, TestReporter reporter) throws StoreException {
        Corruption corruption = new Corruption(bench);
        assertTimeoutPreemptively(NO_HANG, corruption::run);
        reporter.publishEntry("damage", corruption.toString());
    }
}

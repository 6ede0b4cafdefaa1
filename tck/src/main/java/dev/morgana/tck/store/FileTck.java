package dev.morgana.tck.store;

import static dev.morgana.tck.store.EntryFacetContract.facet;
import static dev.morgana.tck.store.Refused.refused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.morgana.spi.error.Failure;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.FileHandle;
import dev.morgana.spi.facet.FileHandles;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.KeyValueStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonReadableChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;

/** What the facet {@link FileHandles} promises in its own documentation (items F10 and on). Skipped without the facet. */
public abstract class FileTck extends StoreContract {
    private static final Key A = Key.of("a");
    private static final Set<StandardOpenOption> READ = EnumSet.of(StandardOpenOption.READ);
    private static final Set<StandardOpenOption> WRITE = EnumSet.of(StandardOpenOption.WRITE);
    private static final Set<StandardOpenOption> BOTH = EnumSet.of(StandardOpenOption.READ, StandardOpenOption.WRITE);
    private static final Set<StandardOpenOption> APPEND = EnumSet.of(StandardOpenOption.APPEND);

    /** For subclasses. */
    protected FileTck() {}

    private static Set<StandardOpenOption> with(Set<StandardOpenOption> options, StandardOpenOption more) {
        Set<StandardOpenOption> all = EnumSet.copyOf(options);
        all.add(more);
        return all;
    }

    private static FileHandle open(Bench bench, Key key, Set<StandardOpenOption> options) throws StoreException {
        return facet(bench, FileHandles.class).open(key, options);
    }

    @StoreTest
    @DisplayName("F10: a handle reads from its position")
    void reads(Bench bench) throws IOException {
        byte[] value = Bench.bytes(bench.size(2L * bench.variant().geometry().blockSize() + 9, 2));
        bench.store().set(A, value);
        try (FileHandle handle = open(bench, A, Set.of())) {
            assertEquals(value.length, handle.size());
            handle.position(value.length / 2);
            ByteBuffer target = ByteBuffer.allocate(value.length);
            while (handle.read(target) >= 0) {
                assertTrue(target.position() > 0, "nothing was read, and it is not the end");
            }
            assertEquals(ByteBuffer.wrap(value, value.length / 2, value.length - value.length / 2), target.flip());
            assertEquals(value.length, handle.position());
            handle.position(value.length + 10L);
            assertEquals(-1, handle.read(ByteBuffer.allocate(1)));
            assertThrows(IllegalArgumentException.class, () -> handle.position(-1));
            assertThrows(NonWritableChannelException.class, () -> handle.write(ByteBuffer.allocate(1)));
            assertThrows(NonWritableChannelException.class, () -> handle.truncate(0));
        }
    }

    @StoreTest
    @DisplayName("F11: what is written is published by sync and by close, as a whole")
    void publishes(Bench bench) throws IOException {
        KeyValueStore store = bench.store();
        store.set(A, Bench.bytes(20));
        byte[] expected = Bench.bytes(20);
        try (FileHandle handle = open(bench, A, BOTH)) {
            handle.position(5);
            assertEquals(3, handle.write(ByteBuffer.wrap(new byte[] {1, 2, 3})));
            assertEquals(8, handle.position());
            assertArrayEquals(expected, store.get(A), "others see it before it is published");
            expected[5] = 1;
            expected[6] = 2;
            expected[7] = 3;
            ByteBuffer own = ByteBuffer.allocate(20);
            handle.position(0).read(own);
            assertArrayEquals(expected, own.array(), "the handle itself does not see it");
            handle.sync();
            assertArrayEquals(expected, store.get(A));
            handle.position(25);
            handle.write(ByteBuffer.wrap(new byte[] {9}));
            assertEquals(26, handle.size());
        }
        expected = Arrays.copyOf(expected, 26);
        expected[25] = 9;
        assertArrayEquals(expected, store.get(A), "the gap is zeros");
        assertArrayEquals(expected, bench.reopen().get(A));
    }

    @StoreTest
    @DisplayName("F12: a handle appends, truncates and creates as its options say")
    void options(Bench bench) throws IOException {
        bench.store().set(A, new byte[] {1, 2, 3, 4});
        try (FileHandle handle = open(bench, A, APPEND)) {
            handle.position(0);
            handle.write(ByteBuffer.wrap(new byte[] {5}));
            assertThrows(NonReadableChannelException.class, () -> handle.read(ByteBuffer.allocate(1)));
        }
        assertArrayEquals(new byte[] {1, 2, 3, 4, 5}, bench.store().get(A));
        try (FileHandle handle = open(bench, A, WRITE)) {
            handle.position(4);
            handle.truncate(2);
            assertEquals(2, handle.position());
            handle.truncate(10);
            assertEquals(2, handle.size());
        }
        assertArrayEquals(new byte[] {1, 2}, bench.store().get(A));
        open(bench, A, with(WRITE, StandardOpenOption.TRUNCATE_EXISTING)).close();
        assertArrayEquals(new byte[0], bench.store().get(A));
        open(bench, Key.of("b"), with(WRITE, StandardOpenOption.CREATE)).close();
        open(bench, Key.of("c"), with(BOTH, StandardOpenOption.CREATE_NEW)).close();
        KeyValueStore store = bench.reopen();
        assertArrayEquals(new byte[0], store.get(Key.of("b")));
        assertArrayEquals(new byte[0], store.get(Key.of("c")));
    }

    @StoreTest
    @DisplayName("F13: opening is refused for what is missing, a dictionary, below a value, or already there")
    void refusals(Bench bench) throws StoreException {
        FileHandles files = facet(bench, FileHandles.class);
        KeyValueStore store = bench.store();
        Key value = Key.of("d/v");
        store.set(value, Bench.bytes(4));
        Set<StandardOpenOption> create = with(WRITE, StandardOpenOption.CREATE);
        Key missing = Key.of("m");
        Key orphan = Key.of("n/o");
        Key below = value.child("x");
        refused(store, Failure.NO_SUCH_KEY, missing, () -> files.open(missing, READ));
        refused(store, Failure.NO_SUCH_KEY, missing, () -> files.open(missing, WRITE));
        refused(store, Failure.NO_SUCH_KEY, orphan, () -> files.open(orphan, create));
        refused(store, Failure.VALUE_EXPECTED, Key.of("d"), () -> files.open(Key.of("d"), READ));
        refused(store, Failure.VALUE_EXPECTED, Key.of("d"), () -> files.open(Key.of("d"), create));
        refused(store, Failure.DICTIONARY_EXPECTED, List.of(below, value), () -> files.open(below, create));
        refused(store, Failure.KEY_EXISTS, value, () -> files.open(value, with(WRITE, StandardOpenOption.CREATE_NEW)));
        for (Set<StandardOpenOption> options : List.of(
                with(APPEND, StandardOpenOption.TRUNCATE_EXISTING), with(WRITE, StandardOpenOption.DELETE_ON_CLOSE))) {
            assertThrows(IllegalArgumentException.class, () -> files.open(value, options), options::toString);
        }
    }

    @StoreTest
    @DisplayName("F14: a handle ends with its closing, and with its store")
    void ends(Bench bench) throws IOException {
        bench.store().set(A, Bench.bytes(4));
        FileHandle closed = open(bench, A, BOTH);
        closed.close();
        closed.close();
        assertFalse(closed.isOpen());
        assertThrows(ClosedChannelException.class, () -> closed.read(ByteBuffer.allocate(1)));
        assertThrows(ClosedChannelException.class, () -> closed.write(ByteBuffer.allocate(1)));
        assertThrows(ClosedChannelException.class, closed::size);
        FileHandle orphan = open(bench, A, READ);
        bench.reopen();
        Exception e = assertThrows(Exception.class, () -> orphan.read(ByteBuffer.allocate(1)));
        assertTrue(e instanceof ClosedChannelException || e instanceof IllegalStateException, e::toString);
    }
}

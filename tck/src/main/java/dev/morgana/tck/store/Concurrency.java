package dev.morgana.tck.store;

import dev.morgana.spi.error.NoSuchKeyException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.Entry;
import dev.morgana.spi.store.KeyValueStore;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * One thread overwrites a value, and adds and removes another one, while others read. A value tells by its bytes whether it
 * is whole, and which it is: all of them follow from the first four.
 */
final class Concurrency {
    private static final int READERS = 3;
    private static final int WRITES = 150;
    private static final int LEAST_READS = 50;
    private static final Key STEADY = Key.of("d/steady");
    private static final Key FLEETING = Key.of("d/fleeting");

    private final KeyValueStore store;
    private final int size;
    private volatile boolean written;

    /**
     * Prepares a run.
     *
     * @param size of the values, about
     */
    Concurrency(KeyValueStore store, int size) {
        this.store = store;
        this.size = Math.max(Integer.BYTES + 2, size);
    }

    /** Runs until everything was written, and every reader has read for a while. */
    Void run() throws Exception {
        store.set(STEADY, value(0));
        ExecutorService threads = Executors.newFixedThreadPool(READERS + 1);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int reader = 0; reader < READERS; reader++) {
                done.add(threads.submit(this::read));
            }
            done.add(threads.submit(this::write));
            for (Future<?> thread : done) {
                thread.get();
            }
        } catch (ExecutionException e) {
            throw new AssertionError("a thread failed: " + e.getCause(), e.getCause());
        } finally {
            threads.shutdownNow();
        }
        return null;
    }

    private byte[] value(int number) {
        byte[] value = new byte[size - number % 3];
        for (int i = 0; i < value.length; i++) {
            value[i] = (byte) (number >>> (i % Integer.BYTES * Byte.SIZE));
        }
        return value;
    }

    private Void write() throws StoreException {
        try {
            for (int number = 1; number <= WRITES; number++) {
                store.set(STEADY, value(number));
                if (number % 2 == 0) {
                    store.set(FLEETING, value(number));
                } else {
                    store.remove(FLEETING);
                }
            }
        } finally {
            written = true;
        }
        return null;
    }

    private Void read() throws StoreException {
        int last = 0;
        for (int reads = 0; reads < LEAST_READS || !written; reads++) {
            int number = number(store.get(STEADY));
            expect(number >= last, "value " + number + " was read after value " + last);
            last = number;
            readFleeting();
            try (Stream<Entry> entries = store.list(STEADY.parent())) {
                List<Key> keys = entries.map(Entry::key).toList();
                expect(keys.equals(List.of(STEADY)) || keys.equals(List.of(FLEETING, STEADY)), "listing has " + keys);
            }
        }
        expect(number(store.get(STEADY)) == WRITES, "the last value is not there");
        return null;
    }

    private void readFleeting() throws StoreException {
        try {
            number(store.get(FLEETING));
        } catch (NoSuchKeyException e) {
            expect(e.key().equals(FLEETING), "wrong key: " + e.key());
        }
    }

    /** Which value it is. */
    private int number(byte[] value) {
        int number = Integer.reverseBytes(ByteBuffer.wrap(value).getInt());
        expect(Arrays.equals(value, value(number)), "value " + number + " is torn");
        return number;
    }

    private static void expect(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise);
        }
    }
}

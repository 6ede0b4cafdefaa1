package dev.morgana.lsm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Cursor;
import dev.morgana.spi.facet.Direction;
import dev.morgana.spi.facet.KeyRange;
import dev.morgana.spi.facet.ReadTransaction;
import dev.morgana.spi.facet.WriteTransaction;
import dev.morgana.tck.device.RamDevice;
import dev.morgana.tck.store.Campaign;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Readers see the state of their beginning to their end, while one writer commits and compacts without pause. */
@Campaign
class SnapshotStressTest {
    private static final int READERS = 3;
    private static final long LEAST_OPERATIONS = 100_000;
    private static final int COMMITS = 6_000;
    private static final int KEYS = 40;
    private static final int PER_COMMIT = 3;

    private final AtomicLong operations = new AtomicLong();
    private final AtomicBoolean written = new AtomicBoolean();

    /** The keys that a commit writes. */
    private static boolean writes(int commit, int key) {
        int first = commit * 7 % KEYS;
        int distance = (key - first + KEYS) % KEYS;
        return distance < PER_COMMIT;
    }

    /** The commit whose value a key has after some commits; 0 if none wrote it yet. */
    private static int lastWriter(int commits, int key) {
        int commit = commits;
        while (commit > 0 && !writes(commit, key)) {
            commit--;
        }
        return commit;
    }

    private static byte[] key(int number) {
        return "k%02d".formatted(number).getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] value(int commit, int key) {
        byte[] value = new byte[Integer.BYTES + commit % 40];
        new Random(commit * 31L + key).nextBytes(value);
        return ByteBuffer.wrap(value).putInt(0, commit).array();
    }

    private Void write(Ekv database) throws StoreException {
        try {
            for (int commit = 1; commit <= COMMITS; commit++) {
                try (WriteTransaction change = database.write()) {
                    change.put(
                            "commit".getBytes(StandardCharsets.US_ASCII),
                            ByteBuffer.allocate(4).putInt(commit).array());
                    for (int key = 0; key < KEYS; key++) {
                        if (writes(commit, key)) {
                            change.put(key(key), value(commit, key));
                        }
                    }
                    change.commit();
                }
                operations.addAndGet(1 + PER_COMMIT);
            }
        } finally {
            written.set(true);
        }
        return null;
    }

    private Void read(Ekv database, long seed) throws StoreException {
        Random random = new Random(seed);
        while (!written.get() || operations.get() < LEAST_OPERATIONS) {
            try (ReadTransaction snapshot = database.read()) {
                int commits = commits(snapshot);
                for (int i = 0; i < 10; i++) {
                    check(snapshot, commits, random.nextInt(KEYS));
                }
                if (random.nextInt(4) == 0) {
                    scan(snapshot, commits, random.nextBoolean() ? Direction.FORWARD : Direction.REVERSE);
                }
                assertThat(commits(snapshot)).isEqualTo(commits);
            }
        }
        return null;
    }

    private int commits(ReadTransaction snapshot) throws StoreException {
        operations.incrementAndGet();
        return snapshot.get("commit".getBytes(StandardCharsets.US_ASCII))
                .map(value -> ByteBuffer.wrap(value).getInt())
                .orElse(0);
    }

    private void check(ReadTransaction snapshot, int commits, int key) throws StoreException {
        operations.incrementAndGet();
        int writer = lastWriter(commits, key);
        if (writer == 0) {
            assertThat(snapshot.get(key(key))).isEmpty();
        } else {
            assertThat(snapshot.get(key(key)).orElseThrow()).isEqualTo(value(writer, key));
        }
    }

    private void scan(ReadTransaction snapshot, int commits, Direction direction) throws StoreException {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < KEYS; i++) {
            int key = direction == Direction.FORWARD ? i : KEYS - 1 - i;
            if (lastWriter(commits, key) > 0) {
                expected.add(new String(key(key), StandardCharsets.US_ASCII));
            }
        }
        List<String> found = new ArrayList<>();
        try (Cursor cursor = snapshot.scan(KeyRange.prefix(new byte[] {'k'}), direction)) {
            while (cursor.next()) {
                operations.incrementAndGet();
                String key = new String(cursor.key(), StandardCharsets.US_ASCII);
                found.add(key);
                int number = Integer.parseInt(key.substring(1));
                assertThat(cursor.value()).isEqualTo(value(lastWriter(commits, number), number));
            }
        }
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void readersSeeTheirStateToTheEnd() throws Exception {
        Config config = Config.P128;
        RamDevice flash = RamDevice.erased(config.geometry().withBlockCount(60));
        Ekv.format(flash, config.options());
        ExecutorService threads = Executors.newFixedThreadPool(READERS + 1);
        try (Ekv database = Ekv.open(flash, config.options())) {
            List<Callable<Void>> tasks = new ArrayList<>();
            tasks.add(() -> write(database));
            for (int reader = 0; reader < READERS; reader++) {
                long seed = reader;
                tasks.add(() -> read(database, seed));
            }
            for (Future<Void> task : threads.invokeAll(tasks)) {
                task.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(operations.get()).isGreaterThanOrEqualTo(LEAST_OPERATIONS);
    }

    @Test
    void aReaderThatStaysOpenOutlivesAnyNumberOfCommits() throws Exception {
        Config config = Config.P128;
        RamDevice flash = RamDevice.erased(config.geometry());
        Ekv.format(flash, config.options());
        try (Ekv database = Ekv.open(flash, config.options())) {
            database.put(key(1), value(1, 1));
            try (ReadTransaction early = database.read();
                    Cursor cursor = early.scan(KeyRange.all(), Direction.FORWARD)) {
                for (int i = 2; i < 1000; i++) {
                    database.put(key(i % KEYS), value(i, i % KEYS));
                }
                assertThat(cursor.next()).isTrue();
                assertThat(cursor.value()).isEqualTo(value(1, 1));
                assertThat(cursor.next()).isFalse();
                assertThat(early.get(key(2))).isEmpty();
            }
        }
    }
}

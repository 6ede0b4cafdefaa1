package dev.morgana.tck.store;

import dev.morgana.spi.Morgana;
import dev.morgana.spi.block.BlockDevice;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.NoSuchKeyException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Dump;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.store.Capability;
import dev.morgana.spi.store.Entry;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.tck.model.Content;
import dev.morgana.tck.power.Findings;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Damages every byte of a small image, one at a time, and looks what the store makes of it. A block that consists of one and
 * the same byte is damaged in its first bytes only.
 */
final class Corruption {
    private static final int BYTES_OF_BLANK_BLOCKS = 64;

    /** So many requests per block and open store are never needed; an endless loop needs more. */
    private static final long REQUESTS_PER_BLOCK = 10_000;

    private static final byte[] DAMAGES = {(byte) 0xff, 0x01, (byte) 0x80};
    private static final Key PROBE = Key.of("probe");

    private final Bench bench;

    /** Every value that a key ever had. */
    private final Map<Key, Set<ByteBuffer>> committed = new LinkedHashMap<>();

    /** The value that a key has, or none. */
    private final Map<Key, ByteBuffer> current = new LinkedHashMap<>();

    private final boolean checksums;
    private long damaged;
    private long refused;
    private long earlier;
    private long unreported;

    Corruption(Bench bench) throws StoreException {
        this.bench = bench;
        this.checksums = bench.info().capabilities().contains(Capability.VALUE_CHECKSUMS);
        makeHistory();
    }

    /** Values that stay, that were overwritten, that were removed; some before a reopen, some after. */
    private void makeHistory() throws StoreException {
        int large = bench.size(bench.variant().geometry().blockSize() + 30L, 8);
        put("a", 20, 1);
        put("b", 40, 2);
        put("d/c", large, 3);
        put("b", 12, 4);
        remove("a");
        bench.reopen();
        put("e", 0, 5);
        put("d/c", large / 2, 6);
        put("a", 9, 7);
    }

    private void put(String path, int size, int seed) throws StoreException {
        byte[] value = new Content(size, seed).bytes();
        bench.store().set(Key.of(path), value);
        committed.computeIfAbsent(Key.of(path), key -> new HashSet<>()).add(ByteBuffer.wrap(value));
        current.put(Key.of(path), ByteBuffer.wrap(value));
    }

    private void remove(String path) throws StoreException {
        bench.store().remove(Key.of(path));
        current.remove(Key.of(path));
    }

    Void run() throws StoreException {
        List<byte[]> images = bench.images();
        int blockSize = bench.variant().geometry().blockSize();
        for (int device = 0; device < images.size(); device++) {
            byte[] image = images.get(device);
            for (int start = 0; start < image.length; start += blockSize) {
                int end = start + (isBlank(image, start, blockSize) ? BYTES_OF_BLANK_BLOCKS : blockSize);
                for (int offset = start; offset < Math.min(end, start + blockSize); offset++) {
                    damage(images, device, offset);
                }
            }
        }
        return null;
    }

    private static boolean isBlank(byte[] image, int start, int length) {
        for (int i = 1; i < length; i++) {
            if (image[start + i] != image[start]) {
                return false;
            }
        }
        return true;
    }

    private void damage(List<byte[]> images, int device, int offset) {
        byte[] image = images.get(device);
        byte right = image[offset];
        for (byte damage : DAMAGES) {
            image[offset] = (byte) (right ^ damage);
            try {
                judge(images);
            } catch (Exception | AssertionError | StackOverflowError | OutOfMemoryError e) {
                throw new AssertionError(
                        "device " + device + ", byte " + offset + " changed from " + (right & 0xff) + " to "
                                + (image[offset] & 0xff) + ": " + e,
                        e);
            } finally {
                image[offset] = right;
            }
        }
        damaged++;
    }

    private void judge(List<byte[]> images) throws StoreException {
        boolean reported = inspect(images);
        boolean lost = false;
        try (KeyValueStore store = Morgana.tree(bench.provider().open(devices(images), bench.openOptions()))) {
            for (Key key : committed.keySet()) {
                lost |= isLost(store, key);
            }
            expectListed(store, Key.ROOT);
            expectListed(store, Key.of("d"));
            write(store);
        } catch (StoreException e) {
            expectExplained(e);
            refused++;
        }
        earlier += lost ? 1 : 0;
        if (lost && !reported) {
            unreported++;
            expect(!bench.fixture().reportsEveryLoss(), "a value is lost, and check does not report it");
        }
    }

    /** Checks and dumps; both take any image. Returns whether something is found. */
    private boolean inspect(List<byte[]> images) throws StoreException {
        boolean found = !Findings.of(bench.provider(), devices(images), bench.openOptions())
                .isEmpty();
        try (Inspection inspection = bench.provider().inspect(devices(images), bench.openOptions())) {
            inspection.info();
            Optional<Dump> dump = inspection.facet(Dump.class);
            if (dump.isPresent()) {
                dump.get().dump(block -> true, structure -> {});
            }
        }
        return found;
    }

    private List<BlockDevice> devices(List<byte[]> images) {
        long requests = REQUESTS_PER_BLOCK * bench.variant().geometry().blockCount();
        return bench.copies(images).stream()
                .<BlockDevice>map(device -> new BoundedDevice(device, requests))
                .toList();
    }

    /** Whether a key has no longer its right value, without an error that says so. */
    private boolean isLost(KeyValueStore store, Key key) throws StoreException {
        ByteBuffer right = current.get(key);
        try {
            ByteBuffer value = ByteBuffer.wrap(store.get(key));
            expect(
                    !checksums || committed.getOrDefault(key, Set.of()).contains(value),
                    "value of " + key + " was never written");
            return !value.equals(right);
        } catch (NoSuchKeyException e) {
            return right != null;
        } catch (StoreException e) {
            expectExplained(e);
            return false;
        }
    }

    private void expectListed(KeyValueStore store, Key dictionary) throws StoreException {
        List<Entry> entries = new ArrayList<>();
        try (Stream<Entry> listed = store.list(dictionary)) {
            listed.forEach(entries::add);
        } catch (NoSuchKeyException e) {
            expect(!dictionary.isRoot(), "there is no root");
        } catch (StoreException e) {
            expectExplained(e);
        } catch (UncheckedIOException e) {
            if (!(e.getCause() instanceof StoreException cause)) {
                throw e;
            }
            expectExplained(cause);
        }
        for (Entry entry : entries) {
            boolean known =
                    committed.keySet().stream().anyMatch(key -> entry.key().isPrefixOf(key));
            expect(!checksums || known, "listing has " + entry + ", which was never written");
        }
    }

    /** A store that could be opened takes a change, or refuses it with an error that any change may fail with. */
    private void write(KeyValueStore store) throws StoreException {
        try {
            store.set(PROBE, Bench.bytes(5));
        } catch (StoreException e) {
            switch (e.failure()) {
                case NO_SPACE, READ_ONLY_STORE -> {}
                default -> expectExplained(e);
            }
            return;
        }
        expect(Arrays.equals(Bench.bytes(5), store.get(PROBE)), "what was just written is not there");
    }

    private void expectExplained(StoreException e) {
        boolean explained =
                e instanceof CorruptStoreException || bench.fixture().explainsDamage(e);
        if (!explained) {
            throw new AssertionError("damage is answered with " + e, e);
        }
    }

    private static void expect(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise);
        }
    }

    @Override
    public String toString() {
        return damaged + " bytes damaged in " + DAMAGES.length + " ways: " + refused
                + " times refused to open or list, " + earlier + " times an earlier state, of which " + unreported
                + " not reported by check";
    }
}

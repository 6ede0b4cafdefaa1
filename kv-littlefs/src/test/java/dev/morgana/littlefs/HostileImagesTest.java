package dev.morgana.littlefs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.option.CommonOptions;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.store.Entry;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.tck.store.Campaign;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Damages small images byte by byte: each byte of the superblock's pair takes every other value, each bit of the rest flips.
 * Every reading ends with what was written, with something that was committed earlier, or with an error that has a position.
 * What was committed is known from how the images were made, not from our own reading.
 */
@Campaign
class HostileImagesTest {
    private static final byte[] EMPTY = new byte[0];

    /** How often each outcome occurred. */
    private static final class Tally {
        private int same;
        private int otherData;
        private int earlier;
        private int refused;

        @Override
        public String toString() {
            return same + " unchanged, " + earlier + " an earlier state that the check reports, " + otherData
                    + " other bytes in a block of a file, " + refused + " refused with a position";
        }
    }

    /** What each file may ever have held; a directory has no contents. */
    private record History(Map<Key, Set<byte[]>> files, Set<Key> directories, Set<Key> inBlocks) {
        void allow(Key key, byte[]... contents) {
            Set<byte[]> allowed = new TreeSet<>(Arrays::compare);
            allowed.addAll(List.of(contents));
            files.put(key, allowed);
        }
    }

    private static History history() {
        return new History(new TreeMap<>(), new TreeSet<>(), new TreeSet<>());
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void oneInlineFile() throws Exception {
        TestImage image = TestImage.load("one-inline-attr");
        History history = history();
        history.allow(Key.of("hello.txt"), EMPTY, text("Hello, littlefs!"));

        campaign(image, history);
    }

    @Test
    void aFileInBlocksBesideADirectory() throws Exception {
        TestImage image = TestImage.load("odd-unreadable");
        History history = history();
        history.allow(Key.of("a"), EMPTY, text("first version"), text("second version"));
        history.allow(Key.of("big"), EMPTY, value(image, "big"));
        history.allow(Key.of("dir/inner"), EMPTY, text("inner data"));
        history.directories().add(Key.of("dir"));
        history.inBlocks().add(Key.of("big"));

        campaign(image, history);
    }

    /** Power was cut while a directory was made: there is an orphan. */
    @Test
    void aSplitDirectoryWithAnOrphan() throws Exception {
        TestImage image = TestImage.load("cut-mkdir-split-2");
        History history = history();
        for (TestImage.Expected entry : image.entries()) {
            history.allow(entry.key(), EMPTY, value(image, entry.key().toString()));
        }

        campaign(image, history);
    }

    /** The content as recorded: the digest is the peer's. */
    private static byte[] value(TestImage image, String path) throws Exception {
        try (KeyValueStore store = open(image.bytes(), image.blockSize())) {
            Key key = Key.of(path);
            String recorded = image.entries().stream()
                    .filter(entry -> entry.key().equals(key))
                    .findFirst()
                    .orElseThrow()
                    .sha256();
            assertThat(HexFormat.of().formatHex(store.digest(key))).isEqualTo(recorded);
            return store.get(key);
        }
    }

    private static KeyValueStore open(byte[] bytes, int blockSize) throws StoreException {
        return Stores.open(TestImage.device(bytes), options(blockSize));
    }

    private static Options options(int blockSize) {
        return Options.none().with(CommonOptions.READ_ONLY, true).with(LittleFsOptions.BLOCK_SIZE, (long) blockSize);
    }

    private static void campaign(TestImage image, History history) throws Exception {
        byte[] bytes = image.bytes().clone();
        Map<Key, byte[]> whole = read(bytes, image.blockSize());
        Tally tally = new Tally();
        for (int offset = 0; offset < bytes.length; offset++) {
            byte original = bytes[offset];
            boolean ofSuperblock = offset < 2 * image.blockSize();
            for (int change = 1; change < 256; change = ofSuperblock ? change + 1 : 2 * change) {
                bytes[offset] = (byte) (original ^ change);
                attempt(image, bytes, offset, whole, history, tally);
            }
            bytes[offset] = original;
        }
        int attempts = 2 * image.blockSize() * 255 + (bytes.length - 2 * image.blockSize()) * 8;
        System.getLogger(HostileImagesTest.class.getName())
                .log(System.Logger.Level.INFO, image + ": " + attempts + " damaged images: " + tally);
        assertThat(tally.same + tally.otherData + tally.earlier + tally.refused).isEqualTo(attempts);
        assertThat(tally.same).isPositive();
        assertThat(tally.earlier).isPositive();
    }

    private static void attempt(
            TestImage image, byte[] bytes, int offset, Map<Key, byte[]> whole, History history, Tally tally)
            throws Exception {
        Map<Key, byte[]> found;
        try {
            found = read(bytes, image.blockSize());
        } catch (CorruptStoreException e) {
            assertThat(e.position().device()).isEqualTo("ram");
            tally.refused++;
            return;
        }
        assertCommitted(found, offset, history);
        if (areEqual(found, whole)) {
            tally.same++;
        } else if (differsInBlocksOnly(found, whole, history)) {
            tally.otherData++;
        } else {
            assertThat(check(bytes, image.blockSize()))
                    .as("findings, byte %d", offset)
                    .isNotEmpty();
            tally.earlier++;
        }
    }

    private static List<Finding> check(byte[] bytes, int blockSize) throws Exception {
        List<Finding> findings = new ArrayList<>();
        try (Inspection inspection = LittleFs.inspect(TestImage.device(bytes), options(blockSize))) {
            inspection.facet(Check.class).orElseThrow().check(Check.Depth.STRUCTURE, findings::add);
        }
        return findings;
    }

    private static void assertCommitted(Map<Key, byte[]> found, int offset, History history) {
        found.forEach((key, content) -> {
            if (history.files().containsKey(key)) {
                boolean known = history.files().get(key).contains(content);
                boolean sameLength = history.files().get(key).stream().anyMatch(c -> c.length == content.length);
                assertThat(known || (history.inBlocks().contains(key) && sameLength))
                        .as("byte %d: content of %s", offset, key)
                        .isTrue();
            } else {
                assertThat(history.directories()).as("byte %d", offset).contains(key);
            }
        });
    }

    private static boolean areEqual(Map<Key, byte[]> one, Map<Key, byte[]> other) {
        return one.keySet().equals(other.keySet())
                && one.keySet().stream().allMatch(key -> Arrays.equals(one.get(key), other.get(key)));
    }

    /** No checksum covers the blocks of files. */
    private static boolean differsInBlocksOnly(Map<Key, byte[]> one, Map<Key, byte[]> other, History history) {
        return one.keySet().equals(other.keySet())
                && one.keySet().stream()
                        .filter(key -> !Arrays.equals(one.get(key), other.get(key)))
                        .allMatch(key ->
                                history.inBlocks().contains(key) && one.get(key).length == other.get(key).length);
    }

    private static Map<Key, byte[]> read(byte[] bytes, int blockSize) throws Exception {
        Map<Key, byte[]> found = new TreeMap<>();
        try (KeyValueStore store = open(bytes, blockSize)) {
            readAll(store, Key.ROOT, found);
        }
        return found;
    }

    private static void readAll(KeyValueStore store, Key key, Map<Key, byte[]> found) throws Exception {
        for (Entry entry : store.list(key).toList()) {
            found.put(entry.key(), entry.kind() == Kind.VALUE ? store.get(entry.key()) : EMPTY);
            if (entry.kind() == Kind.DICTIONARY) {
                readAll(store, entry.key(), found);
            }
        }
    }
}

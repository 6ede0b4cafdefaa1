package dev.morgana.littlefs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.facet.Severity;
import dev.morgana.spi.facet.UserAttributes;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.option.CommonOptions;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.Confidence;
import dev.morgana.spi.provider.Identification;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.store.Entry;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.tck.device.RamDevice;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads what other programs wrote. */
class GoldenImagesTest {
    private static final LittleFsProvider PROVIDER = new LittleFsProvider();

    static Stream<TestImage> healthy() {
        return TestImage.NAMES.stream().map(TestImage::load).filter(image -> !image.isCorrupt());
    }

    static Stream<TestImage> corrupt() {
        return TestImage.NAMES.stream().map(TestImage::load).filter(TestImage::isCorrupt);
    }

    @Test
    void thereAreImagesOfBothKinds() {
        assertThat(healthy()).hasSizeGreaterThan(10);
        assertThat(corrupt()).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("healthy")
    void everyEntryIsReadWithoutKnowingTheBlockSize(TestImage image) throws Exception {
        RamDevice device = image.device();
        try (KeyValueStore store = PROVIDER.open(List.of(device), image.options())) {
            assertReads(store, image);
            assertThat(store.info().geometry().blockSize()).isEqualTo(image.blockSize());
            assertThat(store.info().geometry().blockCount()).isEqualTo(image.blockCount());
        }
        assertThat(device.image()).as("nothing is written").isEqualTo(image.bytes());
    }

    @ParameterizedTest
    @MethodSource("healthy")
    void everyEntryIsReadWithoutACache(TestImage image) throws Exception {
        Options options = image.options().with(LittleFsOptions.METADATA_CACHE_BYTES, 0L);
        try (KeyValueStore store = PROVIDER.open(image.devices(), options)) {
            assertReads(store, image);
        }
    }

    @ParameterizedTest
    @MethodSource("healthy")
    void theImageIsRecognised(TestImage image) throws Exception {
        Identification found = PROVIDER.probe(image.devices()).orElseThrow();

        assertThat(found.confidence()).isEqualTo(Confidence.CERTAIN);
        assertThat(found.geometry().blockSize()).isEqualTo(image.blockSize());
        assertThat(found.geometry().blockCount()).isEqualTo(image.blockCount());
    }

    @ParameterizedTest
    @MethodSource("corrupt")
    void damageIsReported(TestImage image) throws Exception {
        List<Finding> findings = new ArrayList<>();
        try (Inspection inspection = PROVIDER.inspect(image.devices(), image.options())) {
            inspection.facet(Check.class).orElseThrow().check(Check.Depth.DEEP, findings::add);
        }

        assertThat(findings).extracting(Finding::severity).contains(Severity.ERROR);
    }

    @ParameterizedTest
    @MethodSource("corrupt")
    void damageEndsReadingOrChangingWithAPosition(TestImage image) throws Exception {
        CorruptStoreException damage = null;
        try (KeyValueStore store = PROVIDER.open(image.devices(), image.options())) {
            readAll(store, Key.ROOT);
            assertThat(store.info().properties()).containsKey("damaged");
        } catch (CorruptStoreException e) {
            damage = e;
        }
        if (damage == null) { // whatever there is to read does not need it
            Options options = image.options().with(CommonOptions.READ_ONLY, false);
            damage = catchThrowableOfType(
                    CorruptStoreException.class,
                    () -> PROVIDER.open(image.devices(), options).close());
        }

        assertThat(damage).isNotNull();
        assertThat(damage.position().device()).isEqualTo("ram");
        assertThat(damage.nativeCode()).contains("CORRUPT");
    }

    private static void readAll(KeyValueStore store, Key key) throws Exception {
        for (Entry entry : store.list(key).toList()) {
            if (entry.kind() == Kind.VALUE) {
                store.get(entry.key());
            } else {
                readAll(store, entry.key());
            }
        }
    }

    private static void assertReads(KeyValueStore store, TestImage image) throws Exception {
        Map<Key, Kind> expected = new TreeMap<>();
        long sum = 0;
        for (TestImage.Expected entry : image.entries()) {
            if (!entry.key().isRoot()) {
                expected.put(entry.key(), entry.isDirectory() ? Kind.DICTIONARY : Kind.VALUE);
            }
            assertAttributes(store, entry);
            if (!entry.isDirectory()) {
                assertValue(store, entry);
                sum += entry.size();
            }
        }
        Map<Key, Kind> listed = new TreeMap<>();
        list(store, Key.ROOT, listed);
        assertThat(listed).isEqualTo(expected);
        assertThat(store.totalSize(Key.ROOT)).isEqualTo(sum);
    }

    private static void list(KeyValueStore store, Key dictionary, Map<Key, Kind> listed) throws Exception {
        List<Entry> entries = store.list(dictionary).toList();
        assertThat(entries).extracting(Entry::key).isSorted();
        for (Entry entry : entries) {
            assertThat(store.kind(entry.key())).contains(entry.kind());
            listed.put(entry.key(), entry.kind());
            if (entry.kind() == Kind.DICTIONARY) {
                list(store, entry.key(), listed);
            }
        }
    }

    private static void assertAttributes(KeyValueStore store, TestImage.Expected entry) throws Exception {
        UserAttributes attributes = store.facet(UserAttributes.class).orElseThrow();
        Map<Integer, String> found = new TreeMap<>();
        for (int type : attributes.types(entry.key())) {
            found.put(
                    type,
                    HexFormat.of().formatHex(attributes.get(entry.key(), type).orElseThrow()));
        }
        assertThat(found).as("attributes of %s", entry.key()).isEqualTo(entry.attributes());
    }

    private static void assertValue(KeyValueStore store, TestImage.Expected entry) throws Exception {
        Key key = entry.key();
        byte[] value = store.get(key);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(value);
        assertThat(HexFormat.of().formatHex(digest)).as("content of %s", key).isEqualTo(entry.sha256());
        assertThat(store.digest(key)).isEqualTo(digest);
        assertThat(store.size(key)).isEqualTo(entry.size()).isEqualTo(value.length);
        try (InputStream stream = store.open(key)) {
            assertThat(stream.readAllBytes()).isEqualTo(value);
        }
        Random random = new Random(entry.size());
        for (int i = 0; i < 20; i++) {
            int offset = random.nextInt(value.length + 3);
            int length = random.nextInt(value.length + 3);
            assertSlice(store, key, value, offset, length);
        }
    }

    private static void assertSlice(KeyValueStore store, Key key, byte[] value, int offset, int length)
            throws Exception {
        int expected = Math.max(0, Math.min(length, value.length - offset));
        ByteBuffer target = ByteBuffer.allocate(length + 4).position(2).limit(2 + length);

        assertThat(store.read(key, offset, target)).isEqualTo(expected);
        assertThat(target.position()).isEqualTo(2 + expected);
        assertThat(Arrays.copyOfRange(target.array(), 2, 2 + expected))
                .as("%d bytes of %s at %d", length, key, offset)
                .isEqualTo(Arrays.copyOfRange(
                        value, Math.min(offset, value.length), Math.min(offset, value.length) + expected));
    }
}

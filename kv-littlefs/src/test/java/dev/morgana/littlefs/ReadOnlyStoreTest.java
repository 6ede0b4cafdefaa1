package dev.morgana.littlefs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.Superblock;
import dev.morgana.littlefs.layout.TagType;
import dev.morgana.spi.error.BadBlockException;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.DictionaryExpectedException;
import dev.morgana.spi.error.NoSuchKeyException;
import dev.morgana.spi.error.ReadOnlyStoreException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.error.ValueExpectedException;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.facet.Dump;
import dev.morgana.spi.facet.FileHandles;
import dev.morgana.spi.facet.Usage;
import dev.morgana.spi.facet.UserAttributes;
import dev.morgana.spi.facet.Wear;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.key.Kind;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.store.BeyondEnd;
import dev.morgana.spi.store.Entry;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.RenameMode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ReadOnlyStoreTest {
    private static final Key VALUE = Key.of("a");
    private static final Key LARGE = Key.of("big");
    private static final Key DICTIONARY = Key.of("dir");
    private static final Key BELOW_A_VALUE = Key.of("a/x");
    private static final Key MISSING = Key.of("none/x");

    private final TestImage image = TestImage.load("odd-unreadable");
    private KeyValueStore store;

    @BeforeEach
    void open() throws Exception {
        store = Stores.open(image.device(), image.options());
    }

    @AfterEach
    void close() {
        store.close();
    }

    private interface Read {
        Object of(Key key) throws StoreException;
    }

    private List<Read> reads() {
        return List.of(
                key -> store.get(key),
                key -> store.open(key),
                key -> store.read(key, 0, ByteBuffer.allocate(1)),
                key -> store.size(key),
                key -> store.digest(key));
    }

    @Nested
    class Reading {
        @Test
        void ofAMissingKeyNamesTheKeyAskedFor() {
            for (Read read : reads()) {
                assertThatThrownBy(() -> read.of(MISSING)).isInstanceOfSatisfying(NoSuchKeyException.class, e -> {
                    assertThat(e.key()).isEqualTo(MISSING);
                    assertThat(e.nativeCode()).contains("NOENT");
                });
            }
        }

        @Test
        void belowAValueFindsNothing() throws Exception {
            for (Read read : reads()) {
                assertThatThrownBy(() -> read.of(BELOW_A_VALUE)).isInstanceOfSatisfying(NoSuchKeyException.class, e -> {
                    assertThat(e.key()).isEqualTo(BELOW_A_VALUE);
                    assertThat(e.nativeCode()).contains("NOTDIR");
                });
            }
            assertThat(store.kind(BELOW_A_VALUE)).isEmpty();
        }

        @Test
        void ofADictionaryNeedsAValue() {
            for (Read read : reads()) {
                for (Key key : List.of(DICTIONARY, Key.ROOT)) {
                    assertThatThrownBy(() -> read.of(key)).isInstanceOfSatisfying(ValueExpectedException.class, e -> {
                        assertThat(e.key()).isEqualTo(key);
                        assertThat(e.nativeCode()).contains("ISDIR");
                    });
                }
            }
        }

        @Test
        void atANegativeOffsetIsTheCallersBug() {
            assertThatThrownBy(() -> store.read(VALUE, -1, ByteBuffer.allocate(1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("-1");
        }

        @Test
        void atOrBehindTheEndGivesNothing() throws Exception {
            for (long offset : new long[] {2600, 2601, Long.MAX_VALUE}) {
                assertThat(store.read(LARGE, offset, ByteBuffer.allocate(4))).isZero();
                assertThat(store.read(VALUE, offset, ByteBuffer.allocate(4))).isZero();
            }
            assertThat(store.read(LARGE, 0, ByteBuffer.allocate(0))).isZero();
        }

        @Test
        void givesACopy() throws Exception {
            store.get(VALUE)[0] = 'X';
            assertThat(store.get(VALUE)).startsWith('s', 'e', 'c');
        }

        @Test
        void fillsDirectBuffersToo() throws Exception {
            ByteBuffer target = ByteBuffer.allocateDirect(2600);
            assertThat(store.read(LARGE, 0, target)).isEqualTo(2600);
            assertThat(target.flip()).isEqualTo(ByteBuffer.wrap(store.get(LARGE)));
        }

        @Test
        void atEveryOffsetGivesTheSliceOfTheWhole() throws Exception {
            byte[] whole = store.get(LARGE);
            for (int offset = 0; offset < whole.length; offset += 13) {
                ByteBuffer target = ByteBuffer.allocate(700);
                int length = store.read(LARGE, offset, target);
                assertThat(length).isEqualTo(Math.min(700, whole.length - offset));
                assertThat(target.flip()).isEqualTo(ByteBuffer.wrap(whole, offset, length));
            }
        }

        @Test
        void aDamagedListOfBlocksHasAPosition() throws Exception {
            TestImage damaged = image.with(25 * 512, (byte) 0xff, (byte) 0xff);
            try (KeyValueStore other = Stores.open(damaged.device(), damaged.options())) {
                assertThat(other.size(LARGE)).isEqualTo(2600);
                assertThatThrownBy(() -> other.get(LARGE)).isInstanceOfSatisfying(CorruptStoreException.class, e -> {
                    assertThat(e.position().block()).isEqualTo(25);
                    assertThat(e.nativeCode()).contains("CORRUPT");
                });
                assertThat(other.get(VALUE)).isNotEmpty();
            }
        }

        @Test
        void aBadBlockIsCorruptToThePeer() throws Exception {
            ObservedDevice device = new ObservedDevice(image.device());
            try (KeyValueStore other = Stores.open(device, image.options())) {
                device.failingAt(22);
                assertThatThrownBy(() -> other.get(LARGE))
                        .isInstanceOfSatisfying(
                                BadBlockException.class,
                                e -> assertThat(e.nativeCode()).contains("CORRUPT"));
            }
        }
    }

    @Nested
    class Listing {
        @Test
        void ofAValueNeedsADictionary() {
            assertThatThrownBy(() -> store.list(VALUE)).isInstanceOfSatisfying(DictionaryExpectedException.class, e -> {
                assertThat(e.value()).isEqualTo(VALUE);
                assertThat(e.nativeCode()).contains("NOTDIR");
            });
        }

        @Test
        void ofAMissingKeyFails() {
            assertThatThrownBy(() -> store.list(MISSING)).isInstanceOf(NoSuchKeyException.class);
        }

        @Test
        void hasAbsoluteKeysInPathOrder() throws Exception {
            try (Stream<Entry> entries = store.list(Key.ROOT)) {
                assertThat(entries)
                        .containsExactly(
                                new Entry(VALUE, Kind.VALUE),
                                new Entry(LARGE, Kind.VALUE),
                                new Entry(DICTIONARY, Kind.DICTIONARY));
            }
            assertThat(store.list(DICTIONARY).map(Entry::key)).containsExactly(Key.of("dir/inner"));
        }

        /** On the medium a longer name comes before the one it begins with. */
        @Test
        void putsAPrefixFirst() throws Exception {
            TestImage names = TestImage.load("name-order");
            try (KeyValueStore other = Stores.open(names.device(), names.options())) {
                assertThat(other.list(Key.ROOT).map(Entry::key)).isSorted().contains(Key.of("a"), Key.of("aa"));
            }
        }

        @Test
        void neverShowsTheSuperblock() throws Exception {
            assertThat(store.kind(Key.of("littlefs"))).isEmpty();
        }
    }

    /** The peer hides a neighbour of the moved entry as well: littlefs page, section 16.1. */
    @Nested
    class AHalfDoneRename {
        private final TestImage moved = TestImage.load("cut-move-2");

        @Test
        void hidesItsSourceAndNothingElse() throws Exception {
            try (KeyValueStore other = Stores.open(moved.device(), moved.options())) {
                assertThat(other.kind(Key.of("a/p"))).isEmpty();
                assertThat(other.list(Key.of("a")).map(entry -> entry.key().name()))
                        .containsExactly("q", "r", "s");
                assertThat(other.kind(Key.of("a/q"))).contains(Kind.VALUE);
                assertThat(other.size(Key.of("b/p"))).isEqualTo(20);
                assertThat(other.info().properties().get("pending")).contains("entry 0 in {20, 21}");
            }
        }
    }

    @Nested
    class ADirectoryInItself {
        private final byte[] bytes = Arrays.copyOf(
                new TestLog(1)
                        .superblock(new Superblock(0x00020001, 512, 32, 255, 0, 0))
                        .tag(TagType.DIRECTORY_NAME.code(), 1, new byte[] {'d'})
                        .tag(TagType.DIRECTORY_STRUCT.code(), 1, new BlockPair(1, 0).encode())
                        .commit()
                        .bytes(),
                16384);

        @Test
        void endsEveryWalk() throws Exception {
            try (KeyValueStore other = Stores.open(TestImage.device(bytes), image.options())) {
                assertThat(other.list(Key.ROOT).map(Entry::key)).containsExactly(Key.of("d"));
                assertThatThrownBy(() -> other.list(Key.of("d"))).isInstanceOf(CorruptStoreException.class);
                assertThatThrownBy(() -> other.kind(Key.of("d/d/d"))).isInstanceOf(CorruptStoreException.class);
                assertThatThrownBy(() -> other.totalSize(Key.ROOT)).isInstanceOf(CorruptStoreException.class);
            }
        }
    }

    @Nested
    class AStream {
        @Test
        void givesTheWholeValueByteByByte() throws Exception {
            byte[] whole = store.get(LARGE);
            try (InputStream stream = store.open(LARGE)) {
                for (byte expected : whole) {
                    assertThat((byte) stream.read()).isEqualTo(expected);
                }
                assertThat(stream.read()).isEqualTo(-1);
            }
        }

        @Test
        void skipsAndCounts() throws Exception {
            byte[] whole = store.get(LARGE);
            try (InputStream stream = store.open(LARGE)) {
                stream.skipNBytes(2000);
                assertThat(stream.available()).isPositive();
                assertThat((byte) stream.read()).isEqualTo(whole[2000]);
                assertThat(stream.readAllBytes()).hasSize(599);
            }
        }

        @Test
        void endsWithItsStore() throws Exception {
            InputStream stream = store.open(LARGE);
            store.close();
            assertThatThrownBy(stream::read).isInstanceOf(IllegalStateException.class);
        }

        @Test
        void isOfNoUseAfterItsOwnEnd() throws Exception {
            InputStream stream = store.open(LARGE);
            stream.close();
            assertThatThrownBy(stream::read).isInstanceOf(IOException.class);
        }
    }

    @Nested
    class TotalSize {
        @Test
        void sumsUpEverythingBelow() throws Exception {
            assertThat(store.totalSize(Key.ROOT)).isEqualTo(14 + 2600 + 10);
            assertThat(store.totalSize(DICTIONARY)).isEqualTo(10);
            assertThat(store.totalSize(LARGE)).isEqualTo(2600);
            assertThatThrownBy(() -> store.totalSize(MISSING)).isInstanceOf(NoSuchKeyException.class);
        }
    }

    @Nested
    class LastModified {
        @Test
        void isEmptyWhereNoneIsStored() throws Exception {
            assertThat(store.lastModified(VALUE)).isEmpty();
            assertThat(store.lastModified(DICTIONARY)).isEmpty();
            assertThat(store.lastModified(Key.ROOT)).isEmpty();
            assertThatThrownBy(() -> store.lastModified(MISSING)).isInstanceOf(NoSuchKeyException.class);
        }

        /** This attribute 0x74 has five bytes, which is nobody's time. */
        @Test
        void isEmptyWhereTheAttributeIsSomethingElse() throws Exception {
            TestImage other = TestImage.load("one-inline-attr");
            try (KeyValueStore files = Stores.open(other.device(), other.options())) {
                assertThat(files.lastModified(Key.of("hello.txt"))).isEmpty();
            }
        }

        @Test
        void isReadFromChamelonsAttribute() throws Exception {
            TestImage times = TestImage.load("chamelon-times");
            try (KeyValueStore files = Stores.open(times.device(), times.options())) {
                assertThat(files.lastModified(Key.of("after_2038"))).contains(Instant.parse("2038-01-19T03:14:08Z"));
            }
        }
    }

    @Nested
    class Attributes {
        private final TestImage withAttributes = TestImage.load("attrs");

        @Test
        void areReadAlsoOfTheRoot() throws Exception {
            try (KeyValueStore other = Stores.open(withAttributes.device(), withAttributes.options())) {
                UserAttributes attributes = other.facet(UserAttributes.class).orElseThrow();

                assertThat(attributes.types(Key.ROOT)).containsExactly(0, 1, 65, 255);
                assertThat(attributes.get(Key.ROOT, 0)).contains(new byte[] {(byte) 0xe7, (byte) 0xe0, 0x1c});
                assertThat(attributes.get(Key.of("f"), 9))
                        .as("an empty one exists")
                        .contains(new byte[0]);
                assertThat(attributes.get(Key.of("f"), 0)).isEmpty();
            }
        }

        @Test
        void ofAMissingKeyFail() {
            UserAttributes attributes = store.facet(UserAttributes.class).orElseThrow();
            assertThatThrownBy(() -> attributes.types(MISSING)).isInstanceOf(NoSuchKeyException.class);
            assertThatThrownBy(() -> attributes.get(MISSING, 1)).isInstanceOf(NoSuchKeyException.class);
        }

        @Test
        void haveNumbersFrom0To255() {
            UserAttributes attributes = store.facet(UserAttributes.class).orElseThrow();
            assertThatThrownBy(() -> attributes.get(VALUE, -1)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> attributes.get(VALUE, 256)).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void areNotChanged() {
            UserAttributes attributes = store.facet(UserAttributes.class).orElseThrow();
            assertRefused("set attribute", () -> attributes.set(VALUE, 1, new byte[1]));
            assertRefused("remove attribute", () -> attributes.remove(VALUE, 1));
        }
    }

    @Nested
    class Changes {
        @Test
        void areRefusedByName() {
            ByteBuffer bytes = ByteBuffer.allocate(1);
            assertRefused("set", () -> store.set(VALUE, new byte[1]));
            assertRefused("set", () -> store.set(VALUE, new ByteArrayInputStream(new byte[1])));
            assertRefused("write", () -> store.write(VALUE, 0, bytes, BeyondEnd.APPEND));
            assertRefused("allocate", () -> store.allocate(Key.of("new"), 1));
            assertRefused("remove", () -> store.remove(VALUE));
            assertRefused("clear", () -> store.clear());
            assertRefused("rename", () -> store.rename(VALUE, Key.of("b"), RenameMode.EXACT));
        }

        @Test
        void thatAreNoneAreAllowed() throws Exception {
            store.flush();
        }
    }

    private static void assertRefused(String operation, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ReadOnlyStoreException.class,
                        e -> assertThat(e.operation()).isEqualTo(operation));
    }

    @Nested
    class AfterClosing {
        @Test
        void everyCallIsTheCallersBug() throws Exception {
            UserAttributes attributes = store.facet(UserAttributes.class).orElseThrow();
            Check check = store.facet(Check.class).orElseThrow();
            store.close();
            store.close();

            List<ThrowingCallable> calls = new ArrayList<>();
            reads().forEach(read -> calls.add(() -> read.of(VALUE)));
            calls.add(store::info);
            calls.add(store::flush);
            calls.add(() -> store.kind(VALUE));
            calls.add(() -> store.list(Key.ROOT));
            calls.add(() -> store.facet(Check.class));
            calls.add(() -> store.remove(VALUE));
            calls.add(() -> attributes.types(VALUE));
            calls.add(() -> check.check(Check.Depth.STRUCTURE, finding -> {}));
            assertThat(calls).allSatisfy(call -> assertThatThrownBy(call).isInstanceOf(IllegalStateException.class));
        }
    }

    @Nested
    class Facets {
        @Test
        void areThoseOfAReader() {
            assertThat(store.facet(UserAttributes.class)).isPresent();
            assertThat(store.facet(Check.class)).isPresent();
            assertThat(store.facet(Dump.class)).isPresent();
            assertThat(store.facet(Usage.class)).isPresent();
            assertThat(store.facet(Wear.class)).isPresent();
            assertThat(store.facet(FileHandles.class)).isPresent();
        }
    }

    @Nested
    class ManyReaders {
        @Test
        void readTheSame() throws Exception {
            TestImage many = TestImage.load("split-thinned");
            Options smallCache = many.options().with(LittleFsOptions.METADATA_CACHE_BYTES, 3000L);
            ExecutorService threads = Executors.newFixedThreadPool(4);
            try (KeyValueStore other = Stores.open(many.device(), smallCache)) {
                List<Future<Integer>> results = new ArrayList<>();
                for (int thread = 0; thread < 4; thread++) {
                    results.add(threads.submit(() -> readRepeatedly(other, many)));
                }
                int files = (int) many.entries().stream()
                        .filter(entry -> !entry.isDirectory())
                        .count();
                for (Future<Integer> result : results) {
                    assertThat(result.get()).isEqualTo(5 * files).isPositive();
                }
            } finally {
                threads.shutdownNow();
            }
        }

        private int readRepeatedly(KeyValueStore other, TestImage many) throws Exception {
            int same = 0;
            for (int round = 0; round < 5; round++) {
                for (TestImage.Expected entry : many.entries()) {
                    if (!entry.isDirectory()) {
                        String digest = HexFormat.of().formatHex(other.digest(entry.key()));
                        same += digest.equals(entry.sha256()) ? 1 : 0;
                    }
                }
            }
            return same;
        }
    }
}

package dev.morgana.littlefs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.morgana.littlefs.layout.BlockPair;
import dev.morgana.littlefs.layout.Superblock;
import dev.morgana.littlefs.layout.TagType;
import dev.morgana.spi.block.ErasedState;
import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.InvalidRequestException;
import dev.morgana.spi.error.NoSuchKeyException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Dictionaries;
import dev.morgana.spi.facet.History;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.option.CommonOptions;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.RenameMode;
import dev.morgana.tck.device.RamDevice;
import dev.morgana.tck.store.Campaign;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The older states of values, against the list of what was written. */
class HistoryTest {
    private static final Geometry GEOMETRY = new Geometry(16, 16, 4096, 64, ErasedState.ONES);
    private static final Key K = Key.of("k");
    private static final String REMOVED = "(removed)";

    private final RamDevice device = RamDevice.erased(GEOMETRY);
    private KeyValueStore store;

    @BeforeEach
    void mount() throws StoreException {
        LittleFs.format(device, Options.none());
        store = Stores.open(device, Options.none());
    }

    @AfterEach
    void unmount() {
        store.close();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void set(String key, String value) throws StoreException {
        store.set(Key.of(key), text(value));
    }

    private void remove(String key) throws StoreException {
        assertThat(store.remove(Key.of(key))).isTrue();
    }

    private static History history(KeyValueStore store) {
        return store.facet(History.class).orElseThrow();
    }

    private static String read(History history, Key key, History.Version version) throws IOException {
        try (InputStream value = history.open(key, version)) {
            return new String(value.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** The states of a key as texts. */
    private static List<String> states(History history, String name) throws IOException {
        Key key = Key.of(name);
        List<String> states = new ArrayList<>();
        for (History.Version version : history.versions(key)) {
            assertThat(version.index()).isEqualTo(states.size());
            if (version.size().isEmpty()) {
                states.add(REMOVED);
                continue;
            }
            String value = read(history, key, version);
            assertThat(value).hasSize((int) version.size().getAsLong());
            states.add(value);
        }
        return states;
    }

    private List<String> states(String name) throws IOException {
        return states(history(store), name);
    }

    @Nested
    class OfAValueInTheLog {
        @Test
        void hasEachStateInOrder() throws IOException {
            set("k", "A");
            set("k", "Bb");
            set("k", "Ccc");
            remove("k");
            set("k", "A");

            assertThat(states("k")).containsExactly("A", "Bb", "Ccc", REMOVED, "A");
            assertThat(history(store).versions(K))
                    .extracting(History.Version::current)
                    .containsExactly(false, false, false, false, true);
        }

        @Test
        void endsWithTheRemovalWhileNothingIsThere() throws IOException {
            set("k", "A");
            remove("k");

            List<History.Version> versions = history(store).versions(K);
            assertThat(states("k")).containsExactly("A", REMOVED);
            assertThat(versions).extracting(History.Version::current).containsExactly(false, false);
            assertThatThrownBy(() -> history(store).open(K, versions.get(1))).isInstanceOf(NoSuchKeyException.class);
        }

        @Test
        void hasAValueThatWasWrittenAgainOnce() throws IOException {
            set("k", "A");
            set("k", "A");
            set("k", "B");

            assertThat(states("k")).containsExactly("A", "B");
        }

        /** Names before and behind, so that the id of the key goes up and down. */
        @Test
        void followsTheKeyWhereItsIdShifts() throws IOException {
            set("m", "1");
            set("a", "before");
            set("z", "behind");
            set("m", "2");
            set("b", "before");
            remove("a");
            set("m", "3");
            remove("m");
            remove("b");
            set("n", "not m");
            set("m", "4");
            remove("z");

            assertThat(states("m")).containsExactly("1", "2", "3", REMOVED, "4");
            assertThat(states("a")).containsExactly("before", REMOVED);
            assertThat(states("b")).containsExactly("before", REMOVED);
            assertThat(states("z")).containsExactly("behind", REMOVED);
            assertThat(states("n")).containsExactly("not m");
        }

        @Test
        void followsTheNameAndNotTheFileWhereItIsRenamed() throws IOException {
            set("a", "first");
            set("b", "second");
            store.rename(Key.of("a"), Key.of("b"), RenameMode.EXACT);

            assertThat(states("a")).containsExactly("first", REMOVED);
            assertThat(states("b")).containsExactly("second", "first");
        }

        @Test
        void isFoundBelowADirectory() throws IOException {
            set("dir/k", "A");
            set("k", "another");
            set("dir/k", "B");

            assertThat(states("dir/k")).containsExactly("A", "B");
        }

        /** The value stands behind the tag that a version names. */
        @Test
        void isWhereItsPositionSays() throws IOException {
            List<String> written = List.of("first value", "other value");
            for (String value : written) {
                set("k", value);
            }
            byte[] image = device.image();

            for (History.Version version : history(store).versions(K)) {
                int block = (int) version.position().block();
                int start =
                        (int) (block * GEOMETRY.blockSize() + version.position().offset()) + 4;
                assertThat(new String(image, start, 11, StandardCharsets.UTF_8))
                        .isEqualTo(written.get(version.index()));
            }
        }

        @Test
        void isTheSameOnAnInspection() throws IOException {
            set("k", "A");
            set("k", "B");

            try (Inspection inspection =
                    LittleFs.inspect(RamDevice.readOnly(GEOMETRY, device.image()), Options.none())) {
                History history = inspection.facet(History.class).orElseThrow();
                assertThat(states(history, "k")).containsExactly("A", "B");
            }
        }
    }

    @Nested
    @Campaign
    class OverCompactions {
        /** Much more than two blocks hold, so that the oldest states go. */
        @Test
        void endsTheListOfWhatWasWritten() throws IOException {
            List<String> written = new ArrayList<>();
            int longest = 0;
            boolean fromBothBlocks = false;
            for (int i = 0; i < 500; i++) {
                if (i % 7 == 6) {
                    remove("k");
                    written.add(REMOVED);
                }
                set("k", "value " + i);
                written.add("value " + i);

                List<String> found = states("k");
                assertThat(found).isEqualTo(written.subList(written.size() - found.size(), written.size()));
                longest = Math.max(longest, found.size());
                fromBothBlocks |= history(store).versions(K).stream()
                                .map(version -> version.position().block())
                                .distinct()
                                .count()
                        == 2;
            }
            assertThat(longest).isBetween(50, written.size() - 1);
            assertThat(fromBothBlocks).isTrue();
        }

        @Test
        void losesAStateThatWasErasedMeanwhile() throws IOException {
            set("k", "first");
            History.Version first = history(store).versions(K).get(0);
            assertThat(read(history(store), K, first)).isEqualTo("first");
            for (int i = 0; i < 500; i++) {
                set("k", "value " + i);
            }

            assertThatThrownBy(() -> history(store).open(K, first)).isInstanceOf(NoSuchKeyException.class);
        }
    }

    @Nested
    class OfAValueInBlocks {
        private static final String LARGE = "x".repeat(10_000);

        @Test
        void isReadIfItIsTheCurrentOne() throws IOException {
            set("k", "small");
            set("k", LARGE);

            assertThat(states("k")).containsExactly("small", LARGE);
        }

        @Test
        void isListedButRefusedIfItIsNot() throws IOException {
            set("k", LARGE);
            History.Version whileCurrent = history(store).versions(K).get(0);
            set("k", "small");

            List<History.Version> versions = history(store).versions(K);
            assertThat(versions)
                    .extracting(version -> version.size().getAsLong())
                    .containsExactly(10_000L, 5L);
            for (History.Version refused : List.of(versions.get(0), whileCurrent)) {
                assertThatThrownBy(() -> history(store).open(K, refused))
                        .isInstanceOf(InvalidRequestException.class)
                        .hasMessageContaining("may hold anything");
            }
            assertThat(read(history(store), K, versions.get(1))).isEqualTo("small");
        }
    }

    @Test
    void ofNothingIsEmpty() throws IOException {
        set("file", "x");
        store.facet(Dictionaries.class).orElseThrow().create(Key.of("dir"));

        for (String key : List.of("never", "never/below", "file/below", "dir")) {
            assertThat(history(store).versions(Key.of(key))).as(key).isEmpty();
        }
        assertThat(history(store).versions(Key.ROOT)).isEmpty();
    }

    /** Pairs of blocks made by hand. */
    @Nested
    class OfTheOlderBlock {
        private static final int SIZE = 512;
        private static final int BLOCKS = 4;

        private final byte[] image = new byte[BLOCKS * SIZE];

        private static TestLog root(int revision) {
            return new TestLog(revision).superblock(new Superblock(0x00020001, SIZE, BLOCKS, 255, 0, 0));
        }

        private static TestLog file(TestLog log, int id, String name, String value) {
            return log.tag(TagType.FILE_NAME.code(), id, text(name)).tag(TagType.INLINE_STRUCT.code(), id, text(value));
        }

        /** Two states of k. */
        private static TestLog older(int revision) {
            return file(root(revision), 1, "k", "old")
                    .commit()
                    .tag(TagType.INLINE_STRUCT.code(), 1, text("new"))
                    .commit();
        }

        private void put(int block, TestLog log) {
            System.arraycopy(log.bytes(), 0, image, block * SIZE, log.size());
        }

        private List<History.Version> versions(String key) throws IOException {
            try (KeyValueStore mounted = mounted()) {
                return history(mounted).versions(Key.of(key));
            }
        }

        private List<String> found(String key) throws IOException {
            try (KeyValueStore mounted = mounted()) {
                return states(history(mounted), key);
            }
        }

        private KeyValueStore mounted() throws StoreException {
            return Stores.open(TestImage.device(image), Options.none().with(CommonOptions.READ_ONLY, true));
        }

        @Test
        void comesFirst() throws IOException {
            put(0, older(-1));
            put(1, file(root(0), 1, "k", "newest").commit());

            assertThat(found("k")).containsExactly("old", "new", "newest");
            assertThat(versions("k"))
                    .extracting(History.Version::label)
                    .containsExactly(
                            "revision 4294967295, commit 1", "revision 4294967295, commit 2", "revision 0, commit 1");
        }

        @Test
        void tellsWhatTheCompactionRemoved() throws IOException {
            put(0, older(4));
            put(1, root(5).commit());

            assertThat(found("k")).containsExactly("old", "new", REMOVED);
            assertThat(versions("k").get(2).position())
                    .extracting("block", "offset")
                    .containsExactly(1L, 4L);
        }

        @Test
        void tellsNoMoreThanItsIntactCommits() throws IOException {
            TestLog older = older(4);
            put(0, older);
            image[older.size() - 1] ^= 1;
            put(1, file(root(5), 1, "k", "newest").commit());

            assertThat(found("k")).containsExactly("old", "newest");
        }

        @Test
        void isAllThereIsWhileTheNewerOneIsTorn() throws IOException {
            TestLog newer = file(root(5), 1, "k", "newest").commit();
            put(0, older(4));
            put(1, newer);
            image[SIZE + newer.size() - 1] ^= 1;

            assertThat(found("k")).containsExactly("old", "new");
            assertThat(versions("k")).extracting(History.Version::current).containsExactly(false, true);
        }

        @Test
        void doesNotCountIfItsRevisionIsNotTheOneBefore() throws IOException {
            put(0, older(3));
            put(1, file(root(5), 1, "k", "newest").commit());

            assertThat(found("k")).containsExactly("newest");
        }

        /** What a directory that was removed left in a block that is the other one of a new pair now. */
        @Test
        void doesNotCountIfNothingInItIsInTheNewerOne() throws IOException {
            put(
                    0,
                    root(0).tag(TagType.DIRECTORY_NAME.code(), 1, text("dir"))
                            .tag(TagType.DIRECTORY_STRUCT.code(), 1, new BlockPair(3, 2).encode())
                            .commit());
            put(2, file(new TestLog(4), 0, "k", "of another directory").commit());
            put(3, file(new TestLog(5), 0, "a", "first").commit());

            assertThat(found("dir/k")).isEmpty();
            assertThat(found("dir/a")).containsExactly("first");
        }

        @Test
        void isRefusedWithItsPlaceIfAFileHasTheStructOfADirectory() throws IOException {
            put(
                    0,
                    root(0).tag(TagType.FILE_NAME.code(), 1, text("k"))
                            .tag(TagType.DIRECTORY_STRUCT.code(), 1, new BlockPair(3, 2).encode())
                            .commit()
                            .tag(TagType.INLINE_STRUCT.code(), 1, text("whole"))
                            .commit());

            assertThatThrownBy(() -> versions("k"))
                    .isInstanceOfSatisfying(
                            CorruptStoreException.class,
                            e -> assertThat(e.position().block()).isZero());
        }
    }

    static Stream<TestImage> healthy() {
        return TestImage.NAMES.stream().map(TestImage::load).filter(image -> !image.isCorrupt());
    }

    @ParameterizedTest
    @MethodSource("healthy")
    void endsWithWhatAnotherProgramWrote(TestImage image) throws IOException {
        try (KeyValueStore golden = Stores.open(image.device(), image.options())) {
            History history = history(golden);
            for (TestImage.Expected entry : image.entries()) {
                List<History.Version> versions = history.versions(entry.key());
                if (entry.isDirectory()) {
                    assertThat(versions).noneMatch(History.Version::current);
                    continue;
                }
                assertThat(versions)
                        .as("%s", entry.key())
                        .filteredOn(History.Version::current)
                        .hasSize(1);
                History.Version last = versions.get(versions.size() - 1);
                assertThat(last.current()).isTrue();
                assertThat(last.size()).hasValue(entry.size());
                try (InputStream value = history.open(entry.key(), last)) {
                    assertThat(value.readAllBytes()).isEqualTo(golden.get(entry.key()));
                }
            }
        }
    }

    /** Made with the C implementation, which wrote one version after the other. */
    @Test
    void hasBothVersionsThatAnotherProgramWrote() throws IOException {
        TestImage image = TestImage.load("odd-unreadable");
        try (KeyValueStore golden = Stores.open(image.device(), image.options())) {
            assertThat(states(history(golden), "a")).endsWith("first version", "second version");
        }
    }
}

package dev.morgana.lsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.morgana.spi.block.Geometry;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.InvalidOptionException;
import dev.morgana.spi.error.LimitExceededException;
import dev.morgana.spi.error.NoSpaceException;
import dev.morgana.spi.error.NoSuchKeyException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.facet.Check;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.facet.Repair;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.option.Options;
import dev.morgana.spi.provider.Confidence;
import dev.morgana.spi.provider.Identification;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.tck.device.RamDevice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Files by their typed interface. */
class EkvFsTest {
    private static final int CHUNK = 16;

    private final Geometry geometry = new Geometry(4, 4, 512, 128, dev.morgana.spi.block.ErasedState.ONES);
    private Options options = Options.none()
            .with(EkvOptions.MAX_PAGE_COUNT, 128L)
            .with(EkvFsOptions.CHUNK_SIZE, (long) CHUNK)
            .with(EkvFsOptions.MAX_PATH_LEN, 32L);
    private RamDevice flash = RamDevice.erased(geometry);
    private EkvFs files;

    @BeforeEach
    void format() throws StoreException {
        EkvFs.format(flash, options);
        files = EkvFs.open(flash, options);
    }

    @AfterEach
    void close() {
        files.close();
    }

    private void reopen(Options with) throws StoreException {
        flash = RamDevice.of(geometry, flash.image());
        files = EkvFs.open(flash, with);
    }

    private static byte[] bytes(int seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private byte[] read(String path) throws IOException {
        try (EkvFsFile file = files.open(path)) {
            ByteBuffer all = ByteBuffer.allocate((int) file.size() + 1);
            while (file.read(all) > 0) {
                assertThat(all.hasRemaining()).isTrue();
            }
            return Arrays.copyOf(all.array(), all.position());
        }
    }

    private void putRaw(String key, int... value) throws StoreException {
        byte[] bytes = new byte[value.length];
        for (int i = 0; i < value.length; i++) {
            bytes[i] = (byte) value[i];
        }
        files.database().put(key.getBytes(StandardCharsets.UTF_8), bytes);
    }

    private static Consumer<Throwable> named(String code) {
        return error -> assertThat(((StoreException) error).nativeCode()).contains(code);
    }

    private boolean hasRaw(String key) throws StoreException {
        return files.database().get(key.getBytes(StandardCharsets.UTF_8)).isPresent();
    }

    @Nested
    class Writing {
        @Test
        void aFileIsReplacedWithoutAStaleChunk() throws IOException {
            files.writeFile("/a", bytes(1, 5 * CHUNK + 3));
            files.writeFile("/a", bytes(2, CHUNK));
            assertThat(read("/a")).isEqualTo(bytes(2, CHUNK));
            assertThat(files.stat("/a")).isEqualTo(new EkvFsStat(CHUNK, 1));
            assertThat(hasRaw("c:/a:1")).isFalse();
        }

        @Test
        void moreThanTenChunksAreReadInOrder() throws IOException {
            files.writeFile("/long", bytes(1, 24 * CHUNK + 5));
            assertThat(files.stat("/long").chunks()).isEqualTo(25);
            assertThat(read("/long")).isEqualTo(bytes(1, 24 * CHUNK + 5));
            files.deleteFile("/long");
            assertThat(hasRaw("c:/long:24")).isFalse();
        }

        @Test
        void moreThanTenChunksAreRefusedOnRequest() throws IOException {
            reopen(options.with(EkvFsOptions.TEN_CHUNKS, true));
            files.writeFile("/ten", bytes(1, 10 * CHUNK));
            assertThatThrownBy(() -> files.writeFile("/ten", bytes(2, 10 * CHUNK + 1)))
                    .isInstanceOf(LimitExceededException.class);
            assertThatThrownBy(() -> files.append("/ten", ByteBuffer.allocate(1)))
                    .isInstanceOf(LimitExceededException.class);
            assertThat(read("/ten")).isEqualTo(bytes(1, 10 * CHUNK));
        }

        @Test
        void orphansOfAPathNeverBecomeBytesOfIt() throws IOException {
            putRaw("c:/a:1", 9, 9, 9);
            putRaw("c:/a:7", 9);
            files.append("/a", ByteBuffer.wrap(bytes(1, 4)));
            assertThat(read("/a")).isEqualTo(bytes(1, 4));
            assertThat(hasRaw("c:/a:1") || hasRaw("c:/a:7")).isFalse();
        }

        @Test
        void keysOfOtherPathsThatGoOnWithAColonStay() throws IOException {
            files.writeFile("a", bytes(1, 3 * CHUNK));
            files.writeFile("a:0", bytes(2, 3 * CHUNK));
            files.writeFile("a", bytes(3, 1));
            files.deleteFile("a");
            assertThat(read("a:0")).isEqualTo(bytes(2, 3 * CHUNK));
        }

        @Test
        void ofAFileThatDoesNotFitTheOldOneStays() throws IOException {
            files.writeFile("/a", bytes(1, 40));
            assertThatThrownBy(() -> files.writeFile("/a", bytes(2, 60_000)))
                    .isInstanceOf(NoSpaceException.class)
                    .satisfies(named("Database"));
            assertThat(read("/a")).isEqualTo(bytes(1, 40));
        }
    }

    /** Changes of a part, against an array. */
    @Test
    void partsAppendingAndTruncatingDoWhatTheyDoToAnArray() throws IOException {
        Random random = new Random(5);
        byte[] model = new byte[0];
        files.writeFile("/f", model);
        for (int i = 0; i < 300; i++) {
            byte[] part = bytes(i, random.nextInt(3 * CHUNK));
            int offset = random.nextInt(3) == 0 ? model.length : random.nextInt(model.length + 2 * CHUNK);
            if (random.nextInt(4) == 0) {
                offset = Math.min(offset, model.length);
                files.truncate("/f", offset);
                model = Arrays.copyOf(model, offset);
            } else {
                files.write("/f", offset, ByteBuffer.wrap(part));
                int end = part.length == 0 ? model.length : Math.max(model.length, offset + part.length);
                model = Arrays.copyOf(model, end);
                System.arraycopy(part, 0, model, part.length == 0 ? 0 : offset, part.length);
            }
            assertThat(read("/f")).as("step %d", i).isEqualTo(model);
            assertThat(files.stat("/f").chunks()).isEqualTo((model.length + CHUNK - 1) / CHUNK);
        }
    }

    @Test
    void aPartIsWrittenInTheChunksThatTheFileHas() throws IOException {
        files.writeFile("/f", bytes(1, 3 * CHUNK));
        reopen(options.with(EkvFsOptions.CHUNK_SIZE, 100L));
        files.write("/f", CHUNK + 2, ByteBuffer.wrap(new byte[] {1}));
        assertThat(files.stat("/f")).isEqualTo(new EkvFsStat(3 * CHUNK, 3));
        byte[] expected = bytes(1, 3 * CHUNK);
        expected[CHUNK + 2] = 1;
        assertThat(read("/f")).isEqualTo(expected);
    }

    @Test
    void aSingleChunkThatIsTooLongIsDivided() throws IOException {
        reopen(options.with(EkvFsOptions.CHUNK_SIZE, 100L));
        files.writeFile("/f", bytes(1, 90));
        reopen(options);
        files.append("/f", ByteBuffer.wrap(bytes(2, 5)));
        assertThat(files.stat("/f")).isEqualTo(new EkvFsStat(95, 6));
        byte[] expected = Arrays.copyOf(bytes(1, 90), 95);
        System.arraycopy(bytes(2, 5), 0, expected, 90, 5);
        assertThat(read("/f")).isEqualTo(expected);
    }

    @Nested
    class Moving {
        @Test
        void aFileReplacesAnother() throws IOException {
            files.writeFile("/a", bytes(1, 30));
            files.writeFile("/b", bytes(2, 100));
            files.rename("/a", "/b");
            assertThat(files.list("/")).containsExactly("/b");
            assertThat(read("/b")).isEqualTo(bytes(1, 30));
            assertThat(hasRaw("c:/b:2") || hasRaw("c:/a:0")).isFalse();
        }

        @Test
        void whatIsNotThereIsNamed() {
            assertThatThrownBy(() -> files.rename("/none", "/b"))
                    .isInstanceOf(NoSuchKeyException.class)
                    .satisfies(named("NotFound"));
        }
    }

    @Nested
    class Together {
        @Test
        void eachChangeSeesThoseBefore() throws IOException {
            try (EkvFsBatch batch = files.batch()) {
                batch.writeFile("/a", bytes(1, 40));
                batch.append("/a", ByteBuffer.wrap(bytes(2, 3)));
                batch.rename("/a", "/b");
                assertThatThrownBy(() -> batch.deleteFile("/a")).isInstanceOf(NoSuchKeyException.class);
                batch.truncate("/b", 20);
                assertThat(files.list("")).isEmpty();
                batch.commit();
            }
            assertThat(files.list("")).containsExactly("/b");
            assertThat(read("/b")).isEqualTo(Arrays.copyOf(bytes(1, 40), 20));
        }

        @Test
        void withoutACommitNothingIsChanged() throws IOException {
            files.writeFile("/a", bytes(1, 40));
            try (EkvFsBatch batch = files.batch()) {
                batch.deleteFile("/a");
            }
            assertThat(read("/a")).isEqualTo(bytes(1, 40));
        }
    }

    @Nested
    class Reading {
        @Test
        void aFileThatIsOpenStaysAsItWas() throws IOException {
            files.writeFile("/a", bytes(1, 100));
            try (EkvFsFile file = files.open("/a")) {
                files.writeFile("/a", bytes(2, 3));
                ByteBuffer part = ByteBuffer.allocate(4);
                assertThat(file.position(50).read(part)).isEqualTo(4);
                assertThat(part.array()).isEqualTo(Arrays.copyOfRange(bytes(1, 100), 50, 54));
                assertThat(file.position(200).read(part.clear())).isEqualTo(-1);
            }
        }

        @Test
        void damageIsNamedAndNeverFilledWithOtherBytes() throws IOException {
            putRaw("m:/short", 19, 2);
            putRaw("c:/short:0", 1, 2, 3, 4, 5, 6, 7, 8);
            putRaw("c:/short:1", 1, 2, 3);
            putRaw("m:/gone", 40, 3);
            putRaw("c:/gone:0", new int[CHUNK]);
            putRaw("m:/huge", 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f, 0xff, 0xff, 0xff, 0x7f);
            putRaw("m:/many", 5, 9);
            putRaw("m:/none", 5, 0);
            for (String path : List.of("/short", "/gone", "/huge", "/many", "/none")) {
                assertThatThrownBy(() -> read(path)).as(path).isInstanceOf(CorruptStoreException.class);
            }
            files.writeFile("/short", bytes(1, 3));
            assertThat(read("/short")).isEqualTo(bytes(1, 3));
        }
    }

    @Nested
    class Names {
        @Test
        void errorsBearTheNamesOfThePeer() {
            assertThatThrownBy(() -> files.stat("/none")).satisfies(named("NotFound"));
            assertThatThrownBy(() -> files.stat("z".repeat(33))).satisfies(named("PathTooLong"));
        }

        @Test
        void lengthsAreThoseOfBytes() throws IOException {
            files.writeFile("é".repeat(16), bytes(1, 1));
            assertThatThrownBy(() -> files.writeFile("é".repeat(16) + "e", bytes(1, 1)))
                    .isInstanceOf(LimitExceededException.class);
        }

        @Test
        void keysBeyondThePeersBufferAreRefused() throws IOException {
            reopen(options.with(EkvFsOptions.MAX_PATH_LEN, 200L));
            assertThatThrownBy(() -> files.stat("z".repeat(127))).satisfies(named("KeyTooLong"));
        }
    }

    @Nested
    class OfTheImage {
        @Test
        void aChunkThatIsNoValueIsRefused() {
            assertThatThrownBy(() ->
                            EkvFs.format(RamDevice.erased(geometry), options.with(EkvOptions.MAX_VALUE_SIZE, 10L)))
                    .isInstanceOf(InvalidOptionException.class)
                    .hasMessageContaining("chunkSize");
        }

        @Test
        void theImageSaysHowLongItsChunksAre() throws IOException {
            files.writeFile("/a", bytes(1, 3 * CHUNK));
            reopen(Options.none());
            files.writeFile("/b", bytes(2, 2 * CHUNK));
            assertThat(files.stat("/b").chunks()).isEqualTo(2);
        }

        @Test
        void anImageWithFilesIsRecognizedAsSuch() throws IOException {
            assertThat(confidence(new EkvFsProvider().probe(List.of(flash)))).isEqualTo(Confidence.POSSIBLE);
            files.writeFile("/a", bytes(1, 3 * CHUNK));
            assertThat(confidence(new EkvFsProvider().probe(List.of(flash)))).isEqualTo(Confidence.LIKELY);
            assertThat(confidence(new EkvProvider().probe(List.of(flash)))).isEqualTo(Confidence.POSSIBLE);
        }

        @Test
        void withChecksumsItIsRecognizedForCertain() throws IOException {
            EkvFs.format(flash, options.with(EkvOptions.CRC, true));
            reopen(Options.none());
            files.writeFile("/a", bytes(1, 3 * CHUNK));
            assertThat(confidence(new EkvFsProvider().probe(List.of(flash)))).isEqualTo(Confidence.CERTAIN);
            assertThat(confidence(new EkvProvider().probe(List.of(flash)))).isEqualTo(Confidence.LIKELY);
        }

        /** Firmware whose chunks were shorter could not read the one that is there. */
        @Test
        void aLongSingleChunkSaysHowLongChunksMustBe() throws IOException {
            EkvFs.format(flash, Options.none());
            reopen(Options.none().with(EkvFsOptions.CHUNK_SIZE, 1000L));
            files.writeFile("/a", bytes(1, 600));
            reopen(Options.none());
            files.writeFile("/b", bytes(2, 1025));
            assertThat(files.stat("/b").chunks()).isEqualTo(2);
        }

        /** The records of the last file, read with another width of keys, are one record that ends where they do. */
        @Test
        void aFileThatLooksRightByChanceDoesNotHideTheOthers() throws IOException {
            Options wide = Options.none().with(EkvOptions.MAX_KEY_SIZE, 128L);
            EkvFs.format(flash, wide);
            reopen(wide);
            files.writeFile("/a", bytes(1, 700));
            files.writeFile("/b", bytes(2, 700));
            files.writeFile("/new", bytes(3, 11));
            reopen(Options.none());
            assertThat(files.stat("/a").size()).isEqualTo(700);
            assertThat(files.stat("/new").size()).isEqualTo(11);
        }

        /** Wider keys than the crate has by default, with a path that it does not document. */
        @Test
        void keysOfOtherWidthsAreFoundOut() throws IOException {
            String path = "/" + "p".repeat(123);
            Options wide = Options.none().with(EkvOptions.CRC, true).with(EkvOptions.MAX_KEY_SIZE, 128L);
            EkvFs.format(flash, wide);
            reopen(wide.with(EkvFsOptions.MAX_PATH_LEN, 124L));
            files.writeFile(path, bytes(1, 700));
            reopen(Options.none());
            assertThat(files.stat(path).size()).isEqualTo(700);
            assertThatThrownBy(() -> files.writeFile(path, bytes(2, 7))).satisfies(named("PathTooLong"));
            files.writeFile("/" + "q".repeat(103), bytes(3, 7));
            files.deleteFile(path);
            try (KeyValueStore tree = EkvFs.open(RamDevice.of(geometry, flash.image()), Options.none())
                    .store()) {
                assertThat(tree.info().properties()).containsEntry("maxKeySize", "128");
            }
        }

        private Confidence confidence(java.util.Optional<Identification> found) {
            return found.orElseThrow().confidence();
        }

        @Test
        void otherKeysAreNoFiles() throws IOException {
            for (int i = 0; i < 5; i++) {
                putRaw("m:" + i, 1);
                putRaw("key" + i, 1);
            }
            assertThat(new EkvFsProvider().probe(List.of(flash))).isEmpty();
        }
    }

    @Nested
    class Tree {
        private List<String> rules(KeyValueStore tree) throws StoreException {
            List<Finding> findings = new ArrayList<>();
            tree.facet(Check.class).orElseThrow().check(Check.Depth.DEEP, findings::add);
            return findings.stream().map(Finding::rule).sorted().toList();
        }

        @Test
        void theToolsNameOrphansDamageAndUnusualPaths() throws IOException {
            files.writeFile("/a/b", bytes(1, 40));
            files.writeFile("no/slash", bytes(1, 1));
            putRaw("c:/a/b:3", 1);
            putRaw("c:/lost:0", 1);
            putRaw("m:/torn", 40, 3);
            putRaw("own", 1);
            try (KeyValueStore tree =
                    EkvFs.open(RamDevice.of(geometry, flash.image()), options).store()) {
                assertThat(rules(tree))
                        .containsExactly("damaged-file", "orphaned-chunk", "orphaned-chunk", "unusual-path");
                tree.facet(Repair.class).orElseThrow().repair(false, action -> {});
                assertThat(rules(tree)).containsExactly("damaged-file", "unusual-path");
                assertThat(tree.get(Key.of("a/b"))).isEqualTo(bytes(1, 40));
            }
        }

        @Test
        void clearingLeavesTheKeysOfOthers() throws IOException {
            files.writeFile("/a/b", bytes(1, 40));
            putRaw("own", 1);
            try (KeyValueStore tree =
                    EkvFs.open(RamDevice.of(geometry, flash.image()), options).store()) {
                tree.clear();
                var database = tree.facet(EkvDatabase.class).orElseThrow().database();
                assertThat(database.keys().map(Key::escape)).containsExactly("own");
            }
        }
    }
}

package dev.morgana.interop.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.morgana.spi.Morgana;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.StoreException;
import dev.morgana.spi.error.UnsupportedFormatException;
import dev.morgana.spi.facet.Finding;
import dev.morgana.spi.facet.Repair;
import dev.morgana.spi.facet.UserAttributes;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.provider.Confidence;
import dev.morgana.spi.provider.Identification;
import dev.morgana.spi.provider.Inspection;
import dev.morgana.spi.store.Entry;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.ReadableStore;
import dev.morgana.spi.store.RenameMode;
import dev.morgana.tck.store.Campaign;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Images of littlefs as they come from the field: by other builders, damaged, cut off, of another version. All but the first
 * hold {@code /big} of 1500 bytes, {@code /small} of 10, and {@code /dir/in} of 10.
 */
@Campaign
class LittlefsFieldTest {
    private static final Path IMAGES = Path.of("golden", "field");
    private static final byte[] BIG = "B".repeat(1500).getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SMALL = "s".repeat(10).getBytes(StandardCharsets.US_ASCII);
    private static final byte[] INNER = "i".repeat(10).getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path folder;

    private final Morgana morgana = Morgana.load();

    private Path image(String name) throws IOException {
        return Files.copy(IMAGES.resolve(name), folder.resolve(name));
    }

    private List<Identification> identify(Path image) throws StoreException {
        return morgana.at(image).identify();
    }

    private ReadableStore read(Path image) throws StoreException {
        return morgana.openReadOnly(image.toString());
    }

    private KeyValueStore change(Path image, String options) throws StoreException {
        return morgana.open("littlefs+file:" + image + options);
    }

    private static List<Key> keys(ReadableStore store, String dictionary) throws StoreException {
        return store.list(Key.of(dictionary)).map(Entry::key).toList();
    }

    private static CorruptStoreException damage(org.assertj.core.api.ThrowableAssert.ThrowingCallable reading) {
        return org.assertj.core.api.Assertions.catchThrowableOfType(CorruptStoreException.class, reading);
    }

    /** Repairs, expects to be told of something beyond it and nothing to be done, and gives what was told. */
    private List<Finding> repairInVain(Path image) throws Exception {
        byte[] before = Files.readAllBytes(image);
        List<Repair.Action> actions = new ArrayList<>();
        List<Finding> remaining;
        try (Inspection inspection = morgana.inspect(morgana.parse("littlefs+file:" + image))) {
            Repair repair = inspection.facet(Repair.class).orElseThrow();
            remaining = repair.repair(false, actions::add);
            assertThat(repair.repair(true, actions::add)).isEqualTo(remaining);
        }
        assertThat(actions).isEmpty();
        CommandProcess command = CommandProcess.run(List.of(), folder, "repair", image.toString());
        assertThat(command.code()).as(command.out() + command.err()).isEqualTo(1);
        assertThat(command.out())
                .contains(remaining.get(0).rule())
                .contains("beyond repair")
                .doesNotContain("nothing to repair");
        assertThat(Files.readAllBytes(image)).isEqualTo(before);
        return remaining;
    }

    /** Repairs in one pass, after which there is nothing to repair and no error, and gives what was told. */
    private String repairInOnePass(Path image) throws Exception {
        CommandProcess planned = CommandProcess.run(List.of(), folder, "repair", "--dry-run", image.toString());
        assertThat(planned.code()).as(planned.err()).isEqualTo(1);
        CommandProcess repair = CommandProcess.run(List.of(), folder, "repair", image.toString());
        assertThat(repair.code()).as(repair.out() + repair.err()).isZero();
        assertThat(repair.out())
                .startsWith(planned.out()
                        .substring(
                                0, planned.out().lastIndexOf('\n', planned.out().length() - 2)));
        CommandProcess check = CommandProcess.run(List.of(), folder, "check", "--deep", image.toString());
        assertThat(check.code()).as(check.out()).isZero();
        CommandProcess again = CommandProcess.run(List.of(), folder, "repair", "--dry-run", image.toString());
        assertThat(again.code()).as(again.out()).isZero();
        assertThat(again.out() + again.err()).contains("nothing to repair");
        return repair.out();
    }

    @Test
    void whatTheCommonBuilderMakesIsNoWorkOfChamelon() throws Exception {
        Path image = image("like-mklittlefs.img");
        assertThat(identify(image))
                .singleElement()
                .satisfies(found -> assertThat(found.hints()).isEmpty());
        try (KeyValueStore store = change(image, "")) {
            store.set(Key.of("/new"), SMALL);
            store.rename(Key.of("/a.txt"), Key.of("/b.txt"), RenameMode.EXACT);
            assertThat(store.remove(Key.of("/big.bin"))).isTrue();
        }
        try (ReadableStore store = read(image)) {
            assertThat(keys(store, "/")).containsExactly(Key.of("/b.txt"), Key.of("/new"));
            assertThat(store.get(Key.of("/b.txt"))).isEqualTo("AAAAA".getBytes(StandardCharsets.US_ASCII));
            assertThat(store.info().properties()).containsEntry("nameMax", "32");
            assertThat(store.facet(UserAttributes.class).orElseThrow().types(Key.of("/b.txt")))
                    .containsExactly((int) 't');
        }
    }

    @Test
    void anUnreadableDirectoryLeavesTheRestToBeRead() throws Exception {
        Path image = image("unreadable-dir.img");
        try (ReadableStore store = read(image)) {
            assertThat(keys(store, "/")).containsExactly(Key.of("/big"), Key.of("/dir"), Key.of("/small"));
            assertThat(store.get(Key.of("/big"))).isEqualTo(BIG);
            assertThat(store.get(Key.of("/small"))).isEqualTo(SMALL);
            assertThat(damage(() -> store.list(Key.of("/dir"))).position().block())
                    .isIn(14L, 15L);
            assertThat(damage(() -> store.get(Key.of("/dir/in"))).position().block())
                    .isIn(14L, 15L);
        }
        assertThat(damage(() -> change(image, "").close()).getMessage()).contains("block 14 or 15");
        assertThat(repairInOnePass(image)).contains("lost: entries of /dir/");
        try (KeyValueStore store = change(image, "")) {
            assertThat(store.get(Key.of("/big"))).isEqualTo(BIG);
            assertThat(keys(store, "/dir")).isEmpty();
            store.set(Key.of("/dir/in"), SMALL);
        }
    }

    @Test
    void aPointerToNowhereIsGivenUpByARepair() throws Exception {
        Path image = image("ctz.img");
        try (ReadableStore store = read(image)) {
            assertThat(store.get(Key.of("/small"))).isEqualTo(SMALL);
            assertThat(store.get(Key.of("/dir/in"))).isEqualTo(INNER);
            assertThat(damage(() -> store.get(Key.of("/big")))).hasMessageContaining("2566618423"); // 0x98fb7d37
        }
        assertThat(repairInOnePass(image)).contains("remove /big; lost: all 1500 bytes of /big");
        try (ReadableStore store = read(image)) {
            assertThat(store.get(Key.of("/dir/in"))).isEqualTo(INNER);
        }
    }

    /** Which blocks are free is not known there. */
    @Test
    void nothingIsAllocatedBesideAPointerToNowhere() throws Exception {
        Path image = image("ctz.img");
        byte[] before = Files.readAllBytes(image);
        try (KeyValueStore store = change(image, "")) {
            assertThat(damage(() -> store.set(Key.of("/large"), new byte[2000])))
                    .hasMessageContaining("2566618423");
        }
        assertThat(Files.readAllBytes(image)).isEqualTo(before);
    }

    @Test
    void namesAndSmallFilesOfATruncatedImageCanBeRead() throws Exception {
        Path image = image("truncated.img");
        try (ReadableStore store = read(image)) {
            assertThat(keys(store, "/")).containsExactly(Key.of("/big"), Key.of("/dir"), Key.of("/small"));
            assertThat(store.size(Key.of("/big"))).isEqualTo(1500);
            assertThat(store.get(Key.of("/small"))).isEqualTo(SMALL);
            assertThat(damage(() -> store.get(Key.of("/big")))).hasMessageContaining("below 8");
            assertThat(damage(() -> store.list(Key.of("/dir")))).hasMessageContaining("below 8");
        }
        assertThat(damage(() -> change(image, "").close())).hasMessageContaining("16 blocks");
        assertThat(repairInVain(image)).extracting(Finding::rule).contains("superblock");
    }

    @Test
    void anOldVersionIsNamedAndRefused() throws Exception {
        Path image = image("v1-superblock.img");
        assertThat(identify(image)).singleElement().satisfies(found -> {
            assertThat(found.format()).isEqualTo("littlefs");
            assertThat(found.version()).isEqualTo("1.7");
            assertThat(found.geometry().blockSize()).isEqualTo(512);
            assertThat(found.geometry().blockCount()).isEqualTo(128);
        });
        assertThatThrownBy(() -> read(image).close())
                .isInstanceOf(UnsupportedFormatException.class)
                .hasMessageContaining("littlefs 1.7");
        for (String address : List.of(image.toString(), "littlefs+file:" + image)) {
            assertThatThrownBy(() -> morgana.inspect(morgana.parse(address)).close())
                    .isInstanceOf(UnsupportedFormatException.class)
                    .hasMessageContaining("littlefs 1.7");
        }
    }

    @Test
    void aSuperblockWithoutItsChecksumIsTold() throws Exception {
        Path image = image("zero-checksums.img");
        assertThat(identify(image)).singleElement().satisfies(found -> {
            assertThat(found.version()).isEqualTo("2.0");
            assertThat(found.confidence()).isEqualTo(Confidence.POSSIBLE);
            assertThat(found.geometry().blockSize()).isEqualTo(512);
            assertThat(found.geometry().blockCount()).isEqualTo(16);
            assertThat(found.evidence()).singleElement().asString().contains("unproved");
        });
        assertThat(damage(() -> read(image).close())).isNotNull();
    }

    @Test
    void aFileSystemFurtherBehindIsNotGuessed() throws Exception {
        assertThat(identify(image("fs-at-0x2000.img"))).isEmpty();
    }

    @Test
    void aScanFindsWhereAFileSystemBegins() throws Exception {
        Path dump = image("fs-at-0x2000.img");
        CommandProcess scan = CommandProcess.run(List.of(), folder, "identify", "--scan", dump.toString());
        assertThat(scan.code()).isZero();
        assertThat(scan.out().lines())
                .first()
                .asString()
                .startsWith(dump + "@0x2000+8192: littlefs 2.0, 16 blocks of 512 B");
        CommandProcess none = CommandProcess.run(
                List.of(),
                folder,
                "identify",
                "--scan",
                image("seven-bytes.bin").toString());
        assertThat(none.out()).endsWith("not recognised\n");
        assertThat(none.code()).isEqualTo(4);
    }

    /** By the rules of littlefs a new entry would be invisible to chamelon. */
    @ParameterizedTest
    @ValueSource(strings = {"inline-limit-512", "inline-limit-1024", "inline-limit-4096", "rev-next", "one-small"})
    void anImageOfChamelonIsChangedOnlyOnTheUsersWord(String name) throws Exception {
        Path image = folder.resolve("chamelon.img");
        try (InputStream packed =
                new GZIPInputStream(Files.newInputStream(Path.of("golden", "chamelon", "images", name + ".img.gz")))) {
            Files.copy(packed, image);
        }
        byte[] before = Files.readAllBytes(image);
        assertThat(identify(image))
                .singleElement()
                .satisfies(found -> assertThat(found.hints()).isNotEmpty());
        assertThatThrownBy(() -> change(image, "").close())
                .isInstanceOf(UnsupportedFormatException.class)
                .hasMessageContaining("dialect=littlefs");
        assertThat(CommandProcess.run(List.of(), folder, "mkdir", image + ":/new")
                        .code())
                .isNotZero();
        assertThat(Files.readAllBytes(image)).isEqualTo(before);
        try (KeyValueStore store = change(image, "?dialect=littlefs")) {
            store.set(Key.of("/new"), SMALL);
            assertThat(store.get(Key.of("/new"))).isEqualTo(SMALL);
        }
    }

    /** The builder's image is readable in whichever dialect the user states, and the word of the user counts. */
    @ParameterizedTest
    @ValueSource(strings = {"", "?dialect=littlefs"})
    void theStatedDialectCounts(String options) throws Exception {
        Path image = image("like-mklittlefs.img");
        try (KeyValueStore store = change(image, options)) {
            store.set(Key.of("/new"), SMALL);
            assertThat(store.get(Key.of("/new"))).isEqualTo(SMALL);
        }
    }
}

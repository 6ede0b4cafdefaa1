package dev.morgana.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.morgana.cli.output.ExitCode;
import dev.morgana.spi.Morgana;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.KeyValueStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every verb over an image of the reference format, in a file. */
class VerbsTest {
    private static final byte[] SETTINGS = "colour=blue\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    private String image;

    @BeforeEach
    void makeAnImage() throws Exception {
        image = folder.resolve("image.bin").toString();
        try (KeyValueStore store = Morgana.load().create("reference+file:" + image + "?size=64KiB")) {
            store.set(Key.of("/etc/settings"), SETTINGS);
            store.set(Key.of("/etc/empty"), new byte[0]);
            store.set(Key.of("/readme.txt"), "hello".getBytes(StandardCharsets.UTF_8));
        }
    }

    private static JsonNode json(Command command) throws IOException {
        return new ObjectMapper().readTree(command.out());
    }

    @Nested
    class Listing {
        @Test
        void lsShowsOneLevel() {
            Command command = Command.run("ls", image);
            assertThat(command.err()).isEmpty();
            assertThat(command.out()).isEqualTo("etc/\nreadme.txt\n");
            assertThat(command.code()).isZero();
        }

        @Test
        void lsOfAValueShowsItself() {
            assertThat(Command.run("ls", image + ":/etc/settings").out()).isEqualTo("settings\n");
        }

        @Test
        void lsWithDetailsShowsSizes() {
            assertThat(Command.run("ls", "-l", image + ":/etc").out().lines())
                    .anySatisfy(line -> assertThat(line).matches(" +12 .* settings"))
                    .anySatisfy(line -> assertThat(line).matches(" +0 .* empty"));
        }

        @Test
        void lsRecursiveAsJson() throws Exception {
            JsonNode entries = json(Command.run("ls", "-R", "--json", image));
            assertThat(entries).hasSize(4);
            assertThat(entries.get(0).get("key").asText()).isEqualTo("/etc");
            assertThat(entries.get(0).get("kind").asText()).isEqualTo("dictionary");
            assertThat(entries.get(2).get("key").asText()).isEqualTo("/etc/settings");
            assertThat(entries.get(2).get("size").asLong()).isEqualTo(12);
        }

        @Test
        void treeDrawsEverything() {
            assertThat(Command.run("tree", image).out())
                    .isEqualTo("/\n├── etc/\n│   ├── empty  0 B\n│   └── settings  12 B\n└── readme.txt  5 B\n\n"
                            + "1 dictionary, 3 values, 17 B\n");
        }

        @Test
        void treeAsJsonNestsChildren() throws Exception {
            JsonNode tree = json(Command.run("tree", "--json", image));
            assertThat(tree.get(0).get("children")).hasSize(2);
        }

        @Test
        void statTellsTheDigest() throws Exception {
            JsonNode stat = json(Command.run("stat", "--json", image + ":/readme.txt"));
            assertThat(stat.get("size").asLong()).isEqualTo(5);
            assertThat(stat.get("sha256").asText())
                    .isEqualTo("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
            assertThat(Command.run("stat", image + ":/etc").out()).contains("dictionary");
        }
    }

    @Nested
    class TakingOut {
        @Test
        void catWritesTheBytes() {
            assertThat(Command.run("cat", image + ":/readme.txt", image + ":/etc/settings")
                            .out())
                    .isEqualTo("hellocolour=blue\n");
        }

        @Test
        void getMakesAFileAndRefusesToReplaceIt() throws Exception {
            Path file = folder.resolve("out.txt");
            assertThat(Command.run("get", image + ":/readme.txt", file.toString())
                            .code())
                    .isZero();
            assertThat(file).hasContent("hello");
            Command again = Command.run("get", image + ":/etc/settings", file.toString());
            assertThat(again.code()).isEqualTo(ExitCode.USAGE.number());
            assertThat(again.err()).contains("--force");
            assertThat(file).hasContent("hello");
            assertThat(Command.run("get", "--force", image + ":/etc/settings", file.toString())
                            .code())
                    .isZero();
            assertThat(file).hasBinaryContent(SETTINGS);
        }

        @Test
        void getIntoAFolderKeepsTheName() throws Exception {
            Command.run("get", image + ":/readme.txt", folder.toString());
            assertThat(folder.resolve("readme.txt")).hasContent("hello");
        }

        @Test
        void exportCopiesTheTree() throws Exception {
            Path target = folder.resolve("a/b");
            Command command = Command.run("export", image, target.toString());
            assertThat(command.code()).isZero();
            assertThat(command.out()).isEqualTo("3 files, 17 B in " + target + "\n");
            assertThat(target.resolve("etc/settings")).hasBinaryContent(SETTINGS);
            assertThat(target.resolve("etc/empty")).isEmptyFile();
            try (var files = Files.walk(target)) {
                assertThat(files.filter(Files::isRegularFile)).hasSize(3);
            }
        }

        @Test
        void exportLooksAtItsTargetsBeforeItWrites() throws Exception {
            Path target = Files.createDirectory(folder.resolve("half"));
            Files.createFile(target.resolve("readme.txt"));
            Command refused = Command.run("export", image, target.toString());
            assertThat(refused.code()).isEqualTo(ExitCode.USAGE.number());
            assertThat(refused.err()).contains("readme.txt exists; use --force");
            assertThat(target.resolve("etc")).doesNotExist();
            assertThat(Command.run("export", "--force", image, target.toString())
                            .code())
                    .isZero();
            assertThat(target.resolve("readme.txt")).hasContent("hello");
        }

        @Test
        void forceReplacesFilesAndNeverFolders() throws Exception {
            Path target = folder.resolve("folders");
            Files.createDirectories(target.resolve("readme.txt"));
            Command refused = Command.run("export", "--force", image, target.toString());
            assertThat(refused.code()).isEqualTo(ExitCode.USAGE.number());
            assertThat(refused.err()).contains("is a folder");
            assertThat(target.resolve("readme.txt")).isDirectory();
        }

        @Test
        void aMissingFolderIsNamedByTheWantedFile() {
            Command refused = Command.run("get", image + ":/readme.txt", folder + "/none/out.txt");
            assertThat(refused.code()).isEqualTo(ExitCode.USAGE.number());
            assertThat(refused.err()).contains("none/out.txt: its folder does not exist");
        }

        @Test
        void exportOfAPart() throws Exception {
            Path target = folder.resolve("etc");
            Command.run("export", image + ":/etc", target.toString());
            assertThat(target.resolve("settings")).hasBinaryContent(SETTINGS);
        }

        @Test
        void exportRefusesUnsafeNamesBeforeItWritesAnything() throws Exception {
            try (KeyValueStore store = Morgana.load().open("reference+file:" + image)) {
                store.set(Key.ROOT.child("a\u0001b"), SETTINGS);
            }
            Path target = folder.resolve("unsafe");
            Command refused = Command.run("export", image, target.toString());
            assertThat(refused.code()).isEqualTo(ExitCode.USAGE.number());
            assertThat(refused.err()).contains("/a\\x01b");
            assertThat(target).doesNotExist();
            Command skipped = Command.run("export", "--skip-unsafe", image, target.toString());
            assertThat(skipped.code()).isEqualTo(ExitCode.FINDINGS.number());
            assertThat(skipped.out()).contains("skipped, unsafe name: /a\\x01b");
            assertThat(target.resolve("readme.txt")).exists();
        }

        @Test
        void exportRefusesNamesThatDifferOnlyInCase() throws Exception {
            try (KeyValueStore store = Morgana.load().open("reference+file:" + image)) {
                store.set(Key.of("/README.txt"), SETTINGS);
            }
            Path target = folder.resolve("case");
            assertThat(Command.run("export", image, target.toString()).code()).isEqualTo(ExitCode.USAGE.number());
            assertThat(target).doesNotExist();
        }

        @Test
        void exportNeverFollowsALinkOutOfTheFolder() throws Exception {
            Path outside = Files.createDirectory(folder.resolve("outside"));
            Path target = Files.createDirectory(folder.resolve("target"));
            Files.createSymbolicLink(target.resolve("etc"), outside);
            assertThat(Command.run("export", image, target.toString()).code()).isEqualTo(ExitCode.USAGE.number());
            assertThat(outside).isEmptyDirectory();
        }

        @Test
        void entriesAreNamedAsTheyArePrinted() throws Exception {
            try (KeyValueStore store = Morgana.load().open("reference+file:" + image)) {
                store.set(Key.ROOT.child(new byte[] {'n', (byte) 0xff}), SETTINGS);
            }
            assertThat(Command.run("ls", image).out()).contains("n\\xff\n");
            assertThat(Command.run("cat", image + ":/n\\xff").out()).isEqualTo("colour=blue\n");
            JsonNode entries = json(Command.run("ls", "--json", image));
            assertThat(entries.findValues("hex")).extracting(JsonNode::asText).containsExactly("6eff");
        }
    }

    @Nested
    class Inspecting {
        @Test
        void identifyTellsFormatAndGeometry() throws Exception {
            Command command = Command.run("identify", image);
            assertThat(command.out()).startsWith(image + ": reference ").contains("64 KiB");
            assertThat(json(Command.run("identify", "--json", image)).get(0).get("identifications"))
                    .hasSize(1);
        }

        @Test
        void identifyGoesOnAfterAnImageThatCannotBeOpened() throws Exception {
            Command command =
                    Command.run("identify", "--json", folder.resolve("none").toString(), image);
            assertThat(command.code()).isEqualTo(ExitCode.INPUT_OUTPUT.number());
            JsonNode answers = json(command);
            assertThat(answers.get(0).get("error").asText()).contains("no such file");
            assertThat(answers.get(1).get("identifications")).hasSize(1);
        }

        @Test
        void aBlockOutsideTheImageIsRefused() {
            Command command = Command.run("dump", image, "99999");
            assertThat(command.code()).isEqualTo(ExitCode.USAGE.number());
            assertThat(command.err()).contains("blocks 0 to");
        }

        @Test
        void readingVerbsCannotBeToldToWrite() {
            assertThat(Command.run("ls", "-O", "readOnly=false", image).code()).isEqualTo(ExitCode.USAGE.number());
        }

        @Test
        void checkOfAGoodImageIsDone() throws Exception {
            Command command = Command.run("check", "--deep", image);
            assertThat(command.code()).isZero();
            assertThat(command.out()).contains("0 errors, 0 warnings");
            assertThat(json(Command.run("check", "--json", image)).isArray()).isTrue();
        }

        @Test
        void checkOfADamagedImageFindsItAndNamesThePlace() throws Exception {
            byte[] bytes = Files.readAllBytes(Path.of(image));
            int hit = new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf("colour");
            bytes[hit] ^= 1;
            Files.write(Path.of(image), bytes);
            Command command = Command.run("check", "-O", "x=1", image);
            assertThat(command.code()).as("unknown option").isEqualTo(ExitCode.USAGE.number());
            Command found = Command.run("check", "reference+file:" + image);
            assertThat(found.code()).as(found.out()).isEqualTo(ExitCode.FINDINGS.number());
            assertThat(found.out()).containsPattern("block \\d+, offset 0x");
        }

        @Test
        void infoAndDump() throws Exception {
            assertThat(Command.run("info", image).out()).contains("reference").contains("64 KiB");
            assertThat(json(Command.run("info", "--json", image))
                            .get("blockCount")
                            .asLong())
                    .isPositive();
            assertThat(Command.run("dump", image).out()).isNotEmpty();
            assertThat(json(Command.run("dump", "--json", image)).isArray()).isTrue();
            assertThat(Command.run("dump", image, "two").code()).isEqualTo(ExitCode.USAGE.number());
        }

        @Test
        void formatsAndDriversListOptions() throws Exception {
            assertThat(Command.run("formats").out()).contains("littlefs").contains("reference");
            assertThat(Command.run("drivers").out())
                    .contains("file")
                    .contains("mem")
                    .contains("partition");
            assertThat(json(Command.run("formats", "--json")).get("formats")).isNotEmpty();
            assertThat(json(Command.run("drivers", "--json")).get("drivers")).isNotEmpty();
        }
    }

    @Nested
    class Failing {
        private void assertFails(ExitCode code, String message, String... words) {
            Command command = Command.run(words);
            assertThat(command.code()).as(command.err()).isEqualTo(code.number());
            assertThat(command.err().lines())
                    .hasSize(1)
                    .first()
                    .asString()
                    .startsWith("morgana: ")
                    .contains(message);
        }

        @Test
        void wrongWords() {
            assertFails(ExitCode.USAGE, "no such verb: tre; did you mean tree?", "tre", image);
            assertFails(ExitCode.USAGE, "no such option: --jso; did you mean --json?", "ls", "--jso", image);
            assertFails(ExitCode.USAGE, "no such option: --jso; did you mean --json?", "ls", "--jso");
            assertFails(ExitCode.USAGE, "unexpected argument: more", "ls", image, "more");
            assertFails(ExitCode.USAGE, "see morgana export --help", "extract");
            assertFails(ExitCode.USAGE, "IMAGE", "ls");
            assertThat(Command.run().code()).isEqualTo(ExitCode.USAGE.number());
        }

        @Test
        void missingEntry() {
            assertFails(ExitCode.NOT_FOUND, "/etc/nothing", "cat", image + ":/etc/nothing");
            assertFails(ExitCode.NOT_FOUND, "/nothing", "ls", image + ":/nothing");
        }

        @Test
        void wrongKind() {
            assertFails(ExitCode.USAGE, "is a dictionary", "cat", image + ":/etc");
            assertFails(ExitCode.USAGE, "whole image", "check", image + ":/etc");
        }

        @Test
        void notAnImage() throws Exception {
            Path other = Files.write(folder.resolve("other"), new byte[4096]);
            assertFails(ExitCode.DAMAGED, "no image of an installed format", "ls", other.toString());
            assertThat(Command.run("identify", other.toString()).code()).isEqualTo(ExitCode.DAMAGED.number());
        }

        @Test
        void missingFileDirectoryAndEmptyFile() throws Exception {
            assertFails(
                    ExitCode.INPUT_OUTPUT,
                    "missing",
                    "ls",
                    folder.resolve("missing").toString());
            assertFails(ExitCode.INPUT_OUTPUT, "directory", "ls", folder.toString());
            Path empty = Files.createFile(folder.resolve("empty"));
            Command command = Command.run("ls", empty.toString());
            assertThat(command.code()).isIn(ExitCode.DAMAGED.number(), ExitCode.INPUT_OUTPUT.number());
            assertThat(command.err().lines()).hasSize(1);
        }

        @Test
        void lockedImage() throws Exception {
            try (KeyValueStore store = Morgana.load().open("reference+file:" + image)) {
                assertThat(store.info().readOnly()).isFalse();
                assertFails(ExitCode.LOCKED, "locked", "ls", image);
            }
        }

        @Test
        void stackTraceOnRequestOnly() {
            assertThat(Command.run("ls", "--stacktrace", image + ":/x").err()).contains("NoSuchKeyException");
        }
    }

    /** What is written without its image is in the same part of the same file. */
    @Test
    void aPathAloneIsInTheImageOfTheOther() throws Exception {
        byte[] flash = new byte[3 * 65536];
        System.arraycopy(Files.readAllBytes(Path.of(image)), 0, flash, 65536, 65536);
        Path file = Files.write(folder.resolve("flash.bin"), flash);
        String part = file + "@0x10000+64K";
        for (String address :
                List.of(part + ":/readme.txt", "reference+file:" + file + "?offset=65536&length=64K#/readme.txt")) {
            for (String verb : List.of("cp", "mv")) {
                Command command = Command.run(verb, address, "/" + verb);
                assertThat(command.err()).isEmpty();
                assertThat(Command.run("cat", part + ":/" + verb).out()).isEqualTo("hello");
            }
            Command.run("mv", part + ":/mv", "/readme.txt");
        }
        Command other = Command.run("mv", part + ":/readme.txt", file + "@0x20000+64K:/a");
        assertThat(other.code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(other.err()).contains("within one image");
    }

    @Test
    void nothingEverChangesTheImage() throws Exception {
        byte[] before = Files.readAllBytes(Path.of(image));
        for (String verb : List.of("ls", "tree", "stat", "check", "info", "dump", "identify")) {
            assertThat(Command.run(verb, image).code()).as(verb).isZero();
        }
        assertThat(Files.readAllBytes(Path.of(image))).isEqualTo(before);
    }
}

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
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What does not need the damaged part of an image works, and the rest can be taken out. */
class DamagedImagesTest {
    @TempDir
    private Path folder;

    private String plain;

    /** The same image, in which the dictionary /b and the value /c/x cannot be read. */
    private String image;

    @BeforeEach
    void makeAnImage() throws Exception {
        plain = folder.resolve("image.bin").toString();
        try (KeyValueStore store = Morgana.load().create("reference+file:" + plain + "?size=64KiB")) {
            for (String key : new String[] {"/a", "/b/x", "/c/x", "/c/y", "/d"}) {
                store.set(Key.of(key), key.getBytes(StandardCharsets.US_ASCII));
            }
        }
        image = "unreadable+reference+file:" + plain + "?damaged=/b,/c/x";
    }

    private static String[] words(String verb, String... more) {
        return Stream.concat(Stream.of(verb), Stream.of(more)).toArray(String[]::new);
    }

    private static void assertDamageTold(Command command, ExitCode code, String... keys) {
        assertThat(command.code()).isEqualTo(code.number());
        assertThat(command.err()).hasLineCount(keys.length).contains(keys).contains("expected sense");
    }

    @Nested
    class Exporting {
        @Test
        void damageEndsItAndLeavesNoEmptyFolder() {
            Path out = folder.resolve("new/out");
            Command command = Command.run("export", image + "#/b", out.toString());
            assertDamageTold(command, ExitCode.DAMAGED, "expected sense");
            assertThat(folder.resolve("new")).doesNotExist();
        }

        @Test
        void keepGoingTakesOutTheRestAndTellsWhatIsMissing() throws IOException {
            Path out = folder.resolve("out");
            Command command = Command.run("export", "--keep-going", image, out.toString());
            assertThat(command.code()).isEqualTo(ExitCode.FINDINGS.number());
            assertThat(command.err()).isEmpty();
            assertThat(command.out().lines())
                    .hasSize(3)
                    .anySatisfy(line ->
                            assertThat(line).startsWith("unreadable: /b: ").contains("block 7"))
                    .anySatisfy(line -> assertThat(line).startsWith("unreadable: /c/x: "));
            assertThat(out.resolve("a")).hasContent("/a");
            assertThat(out.resolve("c/y")).hasContent("/c/y");
            assertThat(out.resolve("d")).hasContent("/d");
            assertThat(out.resolve("c/x")).doesNotExist();
            try (Stream<Path> all = Files.walk(out)) {
                assertThat(all.filter(Files::isRegularFile)).hasSize(3);
            }
        }

        @Test
        void jsonNamesWhatIsMissing() throws IOException {
            Command command = Command.run(
                    "export",
                    "--json",
                    "--keep-going",
                    image,
                    folder.resolve("out").toString());
            JsonNode report = new ObjectMapper().readTree(command.out());
            assertThat(report.get("files").asInt()).isEqualTo(3);
            assertThat(report.get("unreadable")).hasSize(2);
            assertThat(report.get("unreadable").get(0).asText()).startsWith("/b: ");
        }

        @ParameterizedTest
        @ValueSource(strings = {"out.tar", "out.json", "out.csv", "-.tar"})
        void archivesAndListsAreWholeWithoutIt(String target) throws IOException {
            boolean standardOutput = target.startsWith("-");
            Path file = folder.resolve("out.tar");
            if (standardOutput) {
                String out =
                        Command.run("export", "--keep-going", image, target).out();
                Files.write(file, out.getBytes(StandardCharsets.ISO_8859_1));
            } else {
                file = folder.resolve(target);
                Command command = Command.run("export", "--keep-going", image, file.toString());
                assertThat(command.code()).isEqualTo(ExitCode.FINDINGS.number());
                assertThat(command.out()).contains("unreadable: /b: ", "unreadable: /c/x: ");
            }
            String again = folder.resolve("again").toString();
            Command made = Command.run("create", "embedkv", again, "-s", "64K", file.toString());
            assertThat(made.err()).isEmpty();
            assertThat(Command.run("ls", "-R", again).out()).isEqualTo("a\nc/\nc/y\nd\n");
        }

        /** A device that fails is no damage: another try may do. */
        @Test
        void aFailingDeviceEndsItAllTheSame() {
            String failing = "unreadable+reference+file:" + plain + "?failing=/c/x";
            Command command = Command.run(
                    "export", "--keep-going", failing, folder.resolve("out").toString());
            assertThat(command.code()).isEqualTo(ExitCode.INPUT_OUTPUT.number());
            assertThat(command.err()).contains("read failed");
        }

        @Test
        void aFileOfManyBlocksWhoseHeadIsWrong() throws IOException {
            Path ctz = Path.of("..", "interop-tests", "golden", "field", "ctz.img");
            Path out = folder.resolve("out");
            Command stopped = Command.run("export", ctz.toString(), out.toString());
            assertThat(stopped.code()).isEqualTo(ExitCode.DAMAGED.number());
            Command command = Command.run("export", "--keep-going", "--force", ctz.toString(), out.toString());
            assertThat(command.code()).isEqualTo(ExitCode.FINDINGS.number());
            assertThat(command.out()).contains("unreadable: /big: ");
            assertThat(out.resolve("big")).doesNotExist();
            assertThat(Command.run("ls", "-R", ctz.toString()).out().lines().filter(name -> !name.endsWith("/")))
                    .hasSizeGreaterThan(1)
                    .filteredOn(name -> !name.equals("big"))
                    .allSatisfy(name -> assertThat(out.resolve(name)).exists());
        }
    }

    @Nested
    class Looking {
        @ParameterizedTest
        @ValueSource(strings = {"ls", "find", "du", "tree"})
        void listingsShowTheRest(String verb) {
            Command command = Command.run(verb.equals("ls") ? words("ls", "-R", image) : words(verb, image));
            assertDamageTold(command, ExitCode.DAMAGED, "/b: ");
            assertThat(command.out()).contains("b", "c");
            if (!verb.equals("du")) {
                assertThat(command.out()).contains("y", "d");
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"ls", "find", "tree", "du"})
        void theirJsonStaysWhole(String verb) throws IOException {
            Command command =
                    Command.run(verb.equals("ls") ? words("ls", "-R", "--json", image) : words(verb, "--json", image));
            assertThat(new ObjectMapper().readTree(command.out())).isNotEmpty();
            assertThat(command.code()).isEqualTo(ExitCode.DAMAGED.number());
        }

        @Test
        void whatIsWholeIsRead() {
            assertThat(Command.run("ls", image + "#/c")).isEqualTo(new Command(0, "x\ny\n", ""));
            assertThat(Command.run("cat", image + "#/c/y")).isEqualTo(new Command(0, "/c/y", ""));
            assertDamageTold(Command.run("ls", image + "#/b"), ExitCode.DAMAGED, "/b: ");
        }
    }

    @Test
    void oneBadValueDoesNotKeepFromTheOthers() {
        Command command = Command.run("cat", image + "#/a", image + "#/c/x", image + "#/none", image + "#/d");
        assertThat(command.out()).isEqualTo("/a/d");
        assertThat(command.err()).hasLineCount(2);
        assertThat(command.code()).isEqualTo(ExitCode.DAMAGED.number());
    }
}

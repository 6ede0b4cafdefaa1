package dev.morgana.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.morgana.cli.output.ExitCode;
import dev.morgana.spi.Morgana;
import dev.morgana.spi.provider.StoreProvider;
import dev.morgana.spi.store.FlatStore;
import dev.morgana.spi.store.KeyValueStore;
import dev.morgana.spi.store.Store;
import dev.morgana.tck.store.Campaign;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The verbs that make and change images, over every installed format that is written. */
@Campaign
class EveryFormatTest {
    private static final String SIZE = "256K";

    @TempDir
    private Path folder;

    private Path site;
    private String image;

    static Stream<String> formats() {
        return Morgana.load().formats().stream().map(StoreProvider::format);
    }

    @Test
    void thereAreFormatsToTry() {
        assertThat(formats()).contains("reference", "reference-flat", "embedkv");
    }

    @BeforeEach
    void makeFiles() throws IOException {
        site = Files.createDirectories(folder.resolve("site/css")).getParent();
        Files.writeString(site.resolve("index.html"), "<p>hello</p>\n");
        Files.write(site.resolve("empty"), new byte[0]);
        byte[] noise = new byte[700];
        new Random(1).nextBytes(noise);
        Files.write(site.resolve("css/noise.bin"), noise);
        image = folder.resolve("image.bin").toString();
    }

    private Command create(String format) {
        Command command = Command.run("create", format, image, "-s", SIZE, site + "/");
        assertThat(command.err()).isEmpty();
        assertThat(command.code()).isZero();
        return command;
    }

    private static void assertDone(Command command) {
        assertThat(command.err()).isEmpty();
        assertThat(command.code()).isZero();
    }

    private static void assertUsage(Command command, String word) {
        assertThat(command.code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(command.err()).startsWith("morgana: ").contains(word).hasLineCount(1);
        assertThat(command.out()).isEmpty();
    }

    private static TreeMap<String, byte[]> files(Path root) throws IOException {
        TreeMap<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(root.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return files;
    }

    private void assertHoldsSite(String where) throws IOException {
        Path out = Files.createTempDirectory(folder, "out");
        assertDone(Command.run("export", where, out.toString()));
        TreeMap<String, byte[]> found = files(out);
        TreeMap<String, byte[]> expected = files(site);
        assertThat(found.keySet()).isEqualTo(expected.keySet());
        expected.forEach((name, bytes) -> assertThat(found.get(name)).as(name).isEqualTo(bytes));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void whatIsCreatedFromAFolderIsInTheImage(String format) throws IOException {
        assertThat(create(format).out()).contains(format, "3 values");
        assertHoldsSite(image);
        assertDone(Command.run("check", "--deep", image));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void theSameInputMakesTheSameBytes(String format) throws IOException {
        create(format);
        Path again = folder.resolve("again.bin");
        assertDone(Command.run("create", format, again.toString(), "-s", SIZE, site + "/"));
        assertThat(again).hasSameBinaryContentAs(Path.of(image));
        assertDone(Command.run("diff", "--blocks", image, again.toString()));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void withoutASizeItIsLargeEnough(String format) throws IOException {
        assertDone(Command.run("create", format, image, site + "/"));
        assertHoldsSite(image);
        Path fitting = folder.resolve("fit.bin");
        assertDone(Command.run("create", format, fitting.toString(), "--fit", site + "/"));
        assertHoldsSite(fitting.toString());
        assertThat(Files.size(fitting)).isLessThanOrEqualTo(Files.size(Path.of(image)));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void anImageThatExistsIsNotReplaced(String format) throws IOException {
        create(format);
        byte[] before = Files.readAllBytes(Path.of(image));
        assertUsage(Command.run("create", format, image, "-s", SIZE), "--force");
        assertThat(Path.of(image)).hasBinaryContent(before);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void whatDoesNotFitLeavesNothingBehind(String format) throws IOException {
        Files.write(site.resolve("large"), new byte[300 << 10]);
        Command command = Command.run("create", format, image, "-s", "64K", site + "/");
        assertThat(command.code()).isIn(ExitCode.NO_SPACE.number(), ExitCode.USAGE.number());
        assertThat(command.err()).startsWith("morgana: ").hasLineCount(1);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactly(site);
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void valuesArePutMovedCopiedAndRemoved(String format) {
        create(format);
        assertThat(Command.run("put", site.resolve("index.html").toString(), image + ":/start")
                        .out())
                .isEqualTo("put /start\n");
        assertDone(Command.run("typed\n".getBytes(StandardCharsets.UTF_8), "put", "-", image + ":/typed"));
        assertThat(Command.run("cat", image + ":/start", image + ":/typed").out())
                .isEqualTo("<p>hello</p>\ntyped\n");
        assertThat(Command.run("mv", image + ":/typed", "/moved").out()).isEqualTo("moved /typed to /moved\n");
        assertThat(Command.run("cat", image + ":/moved").out()).isEqualTo("typed\n");
        assertDone(Command.run("cp", image + ":/moved", image + ":/css/copy"));
        assertDone(Command.run("cp", "-r", image + ":/css", "/all"));
        assertThat(Command.run("cat", image + ":/all/copy").out()).isEqualTo("typed\n");
        assertThat(Command.run("rm", image + ":/moved").out()).isEqualTo("removed /moved\n");
        assertUsage(Command.run("rm", image + ":/all"), "-r");
        assertDone(Command.run("rm", "-r", image + ":/all"));
        assertThat(Command.run("ls", "-R", image).out())
                .isEqualTo("css/\ncss/copy\ncss/noise.bin\nempty\nindex.html\nstart\n");
        assertDone(Command.run("check", "--deep", image));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void whatIsNotThereIsCodeThree(String format) {
        create(format);
        for (List<String> words : List.of(
                List.of("cat", image + ":/none"),
                List.of("rm", image + ":/none"),
                List.of("mv", image + ":/none", "/other"),
                List.of("cp", image + ":/none", "/other"),
                List.of("du", image + ":/none"),
                List.of("stat", image + ":/none"))) {
            Command command = Command.run(words.toArray(String[]::new));
            assertThat(command.code()).as("%s", words).isEqualTo(ExitCode.NOT_FOUND.number());
            assertThat(command.err()).contains("/none").hasLineCount(1);
        }
        assertUsage(Command.run("put", folder.resolve("none").toString(), image + ":/x"), "no such file");
        assertUsage(Command.run("import", image, folder.resolve("none").toString()), "no such file");
        assertDone(Command.run("rm", "-f", image + ":/none"));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void aDryRunChangesNothing(String format) throws IOException {
        create(format);
        byte[] before = Files.readAllBytes(Path.of(image));
        String other = folder.resolve("other.bin").toString();
        String file = site.resolve("index.html").toString();
        for (List<String> words : List.of(
                List.of("put", file, image + ":/new"),
                List.of("import", image, site.toString()),
                List.of("mv", image + ":/index.html", "/new"),
                List.of("cp", image + ":/index.html", "/new"),
                List.of("rm", "-r", image + ":/css"),
                List.of("create", format, other, "-s", SIZE, file),
                List.of("convert", image, other))) {
            String[] all = Stream.concat(words.stream(), Stream.of("--dry-run")).toArray(String[]::new);
            Command command = Command.run(all);
            assertDone(command);
            assertThat(command.out()).as("%s", words).startsWith("would ");
        }
        assertThat(Path.of(image)).hasBinaryContent(before);
        assertThat(Path.of(other)).doesNotExist();
    }

    @ParameterizedTest
    @MethodSource("formats")
    void archivesComeAndGo(String format) throws IOException {
        create(format);
        for (String name : List.of("site.tar", "site.tar.gz")) {
            String archive = folder.resolve(name).toString();
            assertDone(Command.run("export", image, archive));
            String copy = folder.resolve(name + ".bin").toString();
            assertDone(Command.run("create", format, copy, "-s", SIZE, archive));
            assertDone(Command.run("diff", image, copy));
            assertHoldsSite(copy);
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void listsComeAndGoInFlatFormats(String format) throws Exception {
        create(format);
        boolean flat;
        try (Store store = Morgana.load().at(image).openStore()) {
            flat = store instanceof FlatStore;
        }
        for (String name : List.of("list.json", "list.csv")) {
            String list = folder.resolve(name).toString();
            assertDone(Command.run("export", image, list));
            String copy = folder.resolve(name + ".bin").toString();
            assertDone(Command.run("create", flat ? format : "reference-flat", copy, "-s", SIZE, list));
            assertHoldsSite(copy);
        }
        assertThat(new ObjectMapper()
                        .readTree(Command.run("export", image, "-.json").out()))
                .hasSize(3);
    }

    @ParameterizedTest
    @MethodSource("formats")
    void everyFormatConvertsIntoEveryOther(String format) throws IOException {
        create(format);
        for (String target : formats().toList()) {
            String copy = folder.resolve("as-" + target).toString();
            assertDone(Command.run("convert", image, copy, "--to", target, "-s", SIZE));
            assertHoldsSite(copy);
            assertDone(Command.run("check", "--deep", copy));
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void toolsWorkOrSayThatTheFormatHasNone(String format) {
        create(format);
        for (List<String> words : List.of(
                List.of("usage", image),
                List.of("wear", image),
                List.of("log", image),
                List.of("repair", image),
                List.of("compact", image),
                List.of("gc", image),
                List.of("grow", image, "512K"),
                List.of("reconfigure", image, "--set", "redundancy=2", "--dry-run"),
                List.of("mkdir", image + ":/new"),
                List.of("attr", image + ":/index.html", "--set", "0x74=hex:01020304"),
                List.of("attr", image + ":/index.html"))) {
            Command command = Command.run(words.toArray(String[]::new));
            assertThat(command.code()).as("%s: %s", words, command.err()).isIn(0, ExitCode.USAGE.number());
            if (command.code() == 0) {
                assertThat(command.err()).as("%s", words).isEmpty();
            } else {
                assertThat(command.err())
                        .as("%s", words)
                        .startsWith("morgana: ")
                        .hasLineCount(1);
            }
        }
        assertDone(Command.run("check", "--deep", image));
        assertThat(Command.run("cat", image + ":/index.html").out()).isEqualTo("<p>hello</p>\n");
    }

    @ParameterizedTest
    @MethodSource("formats")
    void reportsAreAlsoJson(String format) throws IOException {
        create(format);
        for (List<String> words : List.of(
                List.of("du", image),
                List.of("find", image, "--name", "*.html"),
                List.of("diff", image, image),
                List.of("info", image),
                List.of("create", format, folder.resolve("j").toString(), "-s", SIZE))) {
            String[] all = Stream.concat(words.stream(), Stream.of("--json")).toArray(String[]::new);
            Command command = Command.run(all);
            assertDone(command);
            assertThat(new ObjectMapper().readTree(command.out()).isContainerNode())
                    .as("%s", words)
                    .isTrue();
        }
        assertThat(new ObjectMapper()
                        .readTree(Command.run("find", image, "--name", "*.html", "--json")
                                .out())
                        .get(0)
                        .get("key")
                        .asText())
                .isEqualTo("/index.html");
    }

    @ParameterizedTest
    @MethodSource("formats")
    void aManifestIsCompared(String format) throws Exception {
        create(format);
        Path sums = folder.resolve("SUMS");
        Files.writeString(sums, "00".repeat(32) + "  index.html\n");
        Command wrong = Command.run("check", "--manifest", sums.toString(), image);
        assertThat(wrong.code()).isEqualTo(ExitCode.FINDINGS.number());
        assertThat(wrong.out()).contains("manifest", "/index.html", "1 error,");
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(site.resolve("index.html")));
        Files.writeString(sums, HexFormat.of().formatHex(digest) + "  ./index.html\n");
        assertDone(Command.run("check", "--manifest", sums.toString(), image));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void anImageThatIsOpenIsCodeSeven(String format) throws Exception {
        create(format);
        try (KeyValueStore open = Morgana.load().open(image)) {
            Command command = Command.run("put", site.resolve("index.html").toString(), image + ":/x");
            assertThat(open.info().format()).isEqualTo(format);
            assertThat(command.code()).isEqualTo(ExitCode.LOCKED.number());
            assertThat(command.err()).hasLineCount(1);
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void aFullImageIsCodeFiveAndKeepsWhatItHas(String format) throws IOException {
        assertDone(Command.run("create", format, image, "-s", "64K", site + "/"));
        Path large = folder.resolve("large");
        byte[] noise = new byte[500];
        new Random(2).nextBytes(noise);
        Files.write(large, noise);
        Command last = Command.run("stat", image);
        for (int i = 0; i < 400 && last.code() == 0; i++) {
            last = Command.run("put", large.toString(), image + ":/n" + i);
        }
        assertThat(last.code()).as(last.err()).isEqualTo(ExitCode.NO_SPACE.number());
        assertThat(Command.run("cat", image + ":/index.html").out()).isEqualTo("<p>hello</p>\n");
        assertDone(Command.run("rm", image + ":/n0"));
        assertDone(Command.run("check", "--deep", image));
    }
}

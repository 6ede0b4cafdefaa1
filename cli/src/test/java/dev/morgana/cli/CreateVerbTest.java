package dev.morgana.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.cli.output.ExitCode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the content of a new image comes from. */
class CreateVerbTest {
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    private String image;

    @BeforeEach
    void nameTheImage() {
        image = folder.resolve("image.bin").toString();
    }

    private Command create(String format, Object... sources) {
        return Command.run(Stream.concat(
                        Stream.of("create", format, image, "-s", "64K"),
                        Stream.of(sources).map(Object::toString))
                .toArray(String[]::new));
    }

    private void assertRefused(Command command, String why) {
        assertThat(command.code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(command.err()).contains(why).hasLineCount(1);
        assertThat(Path.of(image)).doesNotExist();
    }

    private String list() {
        return Command.run("ls", "-R", image).out();
    }

    @Nested
    class Folders {
        @Test
        void aFolderGoesInUnderItsNameAndWithASlashItsContent() throws IOException {
            Path docs = Files.createDirectories(folder.resolve("docs"));
            Files.write(docs.resolve("a"), HELLO);
            assertThat(create("reference", docs).code()).isZero();
            assertThat(list()).isEqualTo("docs/\ndocs/a\n");
            Files.delete(Path.of(image));
            create("reference", docs + "/");
            assertThat(list()).isEqualTo("a\n");
        }

        @Test
        void aSymbolicLinkIsRefusedSkippedOrFollowed() throws IOException {
            Path docs = Files.createDirectories(folder.resolve("docs"));
            Path file = Files.write(folder.resolve("file"), HELLO);
            Files.createSymbolicLink(docs.resolve("link"), file);
            assertRefused(create("reference", docs + "/"), "is a symbolic link");
            create("reference", "--special=skip", docs + "/");
            assertThat(list()).isEmpty();
            Files.delete(Path.of(image));
            create("reference", "--special=follow", docs + "/");
            assertThat(Command.run("cat", image + ":/link").out()).isEqualTo("hello");
        }

        @Test
        void aLoopOfLinksEnds() throws IOException {
            Path docs = Files.createDirectories(folder.resolve("docs"));
            Files.createSymbolicLink(docs.resolve("self"), docs);
            Command command = create("reference", "--special=follow", docs + "/");
            assertThat(command.code()).isEqualTo(ExitCode.INPUT_OUTPUT.number());
            assertThat(Path.of(image)).doesNotExist();
        }
    }

    @Nested
    class Archives {
        private Path tar(String name, byte[] content) throws IOException {
            Path file = folder.resolve("a.tar");
            try (TarArchiveOutputStream tar = new TarArchiveOutputStream(Files.newOutputStream(file))) {
                TarArchiveEntry entry = new TarArchiveEntry(name, true);
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
            return file;
        }

        @Test
        void aTarComesFromAFileOrStandardInput() throws IOException {
            byte[] archive = Files.readAllBytes(tar("./d/a", HELLO));
            Command command = Command.run(archive, "create", "reference", image, "-s", "64K", "-");
            assertThat(command.err()).isEmpty();
            assertThat(Command.run("cat", image + ":/d/a").out()).isEqualTo("hello");
        }

        @Test
        void standardInputIsReadAsOftenAsTheSearchForASizeNeedsIt() throws IOException {
            byte[] archive = Files.readAllBytes(tar("a", new byte[100_000]));
            Command command = Command.run(archive, "create", "littlefs", "--fit", image, "-");
            assertThat(command.err()).isEmpty();
            assertThat(Command.run("ls", "-l", image).out()).contains("100000");
        }

        @ParameterizedTest
        @ValueSource(strings = {"../a", "d/../../a", "/a", "d/./a"})
        void namesThatLeadElsewhereAreRefused(String name) throws IOException {
            assertRefused(create("reference", tar(name, HELLO)), name);
        }

        @Test
        void aDamagedArchiveIsRefused() throws IOException {
            Path file = tar("a", HELLO);
            byte[] bytes = Files.readAllBytes(file);
            bytes[100] ^= 0x55;
            Files.write(file, bytes);
            assertThat(create("reference", file).code()).isNotZero();
            assertThat(Path.of(image)).doesNotExist();
        }

        @Test
        void aZipIsRead() throws IOException {
            Path file = folder.resolve("a.zip");
            try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
                zip.putNextEntry(new ZipEntry("d/"));
                zip.putNextEntry(new ZipEntry("d/a"));
                zip.write(HELLO);
            }
            assertThat(create("reference", file).err()).isEmpty();
            assertThat(Command.run("cat", image + ":/d/a").out()).isEqualTo("hello");
        }

        @Test
        void whatIsNoZipIsRefused() throws IOException {
            assertRefused(create("reference", Files.write(folder.resolve("a.zip"), HELLO)), "not a zip archive");
        }
    }

    @Nested
    class KeysAndValues {
        private Path json(String text) throws IOException {
            return Files.writeString(folder.resolve("keys.json"), text);
        }

        private Path csv(String text) throws IOException {
            return Files.writeString(folder.resolve("keys.csv"), text);
        }

        private void assertHolds(String key, byte[] value) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.writeBytes(Command.run("cat", image + ":/" + key).out().getBytes(StandardCharsets.UTF_8));
            assertThat(out.toByteArray()).isEqualTo(value);
        }

        @Test
        void jsonMayBeOneObject() throws IOException {
            assertThat(create("embedkv", json("{\"a\": \"hello\", \"b/c\": \"\"}"))
                            .err())
                    .isEmpty();
            assertHolds("a", HELLO);
            assertThat(list()).isEqualTo("a\nb/\nb/c\n");
        }

        @Test
        void jsonKnowsEveryEncoding() throws IOException {
            Files.write(folder.resolve("value"), HELLO);
            create(
                    "embedkv",
                    json("[{\"key\":\"t\",\"text\":\"hello\"},{\"key\":\"h\",\"hex\":\"68656c6c6f\"},"
                            + "{\"key\":\"b\",\"base64\":\"aGVsbG8=\"},{\"key\":\"f\",\"file\":\"value\"},"
                            + "{\"key\":{\"hex\":\"ff00\"},\"text\":\"raw\"}]"));
            for (String key : new String[] {"t", "h", "b", "f"}) {
                assertHolds(key, HELLO);
            }
            assertThat(Command.run("export", image, "-.json").out()).contains("\"hex\" : \"ff00\"");
        }

        @Test
        void csvKnowsEveryEncodingAndEscapes() throws IOException {
            create("embedkv", csv("key,encoding,value\nt,text,\"a,\"\"b\"\"\"\nh\\x00,hex,68656c6c6f\n"));
            assertHolds("t", "a,\"b\"".getBytes(StandardCharsets.UTF_8));
            assertThat(Command.run("export", image, "-.csv").out())
                    .isEqualTo("key,encoding,value\nh\\x00,text,hello\nt,text,\"a,\"\"b\"\"\"\n");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "7",
                    "{\"a\": 7}",
                    "[{\"key\":\"a\"}]",
                    "[{\"text\":\"a\"}]",
                    "[{\"key\":\"a\",\"hex\":\"xyz\"}]",
                    "[{\"key\":\"a\",\"rot13\":\"b\"}]",
                    "[{\"key\":\"a\",\"file\":\"none\"}]",
                    "[{\"key\":\"a\",\"text\":\"b\",\"hex\":\"00\"}]",
                    "[{\"key\":{\"hex\":\"0\"},\"text\":\"b\"}]",
                    "[7]",
                    "{\"a\": \"b\""
                })
        void wrongJsonIsRefusedByPlace(String text) throws IOException {
            assertRefused(create("embedkv", json(text)), "keys.json");
        }

        @ParameterizedTest
        @ValueSource(strings = {"a,b,c\n", "key,encoding,value\na,text\n", "key,encoding,value\na,rot13,b\n", "key\n"})
        void wrongCsvIsRefusedByPlace(String text) throws IOException {
            assertRefused(create("embedkv", csv(text)), "keys.csv");
        }

        @Test
        void inATreeTheyAreFilesLikeOthers() throws IOException {
            create("reference", json("{}"));
            assertThat(Command.run("cat", image + ":/keys.json").out()).isEqualTo("{}");
        }
    }

    @Nested
    class Wrong {
        @Test
        void formatsAndSizesThatAreNone() {
            assertRefused(create("nosuch"), "nosuch");
            assertRefused(Command.run("create", "reference", image, "-s", "many"), "not a size");
            assertRefused(Command.run("create", "reference", image, "-s", "64K", "-b", "0"), "not a size");
        }

        @Test
        void aFolderThatDoesNotExist() {
            Command command = Command.run(
                    "create", "reference", folder.resolve("no/image").toString(), "-s", "64K");
            assertThat(command.code()).isEqualTo(ExitCode.USAGE.number());
            assertThat(command.err()).contains("its folder does not exist");
        }

        @Test
        void aVerbThatIsMistyped() {
            assertThat(Command.run("craete", "reference", image).err()).contains("did you mean create?");
        }
    }
}

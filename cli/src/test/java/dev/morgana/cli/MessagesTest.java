package dev.morgana.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.cli.output.ErrorMessage;
import dev.morgana.cli.output.ExitCode;
import dev.morgana.spi.Morgana;
import dev.morgana.spi.error.UnsupportedFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An error says what, where, and what to do. */
class MessagesTest {
    @TempDir
    private Path folder;

    private String image;

    @BeforeEach
    void makeAnImage() throws Exception {
        image = folder.resolve("image.bin").toString();
        Morgana.load().create("reference+file:" + image + "?size=64KiB").close();
    }

    private void assertTold(ExitCode code, Command command, String... parts) {
        assertThat(command.err()).contains(parts).hasLineCount(1).doesNotContain("java.", "Exception");
        assertThat(command.code()).isEqualTo(code.number());
    }

    @Test
    void mkdirNamesTheParentThatIsMissing() {
        assertTold(ExitCode.NOT_FOUND, Command.run("mkdir", image + ":/a/b/c"), "/a/b/c", "its parent /a ", "-p");
        assertThat(Command.run("mkdir", "-p", image + ":/a/b/c").code()).isZero();
    }

    @Test
    void anEntryWithoutItsSlashIsOffered() {
        assertTold(ExitCode.USAGE, Command.run("ls", image + ":docs"), image + ":/docs");
    }

    @Test
    void cpNamesPutAndGet() throws IOException {
        Path file = Files.writeString(folder.resolve("f"), "1");
        assertTold(ExitCode.USAGE, Command.run("cp", file.toString(), image + ":/f"), "put");
        assertThat(Command.run("put", file.toString(), image + ":/f").code()).isZero();
        String out = folder.relativize(folder.resolve("out")).toString();
        assertTold(ExitCode.USAGE, Command.run("cp", image + ":/f", out), "get");
    }

    @Test
    void noSpaceNamesASizeThatWouldDo() throws IOException {
        byte[] content = new byte[200_000];
        Arrays.fill(content, (byte) 'x');
        Path file = Files.write(folder.resolve("f"), content);
        String target = folder.resolve("new.img").toString();
        Command refused = Command.run("create", "littlefs", "-s", "64K", target, file.toString());
        assertTold(ExitCode.NO_SPACE, refused, "no space", "--size 262144 is enough");
        assertThat(Path.of(target)).doesNotExist();
        assertThat(Command.run("create", "littlefs", "-s", "262144", target, file.toString())
                        .code())
                .isZero();
    }

    @Test
    void anErrorOfTheHostNamesTheFile() throws IOException {
        assertTold(
                ExitCode.USAGE,
                Command.run("import", image, folder.resolve("none").toString()),
                folder.resolve("none").toString());
        assertTold(ExitCode.USAGE, Command.run("put", folder.toString(), image + ":/d"), folder.toString(), "import");
        Path broken = Files.writeString(folder.resolve("a.json"), "{\"a\": ");
        assertTold(
                ExitCode.USAGE,
                Command.run("create", "embedkv", folder.resolve("e.img").toString(), broken.toString()),
                "a.json:1: is not JSON");
    }

    @Test
    void whatIsNotSupportedIsAQuestionOfWords() {
        assertThat(ExitCode.of(new UnsupportedFormatException("littlefs 9.0", "2.0 and 2.1")))
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void noNameOfAClassInAnErrorOfOurOwn() {
        assertThat(ErrorMessage.of(new IllegalStateException()).message()).doesNotContain("Illegal");
    }
}

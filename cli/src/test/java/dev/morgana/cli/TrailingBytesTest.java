package dev.morgana.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.cli.output.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A whole image and something behind it, as terminal programs and flash dumps leave it: the image is what counts. */
class TrailingBytesTest {
    private static final Path FIELD = Path.of("..", "interop-tests", "golden", "field");

    @TempDir
    private Path folder;

    private Path field(String name) throws IOException {
        return Files.copy(FIELD.resolve(name), folder.resolve(name));
    }

    @Test
    void theFieldImageIsReadAndWrittenAndTheByteIsTold() throws IOException {
        Path image = field("plus-one-byte.img");
        Command listed = Command.run("ls", image.toString());
        assertThat(listed.code()).isZero();
        assertThat(listed.out()).isEqualTo("big\ndir/\nsmall\n");
        assertThat(listed.err()).isEqualTo("morgana: " + image + ": 1 byte after the image is ignored\n");
        Path file = Files.writeString(folder.resolve("new"), "news");
        assertThat(Command.run("put", file.toString(), image + ":/dir/").code()).isZero();
        assertThat(Command.run("cat", image + ":/dir/new").out()).isEqualTo("news");
        assertThat(Command.run("check", image.toString()).out()).isEqualTo("0 errors, 0 warnings, 0 notes\n");
        assertThat(Files.size(image)).isEqualTo(8193);
        assertThat(Files.readAllBytes(image)[8192]).isEqualTo((byte) '\n');
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"%s@0+8K", "file:%s@0+8K", "littlefs+file:%s@0+8K", "littlefs+file:%s@0x0+8192?readOnly=true"})
    void aLengthThatWasGivenNeedsNoWord(String address) throws IOException {
        Path image = field("plus-one-byte.img");
        assertThat(Command.run("ls", String.format(address, image)))
                .isEqualTo(new Command(0, "big\ndir/\nsmall\n", ""));
    }

    @Test
    void identifyTellsOfThemToo() throws IOException {
        String image = field("plus-one-byte.img").toString();
        assertThat(Command.run("identify", image).out()).contains("16 blocks of 512 B", "1 byte after the image");
        assertThat(Command.run("identify", "--json", image).out()).contains("\"bytesBehind\" : 1");
        assertThat(Command.run("ls", "--quiet", image).err()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"littlefs,''", "ekv,''", "ekv-fs,''", "embedkv,''", "pw_kvs,-OsectorSize=4096"})
    void everyFormatIgnoresThem(String format, String option) throws IOException {
        Path file = Files.writeString(folder.resolve("f"), "content");
        String image = folder.resolve("image.bin").toString();
        assertThat(Command.run("create", format, image, "-s", "64K", file.toString())
                        .err())
                .isEmpty();
        Files.writeString(Path.of(image), "\r\n>", StandardCharsets.US_ASCII, StandardOpenOption.APPEND);
        String[] words = option.isEmpty() ? new String[] {} : new String[] {option};
        Command read = Command.run(with(words, "cat", image + ":/f"));
        assertThat(read.out()).isEqualTo("content");
        assertThat(read.err()).contains("3 bytes after the image are ignored").hasLineCount(1);
        assertThat(Command.run("more".getBytes(StandardCharsets.US_ASCII), with(words, "put", "-", image + ":/g"))
                        .code())
                .isZero();
        assertThat(Command.run(with(words, "cat", image + ":/f", image + ":/g")).out())
                .isEqualTo("contentmore");
        assertThat(Files.readString(Path.of(image), StandardCharsets.ISO_8859_1))
                .endsWith("\r\n>");
    }

    private static String[] with(String[] options, String... words) {
        String[] all = new String[words.length + options.length];
        System.arraycopy(words, 0, all, 0, words.length);
        System.arraycopy(options, 0, all, words.length, options.length);
        return all;
    }

    @Test
    void oneBadFileDoesNotEndABatch() throws IOException {
        String good = field("plus-one-byte.img").toString();
        String short7 = Files.write(folder.resolve("seven"), new byte[7]).toString();
        String missing = folder.resolve("missing").toString();
        Command command = Command.run("identify", missing, short7, folder.toString(), good);
        assertThat(command.code()).isEqualTo(ExitCode.INPUT_OUTPUT.number());
        assertThat(command.out())
                .contains(missing, short7 + ": not recognised", folder.toString(), good + ": littlefs 2.0");
        assertThat(Command.run("identify", short7, good).code()).isEqualTo(ExitCode.DAMAGED.number());
    }
}

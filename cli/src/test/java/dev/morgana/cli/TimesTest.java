package dev.morgana.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The times of files, which littlefs keeps in attribute t. */
class TimesTest {
    /** What the builder writes for 2023-11-12T13:14:15Z: seconds in four bytes, little-endian. */
    private static final String IN_HEX = "a7cf5065";

    private static final Instant TIME = Instant.parse("2023-11-12T13:14:15Z");

    @TempDir
    private Path folder;

    private Path data;
    private String image;

    @BeforeEach
    void makeAFile() throws IOException {
        data = Files.createDirectory(folder.resolve("data"));
        Path file = Files.writeString(data.resolve("f"), "x");
        Files.setLastModifiedTime(file, FileTime.from(TIME.plusNanos(123_000_000)));
        image = folder.resolve("image.bin").toString();
    }

    private void assertTimeIsKept() {
        assertThat(Command.run("attr", image + ":/f").out()).contains("0x74  4 B  " + IN_HEX);
        assertThat(Command.run("ls", "-l", image).out()).contains("2023-11-12T13:14:15Z");
    }

    @Test
    void createKeepsThemWhenAsked() throws IOException {
        assertThat(Command.run("create", "littlefs", "--times", "-s", "64K", image, data + "/")
                        .err())
                .isEmpty();
        assertTimeIsKept();
        Path out = folder.resolve("out");
        Command.run("export", image, out.toString());
        assertThat(Files.getLastModifiedTime(out.resolve("f")).toInstant()).isEqualTo(TIME);
        Command.run("create", "littlefs", "--force", "-s", "64K", image, data + "/");
        assertThat(Command.run("attr", image + ":/f").out()).isEmpty();
    }

    @Test
    void importKeepsThemWhenAsked() {
        Command.run("create", "littlefs", "-s", "64K", image);
        assertThat(Command.run("import", "--times", image, data + "/").err()).isEmpty();
        assertTimeIsKept();
    }

    @Test
    void theVerbForMklittlefsAlwaysDoes() {
        assertThat(Command.run("littlefs", "-c", data.toString(), "-s", "65536", image)
                        .err())
                .isEmpty();
        assertTimeIsKept();
    }

    @Test
    void aCopyKeepsTheAttributeAsItIs() {
        Command.run("create", "littlefs", "-s", "64K", image, data + "/");
        Command.run("attr", image + ":/f", "--set", "0x74=hex:a7cf506500000000");
        assertThat(Command.run("cp", image + ":/f", "/g").err()).isEmpty();
        assertThat(Command.run("attr", image + ":/g").out()).contains("0x74  8 B  a7cf506500000000");
    }
}

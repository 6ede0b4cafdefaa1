package dev.morgana.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A littlefs of version 2.0 is changed as one of version 2.0, until somebody asks for the upgrade. */
class LittlefsVersionTest {
    @TempDir
    private Path folder;

    private String image;
    private String file;

    @BeforeEach
    void makeAnOlderImage() throws Exception {
        image = folder.resolve("older.img").toString();
        file = folder.resolve("file").toString();
        Files.writeString(Path.of(file), "content");
        run("create", "littlefs", image, "-s", "64K", "-O", "diskVersion=2.0");
        run("put", file, image + ":/first");
    }

    private static String run(String... words) {
        Command command = Command.run(words);
        assertThat(command.code()).as(command.err()).isZero();
        return command.out();
    }

    private String version() {
        return run("info", image)
                .lines()
                .filter(line -> line.contains("littlefs"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void changesKeepIt() {
        run("put", file, image + ":/second");
        run("mv", image + ":/second", "/third");
        run("gc", image);
        run("repair", image);
        assertThat(version()).contains("2.0");
        assertThat(run("cat", image + ":/third", "-O", "diskVersion=2.0")).isEqualTo("content");
    }

    @Test
    void theOptionRaisesIt() {
        run("gc", image, "-O", "diskVersion=2.1");
        assertThat(version()).contains("2.1");
        assertThat(Command.run("ls", image, "-O", "diskVersion=2.0").err()).contains("littlefs 2.1");
    }

    @Test
    void theOptionIsTold() {
        assertThat(run("formats", "--json")).contains("2.1 raises an image of version 2.0");
    }
}

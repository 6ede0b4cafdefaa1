package dev.morgana.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.cli.output.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two values under one path: one of them would be lost without a word. What is told to be in an image is in it. */
class CollisionsTest {
    @TempDir
    private Path folder;

    private String image;

    @BeforeEach
    void nameTheImage() {
        image = folder.resolve("image.bin").toString();
    }

    private Command create(String format, Object... words) {
        List<String> all = new ArrayList<>(List.of("create", format, image, "-s", "64K"));
        for (Object word : words) {
            all.add(word.toString());
        }
        return Command.run(all.toArray(String[]::new));
    }

    private String file(String path, String content) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        return file.toString();
    }

    private Path tar(String... namesAndContents) throws IOException {
        Path file = folder.resolve("a.tar");
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(Files.newOutputStream(file))) {
            for (int i = 0; i < namesAndContents.length; i += 2) {
                byte[] content = namesAndContents[i + 1].getBytes(StandardCharsets.US_ASCII);
                TarArchiveEntry entry = new TarArchiveEntry(namesAndContents[i]);
                entry.setSize(content.length);
                tar.putArchiveEntry(entry);
                tar.write(content);
                tar.closeArchiveEntry();
            }
        }
        return file;
    }

    private void assertRefused(Command command, String... origins) {
        assertThat(command.code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(command.err()).contains(origins).contains("--last-wins").hasLineCount(1);
        assertThat(Path.of(image)).doesNotExist();
    }

    @Test
    void twoFoldersWithTheSamePath() throws IOException {
        String one = file("one/d/f", "1");
        String two = file("two/d/f", "2");
        file("two/d/g", "33");
        assertRefused(create("reference", folder + "/one/", folder + "/two/"), "/d/f: ", one, two);
        Command accepted = create("reference", "--last-wins", folder + "/one/", folder + "/two/");
        assertThat(accepted.err()).isEmpty();
        assertThat(accepted.out()).contains("2 values, 1 dictionary, 3 B");
        assertThat(Command.run("cat", image + ":/d/f").out()).isEqualTo("2");
    }

    @Test
    void twiceInATar() throws IOException {
        Path tar = tar("f", "old", "g", "g", "f", "newer");
        assertRefused(create("reference", tar), "/f: ", tar + ", entry 1", tar + ", entry 3");
        Command accepted = create("reference", "--last-wins", tar);
        assertThat(accepted.out()).contains("2 values, 0 dictionaries, 6 B");
        assertThat(Command.run("cat", image + ":/f").out()).isEqualTo("newer");
    }

    @Test
    void twiceInJsonAndCsv() throws IOException {
        String json = file("keys.json", "{\"a\": \"1\",\n\"a\": \"22\"}");
        assertRefused(create("embedkv", json), "/a: ", "keys.json:1", "keys.json:2");
        String csv = file("keys.csv", "key,encoding,value\na,text,1\na,text,22\n");
        assertRefused(create("embedkv", csv), "/a: ", "keys.csv, row 2", "keys.csv, row 3");
        String other = file("other.csv", "key,encoding,value\na,text,1\n");
        assertRefused(create("embedkv", other, json), "/a: ", "other.csv, row 2", "keys.json:1");
        Command accepted = create("embedkv", "--last-wins", json);
        assertThat(accepted.out()).contains("1 value, 0 dictionaries, 2 B");
    }

    @Test
    void anArchiveOnStandardInput() throws IOException {
        byte[] tar = Files.readAllBytes(tar("f", "old", "f", "new"));
        assertRefused(
                Command.run(tar, "create", "reference", image, "-s", "64K", "-"),
                "standard input, entry 1",
                "standard input, entry 2");
    }

    @Test
    void importFindsThemBeforeItChangesAnything() throws IOException {
        create("reference", file("f", "kept"));
        byte[] before = Files.readAllBytes(Path.of(image));
        byte[] tar = Files.readAllBytes(tar("new", "1", "f", "2", "f", "3"));
        Command refused = Command.run(tar, "import", image, "-");
        assertThat(refused.code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(refused.err()).contains("/f: ", "entry 2", "entry 3");
        assertThat(Files.readAllBytes(Path.of(image))).isEqualTo(before);
        Command accepted = Command.run(tar, "import", "--last-wins", image, "-");
        assertThat(accepted.out()).isEqualTo("put 2 values, 2 B\n");
        assertThat(Command.run("cat", image + ":/f").out()).isEqualTo("3");
    }

    @Test
    void importFindsWhatCannotBeReadBeforeItChangesAnything() throws IOException {
        create("embedkv", "-O", "blockSize=4K");
        byte[] before = Files.readAllBytes(Path.of(image));
        Command refused = Command.run("import", image, file("keys.json", "[{\"key\":\"a\",\"text\":\"b\"}, 7]"));
        assertThat(refused.code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(Files.readAllBytes(Path.of(image))).isEqualTo(before);
    }

    @Test
    void aDictionaryThatIsThereTwiceIsNoCollision() throws IOException {
        file("one/d/f", "1");
        file("two/d/g", "2");
        Command command = create("reference", folder + "/one/", folder + "/two/");
        assertThat(command.out()).contains("2 values, 1 dictionary, 2 B");
    }

    @Test
    void dictionariesThatPathsImplyAreCounted() throws IOException {
        assertThat(create("reference", tar("d/e/f", "1")).out()).contains("1 value, 2 dictionaries, 1 B");
    }
}

package dev.morgana.cli.verb.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.morgana.cli.Command;
import dev.morgana.cli.output.ExitCode;
import dev.morgana.cli.output.UsageException;
import dev.morgana.spi.Morgana;
import dev.morgana.spi.key.Key;
import dev.morgana.spi.store.KeyValueStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Patterns in the entry of an address, and several files at once. */
class PatternsTest {
    @TempDir
    private Path folder;

    private String image;

    @BeforeEach
    void makeAnImage() throws Exception {
        image = folder.resolve("image.bin").toString();
        try (KeyValueStore store = Morgana.load().create("reference+file:" + image + "?size=64KiB")) {
            for (String key :
                    new String[] {"/docs/a.md", "/docs/b.md", "/docs/c.txt", "/docs/[x]", "/src/a.md", "/top"}) {
                store.set(Key.of(key), key.getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    /** After the rules of the shell for patterns (IEEE Std 1003.1, 2.13), and of its braces. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "*.md 612e6d64 true",
                "*.md 612e6d6478 false",
                "?.md 612e6d64 true",
                "? c3a9 true",
                "? ff true",
                "?? ff false",
                "[a-c]* 626f true",
                "[!a-c]* 626f false",
                "[]x]1 5d31 true",
                "{aa,b*} 626f true",
                "{aa,b*} 6161 true",
                "{aa,b*} 6162 false",
                "\\* 2a true",
                "\\* 61 false",
                "\\xFF* ff61 true",
                "a.b 616362 false",
                "(a)+$ 2861292b24 true",
                "* '' true"
            })
    void aPatternMeansWhatItMeansInAShell(String pattern, String name, boolean matches) throws Exception {
        assertThat(NamePattern.of(pattern).matches(HexFormat.of().parseHex(name)))
                .isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[a", "{a,b", "[z-a]"})
    void onesThatAreNoneAreRefused(String pattern) {
        assertThatThrownBy(() -> NamePattern.of(pattern))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(pattern);
    }

    @Test
    void lsShowsWhatMatches() {
        assertThat(Command.run("ls", image + ":/docs/*.md").out()).isEqualTo("docs/a.md\ndocs/b.md\n");
        assertThat(Command.run("ls", image + ":/*/a.*").out()).isEqualTo("docs/a.md\nsrc/a.md\n");
        assertThat(Command.run("ls", image + ":/*").out()).isEqualTo("docs/\nsrc/\ntop\n");
        assertThat(Command.run("ls", "-R", image + ":/s*").out()).isEqualTo("src/\nsrc/a.md\n");
    }

    @Test
    void aNameThatLooksLikeAPatternIsMeantFirst() {
        assertThat(Command.run("cat", image + ":/docs/[x]").out()).isEqualTo("/docs/[x]");
    }

    @Test
    void catAndGetTakeAll() throws Exception {
        assertThat(Command.run("cat", image + ":/docs/*.md").out()).isEqualTo("/docs/a.md/docs/b.md");
        Path target = Files.createDirectory(folder.resolve("out"));
        assertThat(Command.run("get", image + ":/docs/*.md", target.toString()).code())
                .isZero();
        assertThat(target.resolve("a.md")).hasContent("/docs/a.md");
        assertThat(target.resolve("b.md")).hasContent("/docs/b.md");
        assertThat(Command.run(
                                "get",
                                image + ":/docs/*.md",
                                folder.resolve("none").toString())
                        .code())
                .isEqualTo(ExitCode.USAGE.number());
    }

    @Test
    void rmRemovesWhatMatches() {
        assertThat(Command.run("rm", image + ":/docs/*.md").out())
                .isEqualTo("removed /docs/a.md\nremoved /docs/b.md\n");
        assertThat(Command.run("ls", image + ":/docs").out()).isEqualTo("[x]\nc.txt\n");
        Command nothing = Command.run("rm", image + ":/docs/*.md");
        assertThat(nothing.code()).isEqualTo(ExitCode.NOT_FOUND.number());
        assertThat(nothing.err()).contains("/docs/*.md");
        assertThat(Command.run("rm", "-f", image + ":/docs/*.md").code()).isZero();
    }

    @Test
    void rmGoesOnAfterWhatItCannotRemove() {
        Command command = Command.run("rm", image + ":/src", image + ":/none", image + ":/top");
        assertThat(command.err()).contains("-r removes it", "/none").hasLineCount(2);
        assertThat(command.out()).isEqualTo("removed /top\n");
        assertThat(command.code()).isEqualTo(ExitCode.NOT_FOUND.number());
    }

    @Test
    void putTakesSeveralFilesIntoADictionary() throws Exception {
        Path one = Files.writeString(folder.resolve("one"), "1");
        Path two = Files.writeString(folder.resolve("two"), "2");
        assertThat(Command.run("put", one.toString(), two.toString(), image + ":/docs/")
                        .out())
                .isEqualTo("put /docs/one\nput /docs/two\n");
        assertThat(Command.run("cat", image + ":/docs/one", image + ":/docs/two")
                        .out())
                .isEqualTo("12");
        assertThat(Command.run("put", one.toString(), two.toString(), image + ":/top")
                        .err())
                .contains("/top is not a dictionary");
        Path other =
                Files.writeString(Files.createDirectory(folder.resolve("d")).resolve("one"), "3");
        Command twice = Command.run("put", one.toString(), other.toString(), image + ":/docs");
        assertThat(twice.code()).isEqualTo(ExitCode.USAGE.number());
        assertThat(twice.err()).contains(one.toString(), other.toString());
        assertThat(Command.run("cat", image + ":/docs/one").out()).isEqualTo("1");
    }
}

package dev.morgana.cli.exchange.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is not whole yet is out of the way, and no killed process leaves it for good. */
class PartFolderTest {
    @TempDir
    private Path folder;

    /** A process that makes a part and waits. */
    static final class Maker {
        private Maker() {}

        public static void main(String[] words) throws IOException {
            PartFolder parts = PartFolder.in(Path.of(words[0]));
            Files.writeString(parts.file("image"), "half");
            System.out.println("ready");
            System.in.read();
        }
    }

    private Process maker() throws IOException {
        Process maker = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Maker.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(maker.inputReader().readLine()).isEqualTo("ready");
        return maker;
    }

    private int content() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return (int) files.count();
        }
    }

    @Test
    void itGoesAwayWithAllThatIsInIt() throws IOException {
        try (PartFolder parts = PartFolder.in(folder)) {
            Files.writeString(parts.file("image"), "half");
            assertThat(content()).isEqualTo(1);
        }
        assertThat(content()).isZero();
    }

    @Test
    void thoseOfAKilledProcessAreSweptAndThoseOfALivingOneAreNot() throws Exception {
        Process dead = maker();
        Process living = maker();
        dead.destroyForcibly().waitFor();
        assertThat(content()).isEqualTo(2);
        PartFolder.in(folder).close();
        assertThat(content()).isEqualTo(1);
        PartFolder.in(folder).close(); // to look does not take a lock away
        assertThat(content()).isEqualTo(1);
        living.destroyForcibly().waitFor();
        PartFolder.in(folder).close();
        assertThat(content()).isZero();
    }

    @Test
    void theLocksOfThisProcessOutliveItsOwnSweeps() throws Exception {
        try (PartFolder mine = PartFolder.in(folder)) {
            Files.writeString(mine.file("image"), "half");
            PartFolder.in(folder).close();
            Process other = maker(); // sweeps
            assertThat(mine.file("image")).hasContent("half");
            other.destroyForcibly().waitFor();
        }
    }

    @Test
    void aFolderWhoseMakerDiedBeforeTheLockGoesToo() throws IOException {
        Files.createDirectory(folder.resolve(".morgana-part1"));
        PartFolder.in(folder).close();
        assertThat(content()).isZero();
    }

    @Test
    void filesOfOthersStay() throws IOException {
        Files.writeString(folder.resolve(".morgana-part-notes"), "mine");
        Files.createDirectory(folder.resolve(".morgana-part2"));
        Files.writeString(folder.resolve(".morgana-part2").resolve("image"), "no lock, so not known");
        PartFolder.in(folder).close();
        assertThat(content()).isEqualTo(2);
    }
}

package dev.morgana.interop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.morgana.spi.Morgana;
import dev.morgana.spi.error.UnknownProviderException;
import dev.morgana.tck.store.Campaign;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real tree of thousands of files, the classes of the JDK, into an image and out again. */
@Campaign
@Execution(ExecutionMode.CONCURRENT)
class LargeTreeTest {
    private static final int FILES = 2_500;

    /**
     * What no path is longer than: by default ekv-fs has keys of 64 bytes, in which a file of up to a thousand chunks has a slash
     * before its path and {@code c::999} behind it.
     */
    private static final int LONGEST_PATH = 57;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void copyClasses() throws Exception {
        Path classes = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("modules", "java.base");
        try (Stream<Path> all = Files.walk(classes)) {
            for (Path file : all.filter(Files::isRegularFile)
                    .filter(file -> classes.relativize(file).toString().length() <= LONGEST_PATH)
                    .limit(FILES)
                    .toList()) {
                Path copy =
                        folder.resolve("tree").resolve(classes.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"littlefs", "ekv-fs"})
    void comesBackByteForByte(String format) throws Exception {
        try {
            Morgana.load().format(format);
        } catch (UnknownProviderException e) {
            Assumptions.abort(format + " is not built yet");
        }
        String image = format + ".img";
        run("create", format, image, "tree/");
        run("check", "--deep", image);
        run("export", image, format + "-out");
        try (Stream<Path> all = Files.walk(folder.resolve("tree"))) {
            List<Path> files = all.filter(Files::isRegularFile).toList();
            assertThat(files).hasSize(FILES);
            for (Path file : files) {
                Path copy = folder.resolve(format + "-out")
                        .resolve(folder.resolve("tree").relativize(file).toString());
                assertThat(Files.mismatch(file, copy)).as("%s", file).isEqualTo(-1);
            }
        }
    }

    private static void run(String... words) throws Exception {
        CommandProcess command = CommandProcess.run(List.of("-Xmx96m"), folder, words);
        assertThat(command.err()).as("%s", List.of(words)).isEmpty();
        assertThat(command.code()).isZero();
    }
}

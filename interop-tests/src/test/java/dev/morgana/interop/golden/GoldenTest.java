package dev.morgana.interop.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every golden case below {@code -Dmorgana.golden} (the folder {@code golden} of this module by default), found by listing:
 * {@code <folder>/<format>/images} and {@code <folder>/<format>/traces}. One line per format tells how much of it is right.
 * {@code -Dmorgana.golden.formats=a,b} limits the formats.
 */
@Tag("golden")
class GoldenTest {
    private static final Path ROOT = Path.of(System.getProperty("morgana.golden", "golden"));
    private static final String LIMIT = System.getProperty("morgana.golden.formats", "");

    /** Images of any format that show faults once met in use; other tests have them. */
    private static final String FIELD = "field";

    /** The formats whose cases are counted even when their folder is missing, so that they cannot vanish unseen. */
    private static final Map<String, FormatCases> CASES = new LinkedHashMap<>();

    private static final List<String> LINES = new ArrayList<>();

    @BeforeAll
    static void harnesses() {
        for (FormatCases cases : List.of(
                new LittlefsCases(),
                new ChamelonCases(),
                new EmbedkvCases(),
                new PwKvsCases(),
                new EkvCases(),
                new EkvFsCases())) {
            CASES.put(cases.format(), cases);
        }
    }

    @AfterAll
    static void report() {
        LINES.forEach(System.out::println);
    }

    static List<String> formats() throws IOException {
        if (!LIMIT.isBlank()) {
            return Arrays.asList(LIMIT.split(","));
        }
        assertThat(ROOT).as("-Dmorgana.golden names a folder").isDirectory();
        try (Stream<Path> folders = Files.list(ROOT)) {
            return folders.filter(folder ->
                            Files.isDirectory(folder.resolve("images")) || Files.isDirectory(folder.resolve("traces")))
                    .map(folder -> folder.getFileName().toString())
                    .filter(name -> !name.equals(FIELD))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("formats")
    void everyCaseOfAFormatThatIsBuiltPasses(String format) {
        Tally tally = new Tally(CASES.getOrDefault(format, new NotBuilt(format)));
        GoldenCase.images(ROOT, format).forEach(tally::image);
        GoldenCase.traces(ROOT, format).forEach(tally::trace);
        LINES.add(tally.toString());
        assertThat(tally.found()).as("cases of " + format + " below " + ROOT).isPositive();
        assertThat(tally.misses()).as(tally.toString()).isEmpty();
    }

    @Test
    void thereIsGoldenData() throws IOException {
        assertThat(formats()).as("formats below " + ROOT).isNotEmpty();
    }

    /** The repository's own part has every format; another folder may hold some of them. */
    @Test
    void theRepositorysPartHasEveryFormatThatIsBuilt() {
        for (String format : CASES.keySet()) {
            assertThat(GoldenCase.images(Path.of("golden"), format))
                    .as("images of " + format)
                    .isNotEmpty();
        }
    }
}

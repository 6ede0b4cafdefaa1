package dev.morgana.nio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every case on the default file system and on images of three formats. They agree, but for the differences that
 * {@code docs/nio.md} lists: those are as listed, so that the page neither lacks one nor lists one that is gone.
 */
class FileCasesTest {
    private static final Path PAGE = Path.of("../../docs/nio.md");

    /** A row of the table of differences: case, the default file system, formats that differ, what they do, why. */
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| ([^|]+) \\| `([^`]*)` \\| ([^|]+) \\| `([^`]*)` \\| ([^|]+) \\|$");

    private record Difference(String name, String expected, String found) {}

    private static Map<String, Difference> differences(String format) throws IOException {
        Map<String, Difference> rows = new LinkedHashMap<>();
        Matcher row = ROW.matcher(Files.readString(PAGE));
        while (row.find()) {
            if (row.group(3).equals("all") || row.group(3).contains(format)) {
                rows.put(row.group(1), new Difference(row.group(1), row.group(2), row.group(4)));
            }
        }
        return rows;
    }

    @TestFactory
    Stream<DynamicNode> imagesAnswerAsTheDefaultFileSystemDoes(@TempDir Path folder) throws Exception {
        Map<String, String> expected = new LinkedHashMap<>();
        for (Map.Entry<String, FileCases.Case> each : FileCases.ALL.entrySet()) {
            Path place = Files.createDirectory(folder.resolve("" + expected.size()));
            expected.put(each.getKey(), FileCases.outcome(each.getValue(), place));
        }
        List<DynamicNode> formats = new ArrayList<>();
        for (String format : SampleImages.ADDRESSES.keySet().stream().sorted().toList()) {
            formats.add(DynamicContainer.dynamicContainer(format, cases(format, expected)));
        }
        return formats.stream();
    }

    /** All cases on one image, each in a folder of its own. */
    private static Stream<DynamicTest> cases(String format, Map<String, String> expected) throws Exception {
        Map<String, Difference> differences = differences(format);
        FileSystem images = SampleImages.create(format);
        return expected.keySet().stream()
                .map(name -> DynamicTest.dynamicTest(
                        format + ": " + name, () -> compare(images, name, expected.get(name), differences.get(name))))
                .onClose(() -> {
                    try {
                        images.close();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }

    private static void compare(FileSystem images, String name, String expected, @Nullable Difference difference)
            throws Exception {
        Path folder = Files.createDirectory(images.getPath("/case " + name.hashCode()));
        String found = FileCases.outcome(FileCases.ALL.get(name), folder);
        if (difference == null) {
            assertThat(found).isEqualTo(expected);
        } else {
            assertThat(new Difference(name, expected, found)).isEqualTo(difference);
        }
    }

    @Test
    void thePageNamesCasesThatThereAre() throws Exception {
        TreeSet<String> named = new TreeSet<>();
        for (String format : SampleImages.ADDRESSES.keySet()) {
            named.addAll(differences(format).keySet());
        }
        assertThat(FileCases.ALL).hasSizeGreaterThanOrEqualTo(169);
        assertThat(named).isNotEmpty();
        assertThat(FileCases.ALL.keySet()).containsAll(named);
    }
}

package dev.morgana.interop.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.morgana.tck.store.Campaign;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command, as a process of its own, over images that the C implementation made: it shows what their manifests say. */
@Campaign
class GoldenCommandTest {
    private static final Path IMAGES = Path.of("golden", "littlefs", "images");

    @TempDir
    private Path folder;

    private CommandProcess morgana(String... words) throws Exception {
        return CommandProcess.run(List.of(), folder, words);
    }

    private Path image(String name) throws IOException {
        Path image = folder.resolve(name + ".img");
        try (InputStream packed = new GZIPInputStream(Files.newInputStream(IMAGES.resolve(name + ".img.gz")))) {
            Files.copy(packed, image);
        }
        return image;
    }

    private static JsonNode manifest(String name) throws IOException {
        return new ObjectMapper().readTree(IMAGES.resolve(name + ".json").toFile());
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    /** Path to size, -1 for a directory. */
    private static Map<String, Long> entries(JsonNode manifest) {
        Map<String, Long> entries = new TreeMap<>();
        for (JsonNode entry : manifest.get("entries")) {
            boolean file = entry.get("type").asText().equals("file");
            entries.put(entry.get("path").asText(), file ? entry.get("size").asLong() : -1);
        }
        return entries;
    }

    private static void collect(JsonNode tree, Map<String, Long> entries) {
        for (JsonNode entry : tree) {
            boolean file = entry.get("kind").asText().equals("value");
            entries.put(entry.get("key").asText(), file ? entry.get("size").asLong() : -1);
            if (!file) {
                collect(entry.get("children"), entries);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nested", "cut-move-1", "sizes-b256", "v20-many", "split-thinned"})
    void treeShowsTheManifest(String name) throws Exception {
        CommandProcess run = morgana("tree", "--json", image(name).toString());
        assertThat(run.code()).as(run.err()).isZero();
        Map<String, Long> found = new TreeMap<>();
        collect(new ObjectMapper().readTree(run.out()), found);
        assertThat(found).isEqualTo(entries(manifest(name)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nested", "sizes-b256"})
    void exportWritesFilesWithTheManifestsDigests(String name) throws Exception {
        Path target = folder.resolve("export");
        CommandProcess run = morgana("export", image(name).toString(), target.toString());
        assertThat(run.code()).as(run.err()).isZero();
        Map<String, String> expected = new TreeMap<>();
        for (JsonNode entry : manifest(name).get("entries")) {
            if (entry.has("sha256")) {
                expected.put(entry.get("path").asText(), entry.get("sha256").asText());
            }
        }
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> files = Files.walk(target)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                found.put("/" + target.relativize(file), sha256(Files.readAllBytes(file)));
            }
        }
        assertThat(found).isNotEmpty().isEqualTo(expected);
    }

    @Test
    void textAndErrorsGoWhereTheyBelong() throws Exception {
        Path image = image("nested");
        CommandProcess tree = morgana("tree", image.toString());
        assertThat(tree.err()).isEmpty();
        assertThat(tree.out().lines()).first().isEqualTo("/");
        CommandProcess missing = morgana("cat", image + ":/no/such/entry");
        assertThat(missing.code()).isEqualTo(3);
        assertThat(missing.out()).isEmpty();
        assertThat(missing.err()).isEqualTo("morgana: no such key: /no/such/entry\n");
    }

    @Test
    void damageEndsWithItsOwnCodeAndPlace() throws Exception {
        CommandProcess check = morgana("check", "littlefs+file:" + image("bad-tail-loop"));
        assertThat(check.code()).as(check.err()).isEqualTo(1);
        assertThat(check.out()).contains("error").containsPattern("block \\d+, offset 0x");
        CommandProcess list = morgana("ls", image("bad-dir-crc") + ":/dir");
        assertThat(list.code()).isEqualTo(4);
        assertThat(list.err()).containsPattern("block \\d+, offset 0x").isEqualToNormalizingNewlines(list.err());
    }

    @Test
    void theDialectIsNamedNeverGuessed() throws Exception {
        Path chamelon = Path.of("golden", "chamelon", "images");
        Path image = folder.resolve("chamelon.img");
        try (InputStream packed =
                new GZIPInputStream(Files.newInputStream(chamelon.resolve("overwrite-three.img.gz")))) {
            Files.copy(packed, image);
        }
        assertThat(morgana("identify", image.toString()).out()).contains("hint").contains("dialect=chamelon");
        CommandProcess list = morgana("ls", "-O", "dialect=chamelon", image.toString());
        assertThat(list.code()).as(list.err()).isZero();
        JsonNode manifest = new ObjectMapper()
                .readTree(chamelon.resolve("overwrite-three.json").toFile());
        List<String> names = new ArrayList<>();
        manifest.get("entries")
                .forEach(entry -> names.add(entry.get("path").asText().substring(1)));
        assertThat(list.out().lines()).containsExactlyElementsOf(names);
        assertThat(list.out().getBytes(StandardCharsets.UTF_8)).isNotEmpty();
    }
}

package dev.morgana.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fields of {@code --json} are those that docs/cli.md lists; a question mark there means that one may be missing. */
class JsonSchemaTest {
    private static final Path DOCS = Path.of("..", "docs", "cli.md");

    @TempDir
    private Path folder;

    @BeforeEach
    void makeImages() throws Exception {
        Path site = Files.createDirectories(folder.resolve("site/css")).getParent();
        Files.writeString(site.resolve("index.html"), "hello");
        Files.writeString(site.resolve("css/a"), "x");
        Command.run("create", "littlefs", image("a"), "-s", "64K", site + "/");
        Command.run("create", "littlefs", image("b"), "-s", "64K");
        Command.run("create", "embedkv", image("e"), "-s", "64K", site + "/");
        Command.run("create", "pw_kvs", image("p"), "-s", "64K", "-b", "4K", site + "/");
    }

    private String image(String name) {
        return folder.resolve(name + ".img").toString();
    }

    private static Set<String> documented(String verb) throws Exception {
        for (String line : Files.readAllLines(DOCS)) {
            Matcher row = Pattern.compile("\\|([^|]*)\\|[^{]*`\\{([^}]*)\\}`.*").matcher(line);
            if (row.matches() && row.group(1).contains("`" + verb + "`")) {
                return Stream.of(row.group(2).split(", ")).collect(Collectors.toCollection(TreeSet::new));
            }
        }
        throw new AssertionError(verb + " is not in the table");
    }

    @ParameterizedTest
    @CsvSource({
        "create, create littlefs IMAGE-new -s 64K",
        "convert, convert IMAGE-a IMAGE-copy",
        "ls, ls -R IMAGE-a",
        "find, find IMAGE-a",
        "stat, stat IMAGE-a:/index.html",
        "du, du IMAGE-a",
        "export, export IMAGE-a out",
        "usage, usage IMAGE-a",
        "wear, wear IMAGE-a",
        "dump, dump IMAGE-a",
        "log, log IMAGE-e",
        "reconfigure, reconfigure -O sectorSize=4K IMAGE-p --set redundancy=2",
        "diff, diff IMAGE-a IMAGE-b"
    })
    void theFieldsAreThoseOfTheTable(String verb, String words) throws Exception {
        String command = words.replaceAll("IMAGE-(\\w+)", Matcher.quoteReplacement(folder.toString()) + "/$1.img")
                .replace(" out", " " + folder.resolve("out"));
        Command run = Command.run((command + " --json").split(" "));
        assertThat(run.err()).isEmpty();
        JsonNode value = new ObjectMapper().readTree(run.out());
        Set<String> documented = documented(verb);
        int seen = 0;
        for (JsonNode one : value.isArray() ? value : Set.of(value)) {
            Set<String> found = new TreeSet<>();
            one.fieldNames().forEachRemaining(found::add);
            for (String field : documented) {
                String name = field.replace("?", "");
                assertThat(found.remove(name) || field.endsWith("?"))
                        .as("%s: %s", verb, field)
                        .isTrue();
            }
            assertThat(found).as("%s: fields that are not documented", verb).isEmpty();
            seen++;
        }
        assertThat(seen).isPositive();
    }
}

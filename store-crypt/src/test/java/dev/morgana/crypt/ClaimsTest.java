package dev.morgana.crypt;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each claim of the documentation names its test, which is there. */
class ClaimsTest {
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+Test)\\.(\\w+)`");

    private static Map<String, String> testSources() throws IOException {
        try (Stream<Path> modules = Stream.of(
                Path.of("src/test/java"), Path.of("../cli/src/test/java"), Path.of("../interop-tests/src/test/java"))) {
            Map<String, String> sources = new java.util.HashMap<>();
            for (Path module : modules.toList()) {
                try (Stream<Path> files = Files.walk(module)) {
                    for (Path file : files.filter(path -> path.toString().endsWith("Test.java"))
                            .toList()) {
                        String name = file.getFileName().toString().replace(".java", "");
                        sources.merge(name, Files.readString(file), String::concat);
                    }
                }
            }
            return sources;
        }
    }

    @Test
    void everyTestThatIsNamedIsThere() throws IOException {
        String page = Files.readString(Path.of("../docs/encryption.md"));
        List<MatchResult> named = NAMED.matcher(page).results().toList();
        assertThat(named).hasSizeGreaterThan(20);
        Map<String, String> sources = testSources();
        List<String> missing = named.stream()
                .filter(name -> !sources.getOrDefault(name.group(1), "").contains("void " + name.group(2) + "("))
                .map(MatchResult::group)
                .collect(Collectors.toList());
        assertThat(missing).isEmpty();
    }

    @Test
    void everyClaimNamesOne() throws IOException {
        String page = Files.readString(Path.of("../docs/encryption.md"));
        String table = page.substring(page.indexOf("| claim |"), page.indexOf("`EncryptionReaderTest`"));
        List<String> claims = table.strip().lines().skip(2).toList();
        assertThat(claims)
                .hasSizeGreaterThan(12)
                .allMatch(claim -> NAMED.matcher(claim).find());
    }
}

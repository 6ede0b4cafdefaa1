package dev.morgana.interop.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What formatter and compiler do not see, over the sources of the reactor. */
class TidyTest {
    private static final Path REACTOR = Path.of(System.getProperty("morgana.reactor", ".."));

    /** Calls that main code does not make, and why. */
    private static final Map<Pattern, String> FORBIDDEN = Map.of(
            Pattern.compile("System\\.(out|err)\\b"),
            "results go through Output, notes through slf4j",
            Pattern.compile("Thread\\.sleep"),
            "nothing waits for time to pass",
            Pattern.compile("System\\.(currentTimeMillis|nanoTime)|Instant\\.now|new Date\\(|Clock\\.system"),
            "times come from an injected InstantSource",
            Pattern.compile("new Random\\(\\)|Math\\.random|ThreadLocalRandom"),
            "choices come from a seed",
            Pattern.compile("\\.getBytes\\(\\)|new String\\([a-z]+\\)|Charset\\.defaultCharset"),
            "charsets are named",
            Pattern.compile("TODO|FIXME|XXX"),
            "what is not done is an issue, not a comment");

    private static final Pattern EXPORT = Pattern.compile("exports\\s+([\\w.]+)\\s*;");
    private static final Pattern MEMBER = Pattern.compile("\\n( {0,8})(?:public|protected) [^\\n;=]*[({]");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");

    private static List<Path> mainSources() {
        return files("glob:**/src/main/java/**.java");
    }

    private static List<Path> files(String glob) {
        var matcher = REACTOR.getFileSystem().getPathMatcher(glob);
        try (Stream<Path> all = Files.walk(REACTOR)) {
            return all.filter(file -> !file.toString().contains("/target/"))
                    .filter(matcher::matches)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void mainCodeMakesNoForbiddenCall() {
        List<String> found = new ArrayList<>();
        for (Path file : mainSources()) {
            String code = read(file).replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("(?m)^\\s*//.*$", "");
            FORBIDDEN.forEach((call, why) -> {
                Matcher matcher = call.matcher(code);
                if (matcher.find()) {
                    found.add(REACTOR.relativize(file) + ": " + matcher.group() + ", but " + why);
                }
            });
        }
        assertThat(mainSources()).hasSizeGreaterThan(50);
        assertThat(found).isEmpty();
    }

    @Test
    void everyPackageIsDescribedAndNullMarked() {
        List<String> missing = new ArrayList<>();
        mainSources().stream().map(Path::getParent).distinct().forEach(folder -> {
            Path info = folder.resolve("package-info.java");
            boolean module = Files.exists(folder.resolve("module-info.java"));
            if (!module && (!Files.exists(info) || !read(info).contains("@NullMarked"))) {
                missing.add(REACTOR.relativize(folder).toString());
            }
        });
        assertThat(missing).isEmpty();
    }

    @Test
    void everyLayoutPackageHasADrawing() {
        List<Path> layouts = files("glob:**/src/main/java/**/layout/package-info.java");
        assertThat(layouts)
                .isNotEmpty()
                .allSatisfy(info -> assertThat(read(info)).contains("<pre>"));
    }

    /** What came with the first release says so once for its package; what comes later says so itself. */
    @Test
    void whatIsExportedSaysSinceWhen() {
        List<String> missing = new ArrayList<>();
        for (Path module : files("glob:**/src/main/java/module-info.java")) {
            Matcher export = EXPORT.matcher(read(module));
            while (export.find()) {
                Path info =
                        module.resolveSibling(export.group(1).replace('.', '/')).resolve("package-info.java");
                if (!info.startsWith(REACTOR.resolve("examples")) && !read(info).contains("@since ")) {
                    missing.add(export.group(1));
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void whatIsExportedHasJavadoc() {
        List<String> missing = new ArrayList<>();
        for (Path module : files("glob:**/src/main/java/module-info.java")) {
            Matcher export = EXPORT.matcher(read(module));
            while (export.find()) {
                Path folder = module.resolveSibling(export.group(1).replace('.', '/'));
                mainSources().stream()
                        .filter(file -> file.getParent().equals(folder))
                        .forEach(file -> missing.addAll(undocumented(file)));
            }
        }
        assertThat(missing).isEmpty();
    }

    /** Public members whose preceding line ends no Javadoc; an override inherits it, a compact constructor has its record's. */
    private static List<String> undocumented(Path file) {
        String code = read(file);
        boolean isPublic = Pattern.compile("(?m)^public ").matcher(code).find();
        List<String> missing = new ArrayList<>();
        Matcher member = MEMBER.matcher(code);
        while (isPublic && member.find()) {
            String before = code.substring(0, member.start()).stripTrailing();
            String line = before.substring(before.lastIndexOf('\n') + 1).strip();
            boolean compact = member.group().strip().matches("public [A-Z]\\w* \\{");
            if (!line.endsWith("*/") && !line.startsWith("@") && !compact) {
                missing.add(REACTOR.relativize(file) + ": " + member.group().strip());
            }
        }
        return missing;
    }

    @Test
    void everyLinkOfThePagesResolves() {
        List<String> broken = new ArrayList<>();
        List<Path> pages = files("glob:**.md");
        for (Path page : pages) {
            Matcher link = LINK.matcher(read(page));
            while (link.find()) {
                if (!Files.exists(page.resolveSibling(link.group(1)))) {
                    broken.add(REACTOR.relativize(page) + ": " + link.group(1));
                }
            }
        }
        assertThat(pages).hasSizeGreaterThan(3);
        assertThat(broken).isEmpty();
    }

    @Test
    void everyDependencyIsExplained() {
        Pattern artifact =
                Pattern.compile("(?s)<dependency>\\s*<groupId>([^<]+)</groupId>\\s*<artifactId>([^<]+)</artifactId>");
        String page = read(REACTOR.resolve("docs/dependencies.md"));
        List<String> found = new ArrayList<>();
        List<String> unexplained = new ArrayList<>();
        for (Path pom : files("glob:**/*/pom.xml")) {
            Matcher dependency = artifact.matcher(read(pom));
            while (dependency.find()) {
                String name = dependency.group(2).replaceFirst("^(junit)-(?:jupiter-|platform-).*", "$1-jupiter");
                found.add(name);
                boolean ours = dependency.group(1).equals("dev.morgana")
                        || dependency.group(1).equals("${project.groupId}");
                if (!ours && !name.endsWith("-bom") && !page.contains("| " + name + " |")) {
                    unexplained.add(REACTOR.relativize(pom) + ": " + name);
                }
            }
        }
        assertThat(found).hasSizeGreaterThan(30);
        assertThat(unexplained).isEmpty();
    }
}

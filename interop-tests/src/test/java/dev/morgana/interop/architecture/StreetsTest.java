package dev.morgana.interop.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What keeps a package a place where one finds one's way, over the sources and classes of the reactor. */
class StreetsTest {
    /** Tests to subclass are tests: what they say of two things may be the same, and what they are made of may be one piece. */
    private static final String TESTS = "tck";

    private static final Path REACTOR = Path.of(System.getProperty("morgana.reactor", ".."));

    /** More types than that need a reason, and the reason a sentence of the package's page. */
    private static final int MOST_TYPES = 30;

    private static final String REASON = "More than thirty types, since";

    /** Classes of one package that all need each other; sealed hierarchies count as one. */
    private static final int LARGEST_CIRCLE = 3;

    /** Lines of logic that no two places share to the letter. */
    private static final int SHARED_LINES = 6;

    /** What is no logic: braces, annotations, imports, and the parameters and arguments of a list, each on its own line. */
    private static final Pattern NO_LOGIC =
            Pattern.compile("\\W*|@\\w+|(import|package) .*|[\\w<>?\\[\\]. ]+,|[\\w.]+\\(\\),");

    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");
    private static final Pattern SEALED =
            Pattern.compile("\\bsealed (?:interface|abstract class|class) \\w+[^{]*?permits ([^{]*)\\{");
    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|(?m:^\\s*//.*$)");

    private static List<Path> sources() {
        try (Stream<Path> all = Files.walk(REACTOR)) {
            return all.filter(file -> file.toString().contains("/src/main/java/"))
                    .filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("package-info.java") && !file.endsWith("module-info.java"))
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
    void aPackageHasFewTypesOrAReason() {
        Map<Path, Integer> types = new TreeMap<>();
        sources().forEach(file -> types.merge(file.getParent(), 1, Integer::sum));
        List<String> crowded = new ArrayList<>();
        types.forEach((folder, count) -> {
            if (count > MOST_TYPES && !read(folder.resolve("package-info.java")).contains(REASON)) {
                crowded.add(REACTOR.relativize(folder) + ": " + count);
            }
        });
        assertThat(types).hasSizeGreaterThan(30);
        assertThat(crowded).isEmpty();
    }

    @Test
    void noMoreThanThreeClassesOfAPackageNeedEachOther() {
        Map<String, Set<String>> uses = uses(parents());
        List<Set<String>> circles = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String each : uses.keySet()) {
            if (seen.add(each)) {
                Set<String> circle = new TreeSet<>(reached(uses, each));
                circle.removeIf(other -> !reached(uses, other).contains(each));
                seen.addAll(circle);
                if (circle.size() > LARGEST_CIRCLE) {
                    circles.add(circle);
                }
            }
        }
        assertThat(uses).hasSizeGreaterThan(300);
        assertThat(circles).isEmpty();
    }

    /** Which classes of its own package a class uses; nested classes belong to the outermost, members of a hierarchy to its root. */
    private static Map<String, Set<String>> uses(Map<String, String> parents) {
        Map<String, Set<String>> uses = new HashMap<>();
        for (JavaClass each : new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.morgana")) {
            if (each.getPackageName().startsWith("dev.morgana." + TESTS)) {
                continue;
            }
            String user = root(each, parents);
            for (Dependency dependency : each.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass();
                String used = root(target, parents);
                if (target.getPackageName().equals(each.getPackageName()) && !used.equals(user)) {
                    uses.computeIfAbsent(user, key -> new HashSet<>()).add(used);
                }
            }
        }
        return uses;
    }

    private static String root(JavaClass type, Map<String, String> parents) {
        String name = type.getBaseComponentType().getName().replaceAll("\\$.*", "");
        return parents.getOrDefault(name, name);
    }

    /** The sealed type that permits a class. */
    private static Map<String, String> parents() {
        Map<String, String> parents = new HashMap<>();
        for (Path file : sources()) {
            String code = read(file);
            Matcher home = PACKAGE.matcher(code);
            Matcher sealed = SEALED.matcher(code);
            if (home.find() && sealed.find()) {
                String root =
                        home.group(1) + "." + file.getFileName().toString().replace(".java", "");
                for (String member : sealed.group(1).trim().split("[\\s,]+")) {
                    parents.put(home.group(1) + "." + member, root);
                }
            }
        }
        return parents;
    }

    private static Set<String> reached(Map<String, Set<String>> uses, String from) {
        Set<String> reached = new HashSet<>();
        Deque<String> ahead = new ArrayDeque<>(Set.of(from));
        while (!ahead.isEmpty()) {
            for (String next : uses.getOrDefault(ahead.remove(), Set.of())) {
                if (reached.add(next)) {
                    ahead.add(next);
                }
            }
        }
        return reached;
    }

    @Test
    void noTwoPlacesShareSixLinesToTheLetter() {
        Map<List<String>, Path> places = new HashMap<>();
        Set<String> shared = new TreeSet<>();
        for (Path file : sources()) {
            List<String> lines = file.startsWith(REACTOR.resolve(TESTS)) ? List.of() : lines(file);
            for (int i = 0; i + SHARED_LINES <= lines.size(); i++) {
                List<String> window = lines.subList(i, i + SHARED_LINES);
                Path other = places.putIfAbsent(window, file);
                if (other != null) {
                    shared.add(REACTOR.relativize(other) + " and " + REACTOR.relativize(file) + ": " + window.get(0));
                }
            }
        }
        assertThat(places).hasSizeGreaterThan(10_000);
        assertThat(shared).isEmpty();
    }

    /** The lines of a file that are logic. */
    private static List<String> lines(Path file) {
        return COMMENT.matcher(read(file))
                .replaceAll("")
                .lines()
                .map(String::strip)
                .filter(line -> !NO_LOGIC.matcher(line).matches())
                .toList();
    }
}

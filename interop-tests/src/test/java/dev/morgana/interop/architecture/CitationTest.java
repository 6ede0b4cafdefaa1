package dev.morgana.interop.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What a comment cites can be opened: every section, item and rule stands on a page of the repository. A comment that names no
 * page means the one that the layout package of its module links, and an item that names no section is one of the contract.
 */
class CitationTest {
    private static final Path REACTOR = Path.of(System.getProperty("morgana.reactor", ".."));
    private static final CitedPage CONTRACT = CitedPage.of(REACTOR.resolve("docs/contract.md"));

    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|(?m)(?:^\\s*//.*\\R?)+");
    private static final String NUMBERS = "[A-Z]?\\d+(?:\\.\\d+)*(?:(?:, | and | to | or |-)[A-Z]?\\d+(?:\\.\\d+)*)*";
    private static final Pattern CITATION = Pattern.compile("(?:(RFC \\d+)|(?:([\\w-]+) page))[,:]? |\\bsections? ("
            + NUMBERS + ")|\\b(?:items?|conditions?) (" + NUMBERS + ")|\\b([RWDC]\\d(?: (?:and|to) [RWDC]\\d)?)\\b");
    private static final Pattern NUMBER = Pattern.compile("[A-Z]?\\d+(?:\\.\\d+)*");
    private static final Pattern LINK = Pattern.compile("docs/formats/([\\w-]+)\\.md");

    private int cited;

    private static List<Path> sources() throws IOException {
        try (Stream<Path> all = Files.walk(REACTOR)) {
            return all.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .filter(file -> file.toString().contains("/src/main/")
                            || file.toString().contains("/src/test/"))
                    .sorted()
                    .toList();
        }
    }

    /** The page that the layout package of a module links. */
    private static Optional<String> ownPage(Path module) throws IOException {
        if (!Files.exists(module.resolve("src"))) {
            return Optional.empty(); // a folder of several modules, none of which is of a format that has a page
        }
        try (Stream<Path> files = Files.walk(module.resolve("src"))) {
            for (Path info : files.filter(file -> file.endsWith("layout/package-info.java"))
                    .toList()) {
                Matcher link = LINK.matcher(Files.readString(info));
                if (link.find()) {
                    return Optional.of(link.group(1));
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<CitedPage> page(String name) {
        Path file = REACTOR.resolve("docs/formats/" + name + ".md");
        return Files.exists(file) ? Optional.of(CitedPage.of(file)) : Optional.empty();
    }

    @Test
    void whatCommentsCiteIsOnAPage() throws IOException {
        List<String> missing = new ArrayList<>();
        Map<Path, Optional<String>> pages = new HashMap<>();
        for (Path source : sources()) {
            Path module = REACTOR.resolve(REACTOR.relativize(source).getName(0));
            if (!pages.containsKey(module)) {
                pages.put(module, ownPage(module));
            }
            Optional<String> own = pages.get(module);
            for (MatchResult comment :
                    COMMENT.matcher(Files.readString(source)).results().toList()) {
                String text = comment.group()
                        .replaceAll("(?m)^\\s*(?:/?\\*+/?|//)", " ")
                        .replaceAll("\\s+", " ");
                for (String each : missing(text, own)) {
                    missing.add(REACTOR.relativize(source) + ": " + each);
                }
            }
        }
        assertThat(cited).isGreaterThan(150);
        assertThat(missing).isEmpty();
    }

    /** Reads a comment from left to right: a page that is named holds for what follows. */
    private List<String> missing(String comment, Optional<String> own) {
        List<String> missing = new ArrayList<>();
        Optional<CitedPage> page = own.flatMap(CitationTest::page);
        boolean foreign = false;
        String section = "";
        Matcher citation = CITATION.matcher(comment);
        while (citation.find()) {
            if (citation.group(1) != null) {
                foreign = true;
            } else if (citation.group(2) != null) {
                Optional<CitedPage> named = page(citation.group(2));
                page = named.isPresent() ? named : page;
                foreign = false;
            } else if (citation.group(3) != null && !foreign) {
                for (String number : numbers(citation.group(3))) {
                    expect(page.map(known -> known.hasSection(number)).orElse(false), "section " + number, missing);
                    section = number;
                }
            } else if (citation.group(4) != null) {
                for (String number : numbers(citation.group(4))) {
                    String within = section;
                    boolean found = within.isEmpty()
                            ? CONTRACT.hasItem(number)
                            : page.map(known -> known.hasSection(within + "." + number))
                                    .orElse(false);
                    expect(found, (within.isEmpty() ? "" : "section " + within + ", ") + "item " + number, missing);
                }
            } else if (citation.group(5) != null && comment.contains("chamelon page")) {
                for (String rule : numbers(citation.group(5))) {
                    expect(page("chamelon").orElseThrow().hasItem(rule), "rule " + rule, missing);
                }
            }
        }
        return missing;
    }

    private void expect(boolean found, String what, List<String> missing) {
        cited++;
        if (!found) {
            missing.add(what);
        }
    }

    private static List<String> numbers(String text) {
        return NUMBER.matcher(text).results().map(MatchResult::group).toList();
    }

    @Test
    void everyLayoutPackageOfAFormatLinksItsPage() throws IOException {
        List<Path> layouts = sources().stream()
                .filter(file -> file.endsWith("layout/package-info.java"))
                .filter(file -> REACTOR.relativize(file)
                                .startsWith(REACTOR.relativize(file).getName(0))
                        && REACTOR.relativize(file).getName(0).toString().startsWith("kv-"))
                .toList();
        assertThat(layouts).hasSizeGreaterThan(3);
        for (Path layout : layouts) {
            Matcher link = LINK.matcher(Files.readString(layout));
            assertThat(link.find()).as("%s links its page", layout).isTrue();
            assertThat(REACTOR.resolve(link.group())).exists();
        }
    }

    @Test
    void theContractHasEveryItemThatATestNames() throws IOException {
        Pattern name = Pattern.compile("@DisplayName\\(\\s*\"([A-Z]?\\d+):");
        List<String> missing = new ArrayList<>();
        int named = 0;
        for (Path source : sources()) {
            if (REACTOR.relativize(source).startsWith("tck/src/main")) {
                for (MatchResult item :
                        name.matcher(Files.readString(source)).results().toList()) {
                    named++;
                    if (!CONTRACT.hasItem(item.group(1))) {
                        missing.add(REACTOR.relativize(source) + ": " + item.group(1));
                    }
                }
            }
        }
        assertThat(named).isGreaterThan(100);
        assertThat(missing).isEmpty();
    }
}

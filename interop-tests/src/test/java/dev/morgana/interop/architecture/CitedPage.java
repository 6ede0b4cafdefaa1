package dev.morgana.interop.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a page has that can be cited.
 *
 * @param sections numbers of headings, and of the numbered entries below them: the tenth below heading 26 is {@code 26.10}
 * @param items numbers of the rows of tables, such as {@code 76} and {@code F1}
 */
record CitedPage(Set<String> sections, Set<String> items) {
    private static final Pattern HEADING = Pattern.compile("#+ (\\d+(?:\\.\\d+)*)\\.? .*");
    private static final Pattern BOLD = Pattern.compile("\\*\\*(\\d+(?:\\.\\d+)+) .*");
    private static final Pattern ENTRY = Pattern.compile("(?:- )?(\\d+)\\. .*");
    private static final Pattern ROW = Pattern.compile("\\| ([A-Z]?\\d+) \\| .*");

    static CitedPage of(Path file) {
        Set<String> sections = new HashSet<>();
        Set<String> items = new HashSet<>();
        String section = "";
        try {
            for (String line : Files.readAllLines(file)) {
                Matcher heading = HEADING.matcher(line);
                Matcher bold = BOLD.matcher(line);
                Matcher entry = ENTRY.matcher(line);
                Matcher row = ROW.matcher(line);
                if (heading.matches()) {
                    section = heading.group(1);
                    sections.add(section);
                } else if (bold.matches()) {
                    sections.add(bold.group(1));
                } else if (entry.matches()) {
                    sections.add(section + "." + entry.group(1));
                } else if (row.matches()) {
                    items.add(row.group(1));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new CitedPage(Set.copyOf(sections), Set.copyOf(items));
    }

    boolean hasSection(String number) {
        return sections.contains(number);
    }

    boolean hasItem(String number) {
        return items.contains(number);
    }
}

package dev.morgana.cli.verb.entry;

import dev.morgana.cli.output.UsageException;
import dev.morgana.spi.key.Key;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * A pattern for names, as shells have them: {@code *} for any characters, {@code ?} for one, {@code [a-z]} or {@code [!a-z]} for
 * one of a set, {@code {a,b}} for one of several words. Names are matched as they are printed, with {@code \xNN} for a byte; a
 * backslash before any other character takes its meaning away.
 */
final class NamePattern {
    private static final Pattern BYTE = Pattern.compile("\\\\x[0-9a-fA-F]{2}");
    private static final int BYTE_LENGTH = 4;
    private static final String ONE = "(?:\\\\x[0-9a-f]{2}|.)";
    private static final String WILD = "*?[{";

    private final Pattern names;

    private NamePattern(Pattern names) {
        this.names = names;
    }

    /** Whether a text means more than itself. */
    static boolean isWild(String text) {
        return text.chars().anyMatch(c -> WILD.indexOf(c) >= 0);
    }

    /** Reads a pattern. */
    static NamePattern of(String glob) throws UsageException {
        StringBuilder regex = new StringBuilder();
        int braces = 0;
        int i = 0;
        while (i < glob.length()) {
            char c = glob.charAt(i);
            int end = i + 1;
            if (c == '*') {
                regex.append(".*");
            } else if (c == '?') {
                regex.append(ONE);
            } else if (c == '[') {
                end = glob.indexOf(']', i + 2) + 1;
                regex.append(set(glob, i, end));
            } else if (c == '{') {
                regex.append("(?:");
                braces++;
            } else if (c == '}' && braces > 0) {
                regex.append(")");
                braces--;
            } else if (c == ',' && braces > 0) {
                regex.append("|");
            } else {
                end = literalEnd(glob, i);
                regex.append(Pattern.quote(literal(glob.substring(i, end))));
            }
            i = end;
        }
        try {
            return new NamePattern(Pattern.compile(regex.toString(), Pattern.DOTALL));
        } catch (PatternSyntaxException e) {
            throw new UsageException(
                    "'" + glob + "' is not a pattern: a bracket is not closed, or a range is in the wrong order");
        }
    }

    private static String set(String glob, int start, int end) throws UsageException {
        if (end == 0) {
            throw new UsageException("'" + glob + "' is not a pattern: a bracket is not closed");
        }
        String members = glob.substring(start + 1, end - 1);
        boolean negated = members.startsWith("!") || members.startsWith("^");
        String escaped = (negated ? members.substring(1) : members).replaceAll("[\\\\\\[\\]^&]", "\\\\$0");
        return "[" + (negated ? "^" : "") + escaped + "]";
    }

    private static int literalEnd(String glob, int start) {
        int end = start + Character.charCount(glob.codePointAt(start));
        if (glob.charAt(start) != '\\' || end == glob.length()) {
            return end;
        }
        int byteEnd = Math.min(glob.length(), start + BYTE_LENGTH);
        return BYTE.matcher(glob.substring(start, byteEnd)).matches()
                ? byteEnd
                : end + Character.charCount(glob.codePointAt(end));
    }

    private static String literal(String written) {
        if (BYTE.matcher(written).matches()) {
            return written.toLowerCase(Locale.ROOT);
        }
        return written.length() > 1 && written.charAt(0) == '\\' ? written.substring(1) : written;
    }

    /** Whether a name is meant. */
    boolean matches(byte[] name) {
        return names.matcher(Key.escape(name)).matches();
    }
}

package dev.morgana.nio.path;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Patterns for paths, after the rules of {@link java.nio.file.FileSystem#getPathMatcher}. */
public final class Glob {
    private final String glob;
    private final StringBuilder regex = new StringBuilder();
    private int at;
    private boolean inGroup;

    private Glob(String glob) {
        this.glob = glob;
    }

    /**
     * Reads a pattern.
     *
     * @throws PatternSyntaxException if it is none
     */
    public static Pattern compile(String glob) {
        Glob reader = new Glob(glob);
        while (reader.at < glob.length()) {
            reader.readOne();
        }
        if (reader.inGroup) {
            throw reader.wrong("Missing '}'");
        }
        return Pattern.compile(reader.regex.toString());
    }

    private PatternSyntaxException wrong(String what) {
        return new PatternSyntaxException(what, glob, at - 1);
    }

    /** The character after the one that was read, or a zero at the end. */
    private char ahead() {
        return at < glob.length() ? glob.charAt(at) : '\0';
    }

    private void readOne() {
        char c = glob.charAt(at++);
        switch (c) {
            case '\\' -> readEscaped();
            case '[' -> readSet();
            case '{' -> openGroup();
            case '}' -> closeGroup(c);
            case ',' -> regex.append(inGroup ? ")|(?:" : ",");
            case '*' -> readStar();
            case '?' -> regex.append("[^/]");
            default -> literal(c);
        }
    }

    private void literal(char c) {
        if (!Character.isLetterOrDigit(c) && c < 0x80) {
            regex.append('\\');
        }
        regex.append(c);
    }

    private void readEscaped() {
        if (at == glob.length()) {
            throw wrong("No character to escape");
        }
        literal(glob.charAt(at++));
    }

    private void openGroup() {
        if (inGroup) {
            throw wrong("Cannot nest groups");
        }
        inGroup = true;
        regex.append("(?:(?:");
    }

    private void closeGroup(char c) {
        if (inGroup) {
            regex.append("))");
            inGroup = false;
        } else {
            literal(c);
        }
    }

    private void readStar() {
        if (ahead() == '*') {
            at++;
            regex.append(".*");
        } else {
            regex.append("[^/]*");
        }
    }

    /** One of several characters, never the slash. A bracket or a range that means nothing is an error. */
    private void readSet() {
        regex.append("[[^/]&&[");
        if (ahead() == '!') {
            regex.append('^');
            at++;
        } else if (ahead() == '^') {
            regex.append("\\^");
            at++;
        }
        if (ahead() == '-') {
            regex.append("\\-");
            at++;
        }
        readCharacters();
        if (at == glob.length()) {
            throw wrong("Missing ']'");
        }
        at++;
        regex.append("]]");
    }

    private void readCharacters() {
        boolean rangeMayStart = false;
        char last = 0;
        while (at < glob.length() && glob.charAt(at) != ']') {
            char c = glob.charAt(at++);
            if (c == '/') {
                throw wrong("Explicit 'name separator' in class");
            }
            if (c == '-' && !rangeMayStart) {
                throw wrong("Invalid range");
            }
            if (c == '-' && ahead() != ']' && at < glob.length()) {
                char end = glob.charAt(at++);
                if (end < last) {
                    throw wrong("Invalid range");
                }
                regex.append('-');
                inSet(end);
                rangeMayStart = false;
            } else {
                inSet(c);
                last = c;
                rangeMayStart = true;
            }
        }
    }

    private void inSet(char c) {
        if ("\\[]&^-".indexOf(c) >= 0) {
            regex.append('\\');
        }
        regex.append(c);
    }
}

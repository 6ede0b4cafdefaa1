package dev.morgana.cli.output;

import java.util.ArrayList;
import java.util.List;

/** Parts of a line that goes on in the next ones where a terminal of 80 columns ends. */
public final class WrappedLine {
    /** What a terminal has at least. */
    public static final int COLUMNS = 80;

    private WrappedLine() {}

    /**
     * Puts parts into lines. A part that is longer than a line is cut, and ends with an ellipsis then.
     *
     * @param parts the parts, which are not divided
     * @param separator what stands between two parts, and at the end of a line as far as it is not a space
     * @param width columns of a line
     */
    public static List<String> of(List<String> parts, String separator, int width) {
        List<String> lines = new ArrayList<>();
        String line = "";
        for (String part : parts) {
            String whole = part.length() <= width ? part : part.substring(0, width - 1) + "…";
            if (line.isEmpty()) {
                line = whole;
            } else if (line.length() + separator.length() + whole.length() <= width) {
                line += separator + whole;
            } else {
                lines.add((line + separator).stripTrailing());
                line = whole;
            }
        }
        lines.add(line);
        return lines;
    }
}

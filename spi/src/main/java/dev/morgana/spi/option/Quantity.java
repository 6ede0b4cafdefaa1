package dev.morgana.spi.option;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Numbers and sizes as people write them. */
public final class Quantity {
    private static final Pattern NUMBER = Pattern.compile("(-?)(0[xX][0-9a-fA-F]+|[0-9]+)");
    private static final Pattern SIZE = Pattern.compile("(0[xX][0-9a-fA-F]+|[0-9]+)([kKmMgGtT](?:i?[bB])?|[bB]?)");

    private Quantity() {}

    /**
     * Reads a whole number, decimal or {@code 0x} hexadecimal, possibly negative.
     *
     * @param text the text
     * @return the number, or null if the text is none or does not fit 64 bits
     */
    public static @Nullable Long parseInteger(String text) {
        Matcher matcher = NUMBER.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        Long magnitude = magnitude(matcher.group(2));
        return magnitude == null ? null : matcher.group(1).isEmpty() ? magnitude : (Long) (-magnitude);
    }

    /**
     * Reads a size: a whole number, decimal or {@code 0x} hexadecimal, optionally with {@code K}, {@code M}, {@code G} or
     * {@code T}, each optionally followed by {@code B} or {@code iB}. All are powers of 1024, as flash parts are sold.
     *
     * @param text the text, such as {@code 64K}, {@code 1MiB} or {@code 0x10000}
     * @return the size in bytes, or null if the text is none or does not fit 63 bits
     */
    public static @Nullable Long parseSize(String text) {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        Long magnitude = magnitude(matcher.group(1));
        String suffix = matcher.group(2).toUpperCase(Locale.ROOT);
        int shift = suffix.isEmpty() ? 0 : 10 * "BKMGT".indexOf(suffix.charAt(0));
        if (magnitude == null || magnitude > Long.MAX_VALUE >> shift) {
            return null;
        }
        return magnitude << shift;
    }

    private static @Nullable Long magnitude(String digits) {
        try {
            return digits.startsWith("0x") || digits.startsWith("0X")
                    ? Long.valueOf(digits.substring(2), 16)
                    : Long.valueOf(digits);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}

package dev.morgana.cli.exchange;

import java.io.ByteArrayOutputStream;

/** Names as {@link dev.morgana.spi.key.Key} prints them: {@code \xNN} stands for a byte. */
public final class EscapedName {
    private static final int LENGTH = "\\xNN".length();

    private EscapedName() {}

    /** The bytes that a printed name stands for. A backslash that begins no {@code \xNN} stands for itself. */
    public static byte[] decode(byte[] printed) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(printed.length);
        int i = 0;
        while (i < printed.length) {
            int value = escapeAt(printed, i);
            if (value < 0 || value == '/') {
                bytes.write(printed[i]);
                i++;
            } else {
                bytes.write(value);
                i += LENGTH;
            }
        }
        return bytes.toByteArray();
    }

    private static int escapeAt(byte[] printed, int index) {
        if (index + LENGTH > printed.length || printed[index] != '\\' || printed[index + 1] != 'x') {
            return -1;
        }
        int high = Character.digit(printed[index + 2], 16);
        int low = Character.digit(printed[index + 3], 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }
}

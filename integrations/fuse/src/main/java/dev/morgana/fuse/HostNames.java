package dev.morgana.fuse;

import dev.morgana.spi.key.Key;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Names as the host shows them. Those of an image are bytes; where they are not UTF-8, which is all that comes through from the kernel
 * to us, each strange byte is shown as {@code \xNN}, as the command prints it.
 */
final class HostNames {
    private static final String ESCAPE = "\\x";
    private static final int ESCAPE_LENGTH = 4;

    /** What stands for bytes that were lost on the way to us. */
    private static final char LOST = '\ufffd';

    private HostNames() {}

    /** The name of an entry for the host. */
    static String shown(byte[] name) {
        String text = new String(name, StandardCharsets.UTF_8);
        return Arrays.equals(text.getBytes(StandardCharsets.UTF_8), name) ? text : Key.escape(name);
    }

    /** Whether a path may have been shown for other bytes. */
    static boolean maybeEscaped(String path) {
        return path.contains(ESCAPE);
    }

    /** Whether a path was not UTF-8, so that nobody knows what it was. */
    static boolean isLost(String path) {
        return path.indexOf(LOST) >= 0;
    }

    /** The key that a path was shown for. */
    static Key unescaped(String path) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int i = 0;
        while (i < path.length()) {
            String part = path.substring(i, Math.min(path.length(), i + ESCAPE_LENGTH));
            if (part.matches("\\\\x[0-9a-f]{2}")) {
                bytes.write(HexFormat.fromHexDigits(part, 2, ESCAPE_LENGTH));
                i += ESCAPE_LENGTH;
            } else {
                int end = path.offsetByCodePoints(i, 1);
                bytes.writeBytes(path.substring(i, end).getBytes(StandardCharsets.UTF_8));
                i = end;
            }
        }
        return Key.ofBytes(bytes.toByteArray());
    }
}

package dev.morgana.cli.exchange.host;

import java.io.ByteArrayOutputStream;

/** Bytes in the path of a URI: {@code %XX} for a byte that is not a letter, a digit or a harmless mark. */
final class PercentCode {
    private static final String HARMLESS = "-._~";

    private PercentCode() {}

    static String encode(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length);
        for (byte b : bytes) {
            boolean plain = (b >= '0' && b <= '9')
                    || (b >= 'A' && b <= 'Z')
                    || (b >= 'a' && b <= 'z')
                    || HARMLESS.indexOf(b) >= 0;
            if (plain) {
                text.append((char) b);
            } else {
                text.append('%').append(Character.forDigit((b >> 4) & 0xf, 16)).append(Character.forDigit(b & 0xf, 16));
            }
        }
        return text.toString();
    }

    /** The bytes of what a URI shows, which is ASCII alone. */
    static byte[] decode(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '%') {
                bytes.write(Integer.parseInt(text.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                bytes.write(text.charAt(i));
            }
        }
        return bytes.toByteArray();
    }
}

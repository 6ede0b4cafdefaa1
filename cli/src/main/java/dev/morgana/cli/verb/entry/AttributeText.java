package dev.morgana.cli.verb.entry;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.HexFormat;

/** Attributes for people. */
final class AttributeText {
    /** The type under which mklittlefs and the tools around it keep a time: seconds since 1970. */
    private static final int TIME = 't';

    private AttributeText() {}

    /** The bytes in hex, and beside them the time that they mean by custom. */
    static String of(int type, byte[] value) {
        String hex = HexFormat.of().formatHex(value);
        if (type != TIME || (value.length != Integer.BYTES && value.length != Long.BYTES)) {
            return hex;
        }
        ByteBuffer bytes = ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN);
        long seconds = value.length == Integer.BYTES ? Integer.toUnsignedLong(bytes.getInt()) : bytes.getLong();
        boolean plausible =
                seconds >= 0 && seconds <= Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
        return plausible ? hex + "  " + Instant.ofEpochSecond(seconds) : hex;
    }
}

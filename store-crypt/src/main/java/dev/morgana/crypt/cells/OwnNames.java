package dev.morgana.crypt.cells;

import dev.morgana.spi.error.InvalidRequestException;
import dev.morgana.spi.error.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The names under which the layer keeps what is its own. They are never hidden, and nobody else can use them. */
public final class OwnNames {
    private static final byte[] HEADER = "morgana.crypt".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] STATE = "morgana.crypt.state".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] RESERVE = "morgana.crypt.reserve".getBytes(StandardCharsets.US_ASCII);

    private OwnNames() {}

    public static byte[] header() {
        return HEADER.clone();
    }

    public static byte[] state() {
        return STATE.clone();
    }

    public static byte[] reserve() {
        return RESERVE.clone();
    }

    public static boolean contain(byte[] name) {
        return Arrays.equals(name, HEADER) || Arrays.equals(name, STATE) || Arrays.equals(name, RESERVE);
    }

    /**
     * Refuses to read what is too large to be what the layer writes: its size is anybody's to set.
     *
     * @param most bytes
     */
    public static void requireSize(Cells cells, byte[] name, long most, Damage damage) throws StoreException {
        long size = cells.size(name).orElse(0);
        if (size > most) {
            throw damage.at(name, 0, "at most " + most + " bytes", size + " bytes");
        }
    }

    /** Refuses to write a name of the layer. */
    public static void refuse(byte[] name) throws InvalidRequestException {
        if (contain(name)) {
            throw new InvalidRequestException(
                    "key " + new String(name, StandardCharsets.US_ASCII) + " belongs to the encryption of the store");
        }
    }
}

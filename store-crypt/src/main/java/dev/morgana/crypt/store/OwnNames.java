package dev.morgana.crypt.store;

import dev.morgana.spi.error.InvalidRequestException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The names under which the layer keeps what is its own. They are never hidden, and nobody else can use them. */
final class OwnNames {
    private static final byte[] HEADER = "morgana.crypt".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] VERSIONS = "morgana.crypt.versions".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] RESERVE = "morgana.crypt.reserve".getBytes(StandardCharsets.US_ASCII);

    private OwnNames() {}

    static byte[] header() {
        return HEADER.clone();
    }

    static byte[] versions() {
        return VERSIONS.clone();
    }

    static byte[] reserve() {
        return RESERVE.clone();
    }

    static boolean contain(byte[] name) {
        return Arrays.equals(name, HEADER) || Arrays.equals(name, VERSIONS) || Arrays.equals(name, RESERVE);
    }

    /** Refuses to write a name of the layer. */
    static void refuse(byte[] name) throws InvalidRequestException {
        if (contain(name)) {
            throw new InvalidRequestException(
                    "key " + new String(name, StandardCharsets.US_ASCII) + " belongs to the encryption of the store");
        }
    }
}

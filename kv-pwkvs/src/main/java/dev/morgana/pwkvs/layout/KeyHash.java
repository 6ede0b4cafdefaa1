package dev.morgana.pwkvs.layout;

/** The number by which keys are told apart (section 6.1). It is not stored. */
public final class KeyHash {
    private static final int FACTOR = 65599;

    private KeyHash() {}

    /** The hash of a part of an array; bytes from 0x80 on count as negative, as on the machines that Pigweed was recorded on. */
    public static int of(byte[] bytes, int from, int length) {
        int hash = 0;
        int coefficient = FACTOR;
        for (int index = from; index < from + length; index++) {
            hash += coefficient * bytes[index];
            coefficient *= FACTOR;
        }
        return hash;
    }

    /** The hash of a key. */
    public static int of(byte[] key) {
        return of(key, 0, key.length);
    }
}

package dev.morgana.crypt.layout;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * A sum of hashes, modulo 2^256. Hashes come and go in any order, which is what makes one number stand for a whole set.
 *
 * @param value from 0 to 2^256 - 1
 */
public record VersionSum(BigInteger value) {
    /** Its length in bytes. */
    public static final int LENGTH = 32;

    /** Of no values at all. */
    public static final VersionSum NONE = new VersionSum(BigInteger.ZERO);

    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(8 * LENGTH);

    /** With one hash more. */
    public VersionSum plus(byte[] hash) {
        return new VersionSum(value.add(new BigInteger(1, hash)).mod(MODULUS));
    }

    /** With one hash less. */
    public VersionSum minus(byte[] hash) {
        return new VersionSum(value.subtract(new BigInteger(1, hash)).mod(MODULUS));
    }

    /** Its bytes, big-endian. */
    public byte[] encode() {
        byte[] bytes = value.toByteArray(); // may have a sign byte more, or leading zeros less
        byte[] encoded = new byte[LENGTH];
        int count = Math.min(LENGTH, bytes.length);
        System.arraycopy(bytes, bytes.length - count, encoded, LENGTH - count, count);
        return encoded;
    }

    static VersionSum decode(byte[] bytes, int offset) {
        return new VersionSum(new BigInteger(1, Arrays.copyOfRange(bytes, offset, offset + LENGTH)));
    }
}

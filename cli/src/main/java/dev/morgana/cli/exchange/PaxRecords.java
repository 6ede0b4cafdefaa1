package dev.morgana.cli.exchange;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The records of a PAX header: {@code length key=value\n}, where the length in decimal digits counts all of it. */
final class PaxRecords {
    private static final byte[] PATH = "path=".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SPARSE_NAME = "GNU.sparse.name=".getBytes(StandardCharsets.US_ASCII);

    private PaxRecords() {}

    /** The name that they give an entry, or null. That of a sparse file counts before the other, which is made up. */
    static byte @Nullable [] name(byte[] bytes, int start, int end) {
        byte[] path = null;
        byte[] sparse = null;
        int at = start;
        while (at < end) {
            int key = at;
            int length = 0;
            while (key < end && bytes[key] >= '0' && bytes[key] <= '9' && length < end) {
                length = length * 10 + bytes[key] - '0';
                key++;
            }
            int next = at + length;
            if (key >= end || bytes[key] != ' ' || next <= key + 1 || next > end) {
                return sparse != null ? sparse : path; // padding, or nothing that a reader takes
            }
            byte[] record = Arrays.copyOfRange(bytes, key + 1, next - 1);
            path = valueOf(record, PATH, path);
            sparse = valueOf(record, SPARSE_NAME, sparse);
            at = next;
        }
        return sparse != null ? sparse : path;
    }

    private static byte @Nullable [] valueOf(byte[] record, byte[] key, byte @Nullable [] otherwise) {
        return record.length >= key.length && Arrays.equals(Arrays.copyOf(record, key.length), key)
                ? Arrays.copyOfRange(record, key.length, record.length)
                : otherwise;
    }
}

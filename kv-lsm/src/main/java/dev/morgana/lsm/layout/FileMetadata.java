package dev.morgana.lsm.layout;

import java.io.ByteArrayOutputStream;
import java.util.Optional;

/**
 * The value of a metadata key: two numbers in groups of seven bits, the lowest first (ekv-fs page, section 3).
 *
 * @param size bytes of the file, unsigned
 * @param chunks how many chunks it has, unsigned
 */
public record FileMetadata(long size, long chunks) {
    /** A file without content. */
    public static final FileMetadata EMPTY = new FileMetadata(0, 0);

    /** The longest value that the reference implementation reads. */
    public static final int MOST_BYTES = 32;

    private static final int MOST_GROUPS = 10;
    private static final int GROUP_BITS = 7;
    private static final int GROUP = 0x7f;
    private static final int MORE = 0x80;

    /** The bytes, in the shortest form. */
    public byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        encode(size, bytes);
        encode(chunks, bytes);
        return bytes.toByteArray();
    }

    private static void encode(long number, ByteArrayOutputStream bytes) {
        long rest = number;
        while (Long.compareUnsigned(rest, GROUP) > 0) {
            bytes.write((int) (rest & GROUP) | MORE);
            rest >>>= GROUP_BITS;
        }
        bytes.write((int) rest);
    }

    /**
     * Reads a value; empty if it is not two numbers. Forms that are needlessly long, and bytes behind the numbers, are
     * accepted.
     */
    public static Optional<FileMetadata> decode(byte[] value) {
        long[] numbers = new long[2];
        int place = 0;
        for (int i = 0; i < numbers.length; i++) {
            int groups = groups(value, place);
            if (groups == 0) {
                return Optional.empty();
            }
            for (int j = 0; j < groups; j++) {
                numbers[i] |= (long) (value[place + j] & GROUP) << (GROUP_BITS * j);
            }
            place += groups;
        }
        return value.length > MOST_BYTES ? Optional.empty() : Optional.of(new FileMetadata(numbers[0], numbers[1]));
    }

    /** How many bytes a number takes, or 0 if there is none: it does not end, or has more than 64 bits. */
    private static int groups(byte[] value, int start) {
        for (int i = 0; i < MOST_GROUPS && start + i < value.length; i++) {
            byte group = value[start + i];
            if ((group & MORE) == 0) {
                return i == MOST_GROUPS - 1 && group > 1 ? 0 : i + 1;
            }
        }
        return 0;
    }
}

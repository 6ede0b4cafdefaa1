package dev.morgana.lsm.tree;

import dev.morgana.lsm.layout.RecordHeader;
import dev.morgana.lsm.layout.Shape;
import dev.morgana.spi.error.CorruptStoreException;
import dev.morgana.spi.error.StoreException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How many bits of a record header are for the length of the key, and how many for that of the value: the records of a file
 * must end where the file does, with ascending keys.
 *
 * @param keyBits from 1
 * @param valueBits from 1
 */
public record RecordSizes(int keyBits, int valueBits) {
    private static final int MOST_KEY_BITS = 16;
    private static final int MOST_BITS = 31;
    private static final int MOST_SAMPLE = 1 << 20;
    private static final int LEAST_RECORDS = 3;

    /** Whether the records of the smallest file are as the options say; empty if that cannot be told. */
    public static Optional<Boolean> fit(Tree tree, Shape shape) throws StoreException {
        byte[] sample = sample(tree);
        return sample == null ? Optional.empty() : Optional.of(records(sample, shape) > 0);
    }

    /** What the records of the smallest file say: the likeliest, empty if there are too few or they are damaged. */
    public static Optional<RecordSizes> find(Tree tree, Shape usual) throws StoreException {
        byte[] sample = sample(tree);
        if (sample == null) {
            return Optional.empty();
        }
        if (records(sample, usual) > 0) {
            return Optional.of(new RecordSizes(usual.keyBits(), usual.valueBits()));
        }
        RecordSizes best = null;
        int most = LEAST_RECORDS - 1;
        for (int key = 1; key <= MOST_KEY_BITS; key++) {
            for (int value = 1; key + value <= MOST_BITS; value++) {
                int records = records(sample, usual.withSizes((1 << key) - 1, (int) ((1L << value) - 1)));
                if (records > most) {
                    most = records;
                    best = new RecordSizes(key, value);
                }
            }
        }
        return Optional.ofNullable(best);
    }

    /** The bytes of the smallest file, or null if it is damaged, large, or there is none. */
    private static byte @Nullable [] sample(Tree tree) throws StoreException {
        LsmFile smallest = null;
        for (LsmFile file : tree.table().newestFirst()) {
            smallest = smallest == null || file.bytes() < smallest.bytes() ? file : smallest;
        }
        if (smallest == null || smallest.bytes() > MOST_SAMPLE) {
            return null;
        }
        byte[] bytes = new byte[(int) smallest.bytes()];
        try {
            new FileReader(smallest, tree.payloads()).read(smallest.first(), bytes, 0, bytes.length);
        } catch (CorruptStoreException e) {
            return null;
        }
        return bytes;
    }

    /** How many records there are, or 0 if the bytes are none. */
    private static int records(byte[] sample, Shape shape) {
        int headerBytes = shape.recordHeaderBytes();
        int place = 0;
        int count = 0;
        byte[] previous = null;
        while (place < sample.length) {
            if (place + headerBytes > sample.length) {
                return 0;
            }
            RecordHeader header = RecordHeader.decode(shape, Arrays.copyOfRange(sample, place, place + headerBytes));
            long end = place + header.recordBytes(shape);
            if (header.fault(shape).isPresent() || end > sample.length) {
                return 0;
            }
            byte[] key = Arrays.copyOfRange(sample, place + headerBytes, place + headerBytes + header.keyLength());
            if (previous != null && Arrays.compareUnsigned(previous, key) >= 0) {
                return 0;
            }
            previous = key;
            place = (int) end;
            count++;
        }
        return count;
    }
}
